import type { IDataObject } from 'n8n-workflow';

import { apiPath } from '../../http/address';
import { asMap, isJsonObject } from '../../http/json';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import type { RecordKey } from '../record';
import type { DocumentModel } from './model';
import type { Check } from './output';
import { fetchParts, totalOfParts } from './parts';

/** What 1CRM says about a document that it has added up itself. */
export async function fetchTally(crm: CrmClient, { module, id }: RecordKey): Promise<IDataObject> {
	return await crm.http.json({ method: 'GET', path: apiPath(['tally', module, id]) });
}

/** The groups of a tally: a list or, since PHP writes one with gaps so, a map. */
export function tallyGroups({ groups }: IDataObject): IDataObject[] {
	return Object.values(groups ?? {}).filter(isJsonObject);
}

/**
 * Compares a total with that of the server: by its tally or, without one, by the rows that it stores. Never throws: a
 * document that can't be checked is there all the same.
 */
export async function checkTotal(
	crm: CrmClient,
	model: DocumentModel,
	id: string,
	{ total, decimals }: { total: Decimal; decimals: number },
): Promise<Check> {
	const own =
		(await tallyTotal(crm, { module: model.module, id })) ?? (await storedTotal(crm, model, id));
	if (own === undefined) return { check: 'unavailable' };
	const isSame = own.round(decimals).equals(total.round(decimals));
	return isSame ? { check: 'same' } : { check: 'different', checkTotal: own.toFixed(decimals) };
}

async function tallyTotal(crm: CrmClient, key: RecordKey): Promise<Decimal | undefined> {
	try {
		const { totals } = await fetchTally(crm, key);
		return Decimal.parse(asMap(totals).total);
	} catch {
		return undefined;
	}
}

async function storedTotal(
	crm: CrmClient,
	model: DocumentModel,
	id: string,
): Promise<Decimal | undefined> {
	try {
		return totalOfParts(await fetchParts(crm, model, id));
	} catch {
		return undefined;
	}
}
