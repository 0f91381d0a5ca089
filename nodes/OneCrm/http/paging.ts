import type { IDataObject } from 'n8n-workflow';

import type { HttpClient } from './client';
import { isJsonObject } from './json';
import { mapConcurrently } from './parallel';

/** 1CRM gives no more records than this in one answer. */
export const LARGEST_PAGE = 200;

export interface ListRequest {
	/** Of the list, e.g. `data/Account`. */
	path: string;
	/** What is listed, in the words of the message when it is not there. */
	subject?: string;
	/** Everything but `offset` and `limit`. */
	query?: IDataObject;
	headers?: IDataObject;
	/** How many records are wanted; `Infinity` for all. */
	limit: number;
	/** Pages fetched at the same time after the first. */
	parallelRequests: number;
	/** Looked at record by record, in order and each once; from the first for which it says true on, no more are wanted. */
	stopAt?: (record: IDataObject) => boolean;
}

interface Page {
	records: IDataObject[];
	/** Of all records that match, as far as the server tells. */
	total: number | undefined;
}

/**
 * Fetches the records of a list, in the server's order and each once.
 *
 * The first page tells the total and how large a page the server really gives; from then on several
 * are fetched at a time. What counts is what was received: a page that is shorter than asked is
 * continued where it stopped, and the end is the newest total or an empty page. Records that come twice
 * because others were added meanwhile are dropped by their id.
 *
 * Throws what `HttpClient.json` throws, and a `CrmError` for an answer that holds no list.
 */
export async function fetchList(http: HttpClient, request: ListRequest): Promise<IDataObject[]> {
	const { limit, parallelRequests, stopAt } = request;
	if (limit <= 0) return [];
	const collected = new Collection(limit, stopAt);

	const first = await fetchPage(http, request, 0, Math.min(LARGEST_PAGE, limit));
	collected.add(first.records);
	const pageSize = first.records.length;
	let total = first.total ?? Infinity;
	const canPlan = first.total !== undefined && stopAt === undefined;

	let offset = pageSize;
	while (pageSize > 0 && offset < total && !collected.isComplete) {
		const missing = Math.min(total - offset, limit - collected.records.length);
		const width = canPlan ? Math.min(parallelRequests, Math.ceil(missing / pageSize)) : 1;
		const pages = await mapConcurrently(
			Array.from({ length: width }, (_, page) => page * pageSize),
			width,
			async (ahead) =>
				await fetchPage(http, request, offset + ahead, Math.min(pageSize, missing - ahead)),
		);
		const known = collected.records.length;
		const received = collected.addWhileFull(pages, pageSize);
		// A list that is not paged, as that of the calendar, gives the same records again without end.
		const isRepeated = total === Infinity && collected.records.length === known;
		if (received === 0 || isRepeated) break;
		offset += received;
		// Records that are added in front meanwhile push others behind the total of the first page.
		total = Math.max(...pages.map((page) => page.total ?? total));
	}
	return collected.records;
}

class Collection {
	readonly records: IDataObject[] = [];

	isComplete = false;

	private readonly ids = new Set<unknown>();

	constructor(
		private readonly limit: number,
		private readonly stopAt: ListRequest['stopAt'],
	) {}

	add(records: IDataObject[]): void {
		for (const record of records) {
			if (this.isComplete) return;
			if (record.id !== undefined && this.ids.has(record.id)) continue;
			if (this.stopAt?.(record)) {
				this.isComplete = true;
				return;
			}
			this.ids.add(record.id);
			this.records.push(record);
			this.isComplete = this.records.length >= this.limit;
		}
	}

	/**
	 * Takes pages in order up to the first that is shorter than `pageSize`, behind which a gap would
	 * open, and returns how many records they held.
	 */
	addWhileFull(pages: Page[], pageSize: number): number {
		let received = 0;
		for (const { records } of pages) {
			this.add(records);
			received += records.length;
			if (records.length < pageSize) break;
		}
		return received;
	}
}

async function fetchPage(
	http: HttpClient,
	{ path, subject, query, headers }: ListRequest,
	offset: number,
	limit: number,
): Promise<Page> {
	const answer = await http.json({
		method: 'GET',
		path,
		subject,
		query: { ...query, offset, limit },
		headers,
	});
	if (!Array.isArray(answer.records)) {
		throw http.error({
			message: '1CRM answered without a list of records',
			description: `The answer contains: ${Object.keys(answer).join(', ') || 'nothing'}`,
		});
	}
	return { records: answer.records.filter(isJsonObject), total: totalOf(answer) };
}

/** How many entries a list has in all, as far as its answer tells. Some descriptions of the API name it `total_count`. */
export function totalOf(answer: IDataObject): number | undefined {
	const total = Number(answer.total_results ?? answer.total_count ?? NaN);
	return Number.isNaN(total) ? undefined : total;
}
