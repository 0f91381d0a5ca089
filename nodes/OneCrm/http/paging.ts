import type { IDataObject } from 'n8n-workflow';

import type { HttpClient } from './client';
import { asNodeError, refusesOrder } from './errors';
import type { ListRequest } from './page';
import { fetchPage, LARGEST_PAGE } from './page';
import type { ReadingMode } from './reading';
import { Reading, Rows } from './reading';

/** How often a list is read again without finding more. */
const MOST_FRUITLESS = 3;
const MOST_READINGS = 20;

/**
 * Fetches the records of a list, each once, in the order of the request.
 *
 * Nothing that a server says of a list is believed by itself. Records that tie may come in another order for each page,
 * so the last sort key of a list of several pages is the id. A total that contradicts the records received isn't
 * believed, and then pages are read until an empty one comes. If fewer records came than the total says, or if some
 * were deleted meanwhile (which moves others across the border of pages), the list is read again.
 *
 * Throws what `fetchPage` throws, and a `CrmError` with both numbers if the list stays short.
 */
export async function fetchList(http: HttpClient, request: ListRequest): Promise<IDataObject[]> {
	const { limit, isOfRecords = false, isLong = false, query } = request;
	if (limit <= 0) return [];
	if (!isOfRecords) return (await readWhole(http, request)) ?? [];
	const order = String(query?.order ?? '').trim();
	const isSorted = order !== '' || (isLong && limit > LARGEST_PAGE);
	if (isSorted) return await readSorted(http, request, order);
	// A single page can be read in the server's own order. If the server has shorter pages, the list is read anew.
	const page = await readWhole(http, request, { isOnePage: true });
	return page ?? (await readSorted(http, request, order));
}

/** With the id as the last sort key or, if the server refuses that, without. */
async function readSorted(
	http: HttpClient,
	request: ListRequest,
	order: string,
): Promise<IDataObject[]> {
	const total = order === '' ? 'id' : `${order}, id`;
	const sorted = { ...request, query: { ...request.query, order: total } };
	const rows = new Rows();
	try {
		return (await readWhole(http, sorted, {}, rows)) ?? [];
	} catch (error) {
		// If the first page came, it isn't the order that is refused.
		if (rows.size > 0 || !refusesOrder(error)) throw asNodeError(http.node, error);
		return await readLoosely(http, request, error);
	}
}

/** Without sorting by the id. If that doesn't help, `refusal` was about something else, and the user has to see it. */
async function readLoosely(
	http: HttpClient,
	request: ListRequest,
	refusal: unknown,
): Promise<IDataObject[]> {
	try {
		return (await readWhole(http, request, { isLoose: true })) ?? [];
	} catch {
		throw asNodeError(http.node, refusal);
	}
}

/** Reads a list until it is whole. Returns nothing if it has several pages and only one is to be read. */
async function readWhole(
	http: HttpClient,
	request: ListRequest,
	mode: ReadingMode = {},
	rows = new Rows(),
): Promise<IDataObject[] | undefined> {
	let pageSize = LARGEST_PAGE;
	let fruitless = 0;
	for (let readings = 1; ; readings++) {
		const before = rows.size;
		const reading = new Reading(http, request, mode, rows, readings === 1 ? 0 : pageSize);
		// Each time the pages have other borders: what was lost between two of them is then within one.
		const longest = Math.min(request.limit, Math.ceil(pageSize / readings));
		await reading.read(await fetchPage(http, request, 0, longest));
		pageSize = reading.pageSize || pageSize;
		if (reading.isLonger) return undefined;
		if (reading.pages > 1 && mode.isLoose) request.onLooseOrder?.();
		if (reading.isRepeating) throw http.error(samePageFailure(reading.found));
		if (reading.isWhole) return rows.inOrder(request.limit);
		fruitless = rows.size > before ? 0 : fruitless + 1;
		if (fruitless < MOST_FRUITLESS && readings < MOST_READINGS) continue;
		const isShort = rows.size < Math.min(request.limit, reading.total ?? 0);
		if (request.stopAt || !isShort) return rows.inOrder(request.limit);
		throw http.error(shortFailure(reading.total ?? 0, rows.size));
	}
}

function shortFailure(total: number, found: number): { message: string; description: string } {
	return {
		message: `1CRM says that this list has ${total} records, but returned only ${found}`,
		description:
			"Try again later. If it stays like this, choose a 'Sort Field' with a different value in each record, or filters that make the list shorter",
	};
}

function samePageFailure(found: number): { message: string; description: string } {
	return {
		message: `1CRM returned the same ${found} records for each page of this list`,
		description: 'There may be more that cannot be reached. Use filters that make the list shorter',
	};
}
