import type { HttpClient } from '../http/client';
import type { ListAddress, Page } from '../http/page';
import { fetchPage } from '../http/page';
import type { ListRequest } from '../http/paging';
import { fetchList } from '../http/paging';

/** How often the end of a list is looked for that moves meanwhile. */
const MOST_TRIES = 3;

/**
 * How many records a list has.
 *
 * The total that a server says is believed only if the list ends there: its last record is at that place, and none
 * comes after it. Otherwise the list is read, and its records are counted. Throws what `fetchList` throws.
 */
export async function countRecords(
	http: HttpClient,
	{ query, ...rest }: Omit<ListRequest, 'limit' | 'isOfRecords'>,
): Promise<number> {
	const list = { ...rest, query: { ...query, fields: ['id'] } };
	const total = await confirmedTotal(http, list);
	if (total !== undefined) return total;
	const records = await fetchList(http, { ...list, limit: Infinity, isOfRecords: true });
	return records.length;
}

/** The total that the list itself confirms, or `undefined`. */
async function confirmedTotal(http: HttpClient, list: ListAddress): Promise<number | undefined> {
	let page = await fetchPage(http, list, 0, 1);
	for (let tries = 1; tries <= MOST_TRIES; tries++) {
		const { total } = page;
		if (total === undefined || isContradicted(page)) return undefined;
		if (total === 0) return 0;
		page = await fetchPage(http, list, total - 1, 2);
		if (page.total === total) return page.records.length === 1 ? total : undefined;
	}
	return undefined;
}

/** Whether a page has a record beyond the end of its list. */
function isContradicted({ offset, records, total = 0 }: Page): boolean {
	return records.length > 0 && offset + records.length > total;
}
