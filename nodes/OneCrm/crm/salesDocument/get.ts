import type { IDataObject } from 'n8n-workflow';

import { asNodeError, isNotOffered } from '../../http/errors';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import type { RecordKey } from '../record';
import { fetchRecord } from '../record';
import { compareTotals } from './check';
import { documentModel } from './model';
import type { Check, DocumentOutput } from './output';
import type { StoredDocument, StoredParts } from './parts';
import { fetchParts, totalOfParts } from './parts';
import { BASE_ID, currencyDecimals, taxCodeNames } from './prices';
import { storedOutput } from './storedOutput';
import type { Tally } from './tally';
import { fetchTally, tallyTotal } from './tally';
import { tallyOutput, withTally } from './tallyOutput';

/**
 * Reads a document with its groups, lines and adjustments.
 *
 * Their amounts are those of its tally, which 1CRM shows; their ids and tax codes, which a tally doesn't have, come
 * from its links. If one of the two can't be read, the other is enough. The header's amounts are those that are stored:
 * `check` says whether they agree with the tally. Throws a `CrmError` for a document that isn't there.
 */
export async function getDocument(
	crm: CrmClient,
	key: RecordKey,
): Promise<DocumentOutput & Check & { record: IDataObject }> {
	const model = await documentModel(crm, key.module);
	const record = await fetchRecord(crm, key);
	const decimals = await decimalsOfRecord(crm, record);
	const tally = await fetchTally(crm, key);
	const parts = await partsOrTally(crm, { model, id: key.id }, tally);
	const header = { model, record, decimals };
	let document: DocumentOutput;
	let own = tallyTotal(tally);
	if (parts.stored === undefined) document = tallyOutput(header, parts.tally);
	else {
		const stored = storedOutput(header, parts.stored, await taxNames(crm));
		document = tally === undefined ? stored : withTally(header, stored, tally);
		own ??= totalOfParts(parts.stored);
	}
	const total = Decimal.parse(document.total);
	const check: Check =
		total === undefined ? { check: 'unavailable' } : compareTotals({ total, decimals }, own);
	return { ...document, ...check, record };
}

/** The rows of a document, or its tally on a server that doesn't offer its links. Throws if there is neither. */
async function partsOrTally(
	crm: CrmClient,
	document: StoredDocument,
	tally: Tally | undefined,
): Promise<{ stored: StoredParts } | { stored?: undefined; tally: Tally }> {
	try {
		return { stored: await fetchParts(crm, document) };
	} catch (error) {
		if (tally !== undefined && isNotOffered(error)) return { tally };
		throw asNodeError(crm.http.node, error);
	}
}

/** A document in a currency that isn't there any more can be read all the same. */
async function decimalsOfRecord(crm: CrmClient, { currency_id }: IDataObject): Promise<number> {
	const id = String(currency_id ?? '') || BASE_ID;
	return await currencyDecimals(crm, id).catch(async () => await currencyDecimals(crm, BASE_ID));
}

async function taxNames(crm: CrmClient): Promise<Map<string, string>> {
	try {
		return new Map((await taxCodeNames(crm)).map(({ id, name }) => [id, name]));
	} catch {
		// Their ids are shown then.
		return new Map();
	}
}
