import { badRequest } from './errors.cts';
import { type PhpQuery, wholeOf } from './php-query.cts';
import type { StoredRecord } from './store.cts';
import type { Variants } from './variants.cts';

const DEFAULT_LIMIT = 20;
const MOST = 200;

/** Rows in the order of a list, and which of them that order leaves equal: those with the same number. */
export interface OrderedRows<Row = StoredRecord> {
	rows: Row[];
	ranks: number[];
}

/** Rows whose order leaves none equal. */
export function inOrder<Row>(rows: Row[]): OrderedRows<Row> {
	return { rows, ranks: rows.map((_, index) => index) };
}

/**
 * The rows of the page that a query asks for. Without a total order a database may give rows that tie in another
 * order for each page. Throws if it asks for more than this kind of server serves.
 */
export function pageOf<Row extends { id: string }>(
	{ rows, ranks }: OrderedRows<Row>,
	query: PhpQuery,
	variants: Variants,
): Row[] {
	const { offset, ties, hiddenFromPages } = variants;
	const first = offset === 'heeded' ? wholeOf(query.offset, 0, 0) : 0;
	const end = first + limitOf(query, variants);
	const isShuffled = ties === 'shuffled' && first > 0;
	const page = isShuffled ? [] : rows.slice(first, end);
	for (let at = first; isShuffled && at < end && at < rows.length;) {
		const [groupFirst, groupEnd] = tiesAround(ranks, at);
		const group = shuffled(rows.slice(groupFirst, groupEnd), first);
		page.push(...group.slice(at - groupFirst, end - groupFirst));
		at = groupEnd;
	}
	if (hiddenFromPages.length === 0) return page;
	return page.filter(({ id }) => !hiddenFromPages.includes(id));
}

function limitOf(query: PhpQuery, { limitAboveMax, maxPageSize }: Variants): number {
	const limit = wholeOf(query.limit, 1, DEFAULT_LIMIT);
	if (limit > MOST && limitAboveMax === 'reject') {
		throw badRequest(`The limit must not be greater than ${MOST}`);
	}
	return Math.min(limit, MOST, maxPageSize);
}

/** The rows that tie with the one at a place: from the first up to, but without, the last. */
function tiesAround(ranks: number[], at: number): [number, number] {
	let [first, end] = [at, at + 1];
	while (first > 0 && ranks[first - 1] === ranks[at]) first--;
	while (end < ranks.length && ranks[end] === ranks[at]) end++;
	return [first, end];
}

/** The same rows in an order that is another one for each seed. */
function shuffled<Row extends { id: string }>(rows: Row[], seed: number): Row[] {
	if (rows.length < 2) return rows;
	const keyed = rows.map((row) => ({ row, key: mixed(`${seed} ${row.id}`) }));
	return keyed.sort((left, right) => left.key - right.key).map(({ row }) => row);
}

/** A number that says nothing of the text (FNV-1a, with a last stir). */
function mixed(text: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) {
		hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	return (hash ^ (hash >>> 12)) >>> 0;
}

/** A list as it is answered: its rows, and how many there are in all as far as this server says. */
export function listAnswer(
	records: object[],
	all: Array<{ id: string }>,
	{ total, totalKey, recordsShape, hiddenFromPages }: Variants,
): Record<string, unknown> {
	const totals: Record<Variants['total'], () => unknown> = {
		all: () => all.length,
		visible: () => all.filter(({ id }) => !hiddenFromPages.includes(id)).length,
		page: () => records.length,
		zero: () => 0,
		emptyText: () => '',
		null: () => null,
		missing: () => undefined,
	};
	return { records: listShape(records, recordsShape), [totalKey]: totals[total]() };
}

/** PHP writes a list from which entries were taken as a map of the places that are left. */
export function listShape(
	records: object[],
	shape: Variants['recordsShape'],
): object[] | Record<string, object> {
	if (shape === 'list') return records;
	return Object.fromEntries(records.map((record, index) => [String(2 * index + 1), record]));
}
