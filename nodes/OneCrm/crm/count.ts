import type { IDataObject } from 'n8n-workflow';

import type { HttpClient } from '../http/client';
import type { ListAddress, Page } from '../http/page';
import { fetchPage, LARGEST_PAGE } from '../http/page';
import { fetchList } from '../http/paging';
import type { ConditionChecks } from './conditionChecks';

/** How often to look for the end of a list whose length changes meanwhile. */
const MOST_TRIES = 3;

/**
 * The number of records in a list with conditions.
 *
 * The server's total is believed only if the list ends there: its last record is at that place, and none comes after
 * it. If the list has more than a page, each condition also has to leave out some records. Otherwise the list is read,
 * and its records are counted. Throws what `fetchList` and `ConditionChecks.check` throw.
 */
export async function countRecords(
	http: HttpClient,
	checks: ConditionChecks,
	{ query, ...rest }: ListAddress,
): Promise<number> {
	const list = { ...rest, query: { ...query, fields: ['id', ...checks.columns] } };
	const total = await confirmedTotal(http, checks, list);
	if (total !== undefined && (await isFiltered(http, checks, list, total))) return total;
	const records = await fetchList(http, {
		...list,
		limit: Infinity,
		isOfRecords: true,
		isLong: true,
	});
	checks.check(records);
	return records.length;
}

/** The total that the list itself confirms, or `undefined`. */
async function confirmedTotal(
	http: HttpClient,
	checks: ConditionChecks,
	list: ListAddress,
): Promise<number | undefined> {
	let page = await fetchPage(http, list, 0, checks.columns.length > 0 ? LARGEST_PAGE : 1);
	for (let tries = 1; tries <= MOST_TRIES; tries++) {
		checks.check(page.records);
		const { total } = page;
		if (total === undefined || isContradicted(page)) return undefined;
		if (total === 0) return 0;
		page = await fetchPage(http, list, total - 1, 2);
		checks.check(page.records);
		if (page.total === total) return page.records.length === 1 ? total : undefined;
	}
	return undefined;
}

/** Whether a page has a record beyond the end of its list. */
function isContradicted({ offset, records, total = 0 }: Page): boolean {
	return records.length > 0 && offset + records.length > total;
}

/** Whether each condition leaves out records. Not asked of a list of one page, whose records were all checked. */
async function isFiltered(
	http: HttpClient,
	{ filters: names }: ConditionChecks,
	list: ListAddress,
	total: number,
): Promise<boolean> {
	if (total <= LARGEST_PAGE) return true;
	for (const name of names) {
		const filters = Object.entries((list.query?.filters ?? {}) as IDataObject);
		const others = filters.filter(([key]) => key !== name && !key.startsWith(`${name}-`));
		const query = { ...list.query, fields: ['id'], filters: Object.fromEntries(others) };
		const { total: more = 0 } = await fetchPage(http, { ...list, query }, 0, 1);
		if (more <= total) return false;
	}
	return true;
}
