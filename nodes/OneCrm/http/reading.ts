import type { IDataObject } from 'n8n-workflow';

import type { HttpClient } from './client';
import type { ListRequest, Page } from './page';
import { fetchPage, LARGEST_PAGE } from './page';
import { mapConcurrently } from './parallel';

/** 1CRM gives about 20 records if it is not asked for more. A list that is shorter is no page of a longer one. */
const SHORTEST_PAGE = 20;

/** How many pages in a row may be empty although the list has more: rows can be dropped after a page was cut. */
const MOST_EMPTY = 3;

/** How many pages to ask for, at most, before looking whether there are more. */
const MOST_PLANNED = 500;

/** How a list is read. */
export interface ReadingMode {
	/** Whether records may tie, because the server does not sort by their ids. */
	isLoose?: boolean;
	/** Whether to give up if there is more than one page. */
	isOnePage?: boolean;
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
export class Rows {
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
export class Reading {
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

	/** The totals that pages have given: the first, the least and the newest. */
	private totals?: { first: number; least: number; newest: number };

	/** Whether no page contradicts the total. */
	private isBelieved = false;

	private hasStopped = false;

	private hasRepeats = false;

	/** What is missing behind pages that were shorter than the step to the next one. */
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

	/** Reads the pages from an offset on. `empty` is how many empty ones came just before. */
	private async readFrom(offset: number, empty: number): Promise<void> {
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
	 * The next pages, as many at a time as there are slots, and no more than are known to exist. Each is taken as soon as
	 * those before it have come, while others are still under way.
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

	/** As many as are still wanted or, beyond those, as fill the step to the next page. */
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
