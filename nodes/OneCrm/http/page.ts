import type { IDataObject } from 'n8n-workflow';

import type { HttpClient } from './client';
import { isJsonObject } from './json';
import { splitFields } from './query';

/** 1CRM returns no more records than this in one answer. */
export const LARGEST_PAGE = 200;

/** Where a list is, and what is asked of it. */
export interface ListAddress {
	/** Of the list, e.g. `data/Account`. */
	path: string;
	/** What is listed, in the words of the message if it isn't there. */
	subject?: string;
	/** Everything but `offset` and `limit`. */
	query?: IDataObject;
	headers?: IDataObject;
}

/** A list, and how much of it is wanted. */
export interface ListRequest extends ListAddress {
	/** How many records are wanted; `Infinity` for all. */
	limit: number;
	/**
	 * Makes a check that sees each record once, in order. From the first record on for which it returns true, no more are
	 * wanted. Called each time that the list is read.
	 */
	stopAt?: () => (record: IDataObject) => boolean;
	/** Whether the entries are records, so that the list can be sorted by their ids. */
	isOfRecords?: boolean;
	/** Whether to expect several pages if more than one is wanted. What is looked up mostly fits into one. */
	isLong?: boolean;
	/** Called if several pages were read and the server does not sort by the id. */
	onLooseOrder?: () => void;
}

/** A part of a list. */
export interface Page {
	offset: number;
	/** How many records were asked for. */
	limit: number;
	records: IDataObject[];
	/** Of all records that match, as far as the server says. */
	total: number | undefined;
}

/** A page with only some of the fields. */
type Part = Pick<Page, 'records' | 'total'>;

/** How often to ask for a page if the list changes between its parts. */
const MOST_TRIES = 3;

/**
 * Fetches a page. Fields that don't fit into one address are asked for by further requests.
 *
 * Throws what `HttpClient.json` throws, and a `CrmError` for an answer without a list.
 */
export async function fetchPage(
	http: HttpClient,
	{ query, ...address }: ListAddress,
	offset: number,
	limit: number,
): Promise<Page> {
	const queries = splitFields({ ...query, offset, limit });
	for (let tries = 1; ; tries++) {
		const parts: Part[] = [];
		for (const part of queries) parts.push(await fetchPart(http, { ...address, query: part }));
		const [first, ...others] = parts;
		const records = others.reduce<IDataObject[] | undefined>(
			(joined, part) => joined && join(joined, part.records),
			first.records,
		);
		if (records) return { offset, limit, records, total: first.total };
		if (tries === MOST_TRIES) {
			throw http.error({
				message: 'The list changed each time it was read',
				description: "Try again later, or choose fewer fields in 'Return Fields'",
			});
		}
	}
}

/** The same records with the fields of others, or `undefined` if one of them isn't there. */
function join(records: IDataObject[], others: IDataObject[]): IDataObject[] | undefined {
	const byId = new Map(others.map((record) => [record.id, record]));
	if (!records.every(({ id }) => byId.has(id))) return undefined;
	return records.map((record) => ({ ...record, ...byId.get(record.id) }));
}

async function fetchPart(http: HttpClient, address: ListAddress): Promise<Part> {
	const answer = await http.json({ method: 'GET', ...address });
	const records = listOf(answer.records);
	if (records === undefined) {
		throw http.error({
			message: '1CRM answered without a list of records',
			description: `The answer contains: ${Object.keys(answer).join(', ') || 'nothing'}`,
		});
	}
	return { records, total: totalOf(answer) };
}

/** The objects of a list. If entries were removed from it, PHP writes it as a map of the places that are left. */
export function listOf(value: unknown): IDataObject[] | undefined {
	if (Array.isArray(value)) return value.filter(isJsonObject);
	if (!isJsonObject(value)) return undefined;
	const entries = Object.values(value);
	return entries.every(isJsonObject) ? entries : undefined;
}

/** How many entries a list has in all, as far as its answer says. Some descriptions of the API name it `total_count`. */
export function totalOf(answer: IDataObject): number | undefined {
	const total = answer.total_results ?? answer.total_count;
	const isWritten = typeof total === 'number' || (typeof total === 'string' && /\d/.test(total));
	return isWritten && Number.isSafeInteger(Number(total)) ? Number(total) : undefined;
}
