import type { IDataObject } from 'n8n-workflow';

import type { HttpClient } from './client';
import { asNodeError, refusesOrder } from './errors';
import type { ListAddress, Page } from './page';
import { fetchPage, LARGEST_PAGE } from './page';
import { mapConcurrently } from './parallel';

export interface ListRequest extends ListAddress {
	/** How many records are wanted; `Infinity` for all. */
	limit: number;
	/**
	 * Makes what looks at each record once, in order; from the first for which it says true on, no more are wanted.
	 * Made anew each time that the list is read.
	 */
	stopAt?: () => (record: IDataObject) => boolean;
	/** Whether the entries are records, so that the list can be sorted by their ids. */
	isOfRecords?: boolean;
	/** Called if several pages were read and the server does not sort by the id. */
	onLooseOrder?: () => void;
}

/** 1CRM gives about 20 records if it is not asked for more. A list that is shorter is no page of a longer one. */
const SHORTEST_PAGE = 20;

/** How often a list is read again without finding more. */
const MOST_FRUITLESS = 3;
const MOST_READINGS = 20;

/** How many pages in a row may be empty although the list has more: rows can be dropped after a page was cut. */
const MOST_EMPTY = 3;

/** How many pages are asked for at most before it is looked whether there are more. */
const MOST_PLANNED = 500;

/**
 * Fetches the records of a list, each once, in the server's order.
 *
 * Nothing that a server says of a list is believed by itself. Records that tie may come in another order for each
 * page, so a list of several pages is sorted by the id in the last place. A total that contradicts the records
 * received isn't one, and then pages are read until an empty one comes. If fewer records came than the total says, or
 * if some were deleted meanwhile (which moves others across the border of pages), the list is read again.
 *
 * Throws what `fetchPage` throws, and a `CrmError` with both numbers if the list stays short.
 */
export async function fetchList(http: HttpClient, request: ListRequest): Promise<IDataObject[]> {
	const { limit, isOfRecords = false, query } = request;
	if (limit <= 0) return [];
	const order = String(query?.order ?? '').trim();
	if (!isOfRecords) return (await readWhole(http, request)) ?? [];
	if (order !== '') return await readSorted(http, request, order);
	// In the server's own order a single page can be read; what is longer is read anew.
	const first = await fetchFirst(http, request);
	const page = await readWhole(http, request, { isOnePage: true }, first);
	return page ?? (await readSorted(http, request, order, first));
}

interface ReadingMode {
	/** Whether records may tie, because the server does not sort by their ids. */
	isLoose?: boolean;
	/** Whether to give up if there is more than one page. */
	isOnePage?: boolean;
	/** A first page that isn't part of what is read, but shows how long it is. */
	outlook?: Page;
}

/**
 * With the id as the last sort key or, if the server refuses that, without. `outlook` is a first page in another order,
 * if there is one: it says how many pages can be asked for at once.
 */
async function readSorted(
	http: HttpClient,
	request: ListRequest,
	order: string,
	outlook?: Page,
): Promise<IDataObject[]> {
	const total = order === '' ? 'id' : `${order}, id`;
	const sorted = { ...request, query: { ...request.query, order: total } };
	const rows = new Rows();
	try {
		return (await readWhole(http, sorted, { outlook }, undefined, rows)) ?? [];
	} catch (error) {
		// If the first page came, it isn't the order that is refused.
		if (rows.size > 0 || !refusesOrder(error)) throw asNodeError(http.node, error);
		return await readLoosely(http, request, error);
	}
}

/** Without an order. If that doesn't help, `refusal` was about something else, and is what the user has to see. */
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

async function fetchFirst(
	http: HttpClient,
	request: ListRequest,
	longest = LARGEST_PAGE,
): Promise<Page> {
	return await fetchPage(http, request, 0, Math.min(longest, request.limit));
}

/**
 * Reads a list until it is whole. `known` is its first page, if that was fetched already. Returns nothing for one of
 * several pages if only a single one is to be read.
 */
