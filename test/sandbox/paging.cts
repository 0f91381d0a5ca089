import type { PhpQuery } from './php-query.cts';
import { wholeOf } from './php-query.cts';
import type { StoredRecord } from './store.cts';
import type { Variants } from './variants.cts';

/** Rows in the order of a list, and which of them that order leaves equal: those with the same number. */
export interface OrderedRows {
	rows: StoredRecord[];
	ranks: number[];
}

/** The row numbers that a request asks for: from the first up to, but without, the last. */
export interface Window {
	first: number;
	end: number;
}

/** The window of a page of `limit` rows; a server that does not heed `offset` always gives the first. */
export function windowOf(query: PhpQuery, limit: number, { offset }: Variants): Window {
	const first = offset === 'heeded' ? wholeOf(query.offset, 0, 0) : 0;
	return { first, end: first + limit };
}

/** The rows of a page. Without a total order a database may give rows that tie in another order for each page. */
export function rowsOfPage(
	{ rows, ranks }: OrderedRows,
	{ first, end }: Window,
	{ ties, hiddenFromPages }: Variants,
): StoredRecord[] {
	const page = ties === 'shuffled' && first > 0 ? [] : rows.slice(first, end);
	for (let at = first; page.length < end - first && at < rows.length;) {
		const [groupFirst, groupEnd] = tiesAround(ranks, at);
		const group = shuffled(rows.slice(groupFirst, groupEnd), first);
		page.push(...group.slice(at - groupFirst, end - groupFirst));
		at = groupEnd;
	}
	return hiddenFromPages.length === 0
		? page
		: page.filter(({ id }) => !hiddenFromPages.includes(id));
}

/** The rows that tie with the one at a place: from the first up to, but without, the last. */
function tiesAround(ranks: number[], at: number): [number, number] {
	let [first, end] = [at, at + 1];
	while (first > 0 && ranks[first - 1] === ranks[at]) first--;
	while (end < ranks.length && ranks[end] === ranks[at]) end++;
	return [first, end];
}

/** The same rows in an order that is another one for each seed. */
function shuffled(rows: StoredRecord[], seed: number): StoredRecord[] {
	if (rows.length < 2) return rows;
	const keyed = rows.map((row) => ({ row, key: mixed(`${seed} ${row.id}`) }));
	return keyed.sort((left, right) => left.key - right.key).map(({ row }) => row);
}

/** A number that says nothing of the text (FNV-1a, with a last stir). */
function mixed(text: string): number {
	let hash = 0x811c9dc5;
	for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	return (hash ^ (hash >>> 12)) >>> 0;
}

/** A list as it is answered: its rows, and how many there are in all as far as this server says. */
export function listAnswer(
	records: object[],
	all: StoredRecord[],
	{ total, totalKey, recordsShape, hiddenFromPages }: Variants,
): Record<string, unknown> {
	const shown = recordsShape === 'map' ? mapWithGaps(records) : records;
	const totals: Record<Variants['total'], unknown> = {
		all: all.length,
		visible: all.filter(({ id }) => !hiddenFromPages.includes(id)).length,
		page: records.length,
		zero: 0,
		emptyText: '',
		null: null,
		missing: undefined,
	};
	return { records: shown, [totalKey]: totals[total] };
}

/** PHP writes a list from which entries were taken as a map of the places that are left. */
function mapWithGaps(records: object[]): Record<string, object> {
	return Object.fromEntries(records.map((record, index) => [String(2 * index + 1), record]));
}
