import type { CrmClient } from '../client';
import type { Decimal } from '../decimal';
import type { Check } from './output';
import type { StoredDocument } from './parts';
import { fetchParts, totalOfParts } from './parts';
import { fetchTally, tallyTotal } from './tally';

/** A total that was calculated or stored, and the decimals of its currency. */
interface CheckedTotal {
	total: Decimal;
	decimals: number;
}

/**
 * Compares a total with that of the server: by its tally or, without one, by the rows that it stores. Never throws: a
 * document that can't be checked is there all the same.
 */
export async function checkTotal(
	crm: CrmClient,
	document: StoredDocument,
	checked: CheckedTotal,
): Promise<Check> {
	const tally = await fetchTally(crm, { module: document.model.module, id: document.id });
	const own = tallyTotal(tally) ?? (await storedTotal(crm, document));
	return compareTotals(checked, own);
}

export function compareTotals({ total, decimals }: CheckedTotal, own: Decimal | undefined): Check {
	if (own === undefined) return { check: 'unavailable' };
	const isSame = own.round(decimals).equals(total.round(decimals));
	return isSame ? { check: 'same' } : { check: 'different', checkTotal: own.toFixed(decimals) };
}

async function storedTotal(crm: CrmClient, document: StoredDocument): Promise<Decimal | undefined> {
	try {
		return totalOfParts(await fetchParts(crm, document));
	} catch {
		return undefined;
	}
}