async function readWhole(
	http: HttpClient,
	request: ListRequest,
	mode: ReadingMode = {},
	known?: Page,
	rows = new Rows(),
): Promise<IDataObject[] | undefined> {
	let pageSize = LARGEST_PAGE;
	let fruitless = 0;
	for (let readings = 1; ; readings++) {
		const before = rows.size;
		const isFirst = readings === 1;
		const reading = new Reading(http, request, mode, rows, isFirst ? 0 : pageSize);
		const isPlanned = isFirst && mode.outlook !== undefined && reading.plan(mode.outlook);
		if (isPlanned) {
			await reading.readFrom(0);
		} else {
			// Each time the pages have other borders: what was lost between two of them is then within one.
			const longest = Math.ceil(pageSize / readings);
			await reading.read((isFirst && known) || (await fetchFirst(http, request, longest)));
		}
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

/** A record that was found. */
interface Row {
	position: number;
	record: IDataObject;
	/** The latest reading that has found it, and its page there. */
	reading: Reading;
	page: Page;
}

/** The records that were found, in all readings of a list. */
class Rows {
	private readonly byKey = new Map<string, Row>();

	get size(): number {
		return this.byKey.size;
	}

	get(key: string): Row | undefined {
		return this.byKey.get(key);
	}

	add(key: string, row: Row): void {
		this.byKey.set(key, row);
	}

	inOrder(limit: number): IDataObject[] {
		const entries = [...this.byKey.values()].sort((one, other) => one.position - other.position);
		return entries.slice(0, limit).map(({ record }) => record);
	}
}

/** Reads a list once, from its first page to its end. */
class Reading {
	pages = 0;

	/** As the server says, as far as it can be believed. */
	total: number | undefined;

	/** Whether the server gives the same full page whatever is asked for. */
	isRepeating = false;

	/** Whether there is more than one page, although only one was to be read. */
	isLonger = false;

	/** How many records were found. */
	found = 0;

	private readonly stopAt?: (record: IDataObject) => boolean;

	/** From the first page, and the least and the newest that a page said since. */
	private totals?: { first: number; least: number; newest: number };

	/** Whether no page contradicts the total. */
	private isBelieved = false;

	private hasStopped = false;

	private hasRepeats = false;

	/** Behind pages that were shorter than the step to the next one. */
	private readonly gaps: Array<{ offset: number; limit: number }> = [];

	constructor(
		private readonly http: HttpClient,
		private readonly request: ListRequest,
		private readonly mode: ReadingMode,
		private readonly rows: Rows,
		/** The longest page so far: what the server gives at most, as far as is known. */
		public pageSize: number,
	) {
		this.stopAt = request.stopAt?.();
	}

	async read(first: Page): Promise<void> {
		this.take(first);
		this.noteFirstTotal(first);
		const { records, total } = first;
		const isShort = total === records.length && records.length < SHORTEST_PAGE;
		if (isShort || (records.length === 0 && !total)) return;
		await this.readFrom(records.length || first.limit, records.length === 0 ? 1 : 0);
	}

	/** Plans all pages by a page that isn't one of them. Returns whether it says enough for that. */
	plan(outlook: Page): boolean {
		this.noteFirstTotal(outlook);
		this.pageSize = outlook.records.length;
		return this.isBelieved && this.pageSize > 0 && !this.stopAt;
	}

	/** Reads the pages from an offset on, behind a number of empty ones. */
	async readFrom(offset: number, empty = 0): Promise<void> {
		while (!this.isAtEnd(offset) && empty < MOST_EMPTY) {
			this.isLonger = this.mode.isOnePage === true && this.isBelieved;
			if (this.isLonger) return;
			const known = this.found;
			const gap = this.nextGap(offset);
			if (gap) {
				this.take(await fetchPage(this.http, this.request, gap.offset, gap.limit));
				continue;
			}
			const pages = await this.fetchNext(offset);
			const last = pages[pages.length - 1];
			offset = last.offset + (last.records.length || this.pageSize || last.limit);
			const isEmpty = pages.every((page) => page.records.length === 0);
			empty = isEmpty ? empty + 1 : 0;
			const hasFoundMore = this.found > known;
			this.isLonger = this.mode.isOnePage === true && hasFoundMore;
			if (this.isLonger || (isEmpty && !this.isStillShort)) return;
			if (isEmpty || hasFoundMore || this.gaps.length > 0) continue;
			const isFull = last.records.length >= last.limit;
			this.isRepeating = isFull && !this.isBelieved && !this.isStillShort;
			return;
		}
	}

	/** Whether the reading found all that there is, as far as anybody can tell. */
	get isWhole(): boolean {
		if (this.pages === 1) return !this.isStillShort || this.hasStopped;
		const hasShrunk =
			this.isBelieved && this.totals !== undefined && this.totals.least < this.totals.first;
		if (hasShrunk) return false;
		if (!this.hasStopped) return !this.isStillShort;
		const hasGrown = this.totals !== undefined && this.totals.newest > this.totals.first;
		return !this.mode.isLoose && (!this.hasRepeats || hasGrown);
	}

	/** Whether fewer records were found than the server says. Those added meanwhile need not be among them. */
	private get isStillShort(): boolean {
		const wanted = Math.min(this.request.limit, this.totals?.first ?? 0);
		return !this.hasStopped && this.rows.size < wanted;
	}

	private isAtEnd(offset: number): boolean {
		if (this.hasStopped || this.found >= this.request.limit) return true;
		if (!this.isBelieved || this.gaps.length > 0) return false;
		return !this.isStillShort && offset >= (this.totals?.newest ?? 0);
	}

	/** What a short page left open, once the end of the list was seen. */
	private nextGap(offset: number): { offset: number; limit: number } | undefined {
		const end = Math.min(this.request.limit, this.totals?.newest ?? Infinity);
		return offset >= end || !this.isBelieved ? this.gaps.shift() : undefined;
	}

	/**
	 * The next pages, as many at a time as there are slots, and as far as it is known that there are so many. Each is
	 * taken as soon as those before it have come, while others are still under way.
	 */
	private async fetchNext(offset: number): Promise<Page[]> {
		const { limit } = this.request;
		const end = Math.min(limit, this.totals?.newest ?? limit);
		const step = this.pageSize || LARGEST_PAGE;
		const left = Math.ceil((end - offset) / step);
		const canPlan = this.isBelieved && !this.stopAt;
		const count = canPlan ? Math.max(1, Math.min(MOST_PLANNED, left)) : 1;
		const starts = Array.from({ length: count }, (_, index) => offset + index * step);
		const pages: Page[] = [];
		let taken = 0;
		let isPlanWrong = false;
		await mapConcurrently(starts, this.http.slots, async (start, index) => {
			if (isPlanWrong) return;
			const page = await fetchPage(this.http, this.request, start, this.limitOf(start, step));
			pages[index] = page;
			// The end came before the total said so, or the pages are longer than the first one was.
			isPlanWrong ||= page.records.length === 0 || page.records.length > step;
			while (pages[taken] !== undefined) this.take(pages[taken++]);
		});
		for (const { offset: start, records } of pages.slice(0, -1)) {
			const missing = step - records.length;
			if (records.length === 0 || missing <= 0) continue;
			this.gaps.push({ offset: start + records.length, limit: missing });
		}
		return pages;
	}

	/** No more than are wanted, and no less than fill the step to the next page. */
	private limitOf(offset: number, step: number): number {
		const wanted = this.request.limit - offset;
		return wanted > 0 ? Math.min(LARGEST_PAGE, wanted) : Math.min(LARGEST_PAGE, step);
	}

	private noteFirstTotal({ records, total }: Page): void {
		const isContradicted = total !== undefined && total < records.length;
		this.isBelieved = total !== undefined && !isContradicted && total !== records.length;
		if (total === undefined || isContradicted) return;
		this.totals = { first: total, least: total, newest: total };
		this.total = total;
	}

	private take(page: Page): void {
		const { offset, records } = page;
		this.pages++;
		this.pageSize = Math.max(this.pageSize, records.length);
		this.noteTotal(page);
		for (let index = 0; index < records.length && !this.hasStopped; index++) {
			this.takeRecord(records[index], offset + index, page);
		}
	}

	private takeRecord(record: IDataObject, position: number, page: Page): void {
		const name = record.id === undefined ? JSON.stringify(record) : String(record.id);
		let key = name;
		let known = this.rows.get(key);
		// The same id twice within a page is a record that is linked twice; on two pages it has moved.
		for (let times = 2; known?.page === page; times++) {
			key = `${name} ${times}`;
			known = this.rows.get(key);
		}
		if (known?.reading === this) {
			known.page = page;
			this.hasRepeats = true;
		} else if (this.stopAt?.(record)) {
			this.hasStopped = true;
		} else {
			this.found++;
			if (known) Object.assign(known, { reading: this, page });
			else this.rows.add(key, { position, record, reading: this, page });
		}
	}

	private noteTotal({ offset, records, total }: Page): void {
		if (this.totals === undefined) return;
		if (total === undefined || (records.length > 0 && total < offset + records.length)) {
			this.isBelieved = false;
			return;
		}
		this.totals.newest = total;
		this.totals.least = Math.min(this.totals.least, total);
	}
}
