import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { HttpClient } from '../http/client';
import { asNodeError, refusesOrder } from '../http/errors';
import type { ListAddress, Page } from '../http/page';
import { fetchPage, LARGEST_PAGE } from '../http/page';

import { isNoDate } from './moment';

export const CHANGED_AT = 'date_modified';

/** How often to read a list whose records tie, at most. */
const MOST_READINGS = 20;

/** How often in a row it has to be read without finding more. */
const ENOUGH_FRUITLESS = 3;

/** How many pages in a row may be empty, or the same as the one before. */
const MOST_BLANK = 3;

/** 1CRM gives about 20 records if it is not asked for more: a page with fewer is the end of a list. */
const SHORTEST_PAGE = 20;

/** How often in a row to look further up for a page that joins the one before it. */
const MOST_STEPS_BACK = 50;

/** What was read of a list that comes newest first. */
interface RecentRecords {
	/** The newest state of each record that was found, by its id. */
	records: Map<string, IDataObject>;
	/** The times of the changes on the first page, and when it was read, in milliseconds since 1970. */
	firstTimes: string[];
	readAt: number;
}

/**
 * Reads the records that were changed at `from` (`YYYY-MM-DD HH:MM:SS`) or later, while others go on changing them.
 *
 * A record that changes while pages are read moves to the front, and the others move down. One that is deleted lets
 * others move up, across the border of pages. So each page begins with what the page before ended with, and if it
 * doesn't, a page further up is read. If the server doesn't sort by the id, records of one second come in any order,
 * and each page begins before the last second of the page before. If a second has more records than a page, the list is
 * read again until as many have come as there are before the first older one, and no more come.
 *
 * Throws what `fetchPage` throws, and a `UserError` if the server doesn't return the newest first, or if the list
 * changes faster than it can be read.
 */
export async function readRecent(
	http: HttpClient,
	list: ListAddress,
	from: string,
): Promise<RecentRecords> {
	try {
		return await new Reading(http, orderedBy(list, `${CHANGED_AT} DESC, id`), from).read();
	} catch (error) {
		if (!refusesOrder(error)) throw asNodeError(http.node, error);
		return await new Reading(http, orderedBy(list, `${CHANGED_AT} DESC`), from, true).read();
	}
}

function orderedBy(list: ListAddress, order: string): ListAddress {
	return { ...list, query: { ...list.query, order } };
}

class Reading {
	private readonly records = new Map<string, IDataObject>();

	private first?: Pick<RecentRecords, 'firstTimes' | 'readAt'>;

	/** Whether the records of one second, in any order, were on several pages. */
	private isSplit = false;

	/** Whether the next page begins within the last second of the page before, whose records come in any order. */
	private isWithinSecond = false;

	constructor(
		private readonly http: HttpClient,
		private readonly list: ListAddress,
		private readonly from: string,
		/** Whether records of one second come in any order. */
		private isLoose = false,
	) {}

	async read(): Promise<RecentRecords> {
		let fruitless = 0;
		for (let readings = 0; readings < MOST_READINGS && fruitless < ENOUGH_FRUITLESS; readings++) {
			const before = this.records.size;
			// Each time the pages have other borders.
			const count = await this.readOnce(LARGEST_PAGE - 7 * readings);
			if (!this.isSplit) break;
			// Some of those that were found may be gone by now.
			const isWhole = this.records.size >= count && this.records.size === before;
			fruitless = isWhole ? fruitless + 1 : 0;
		}
		return { firstTimes: [], readAt: Date.now(), ...this.first, records: this.records };
	}

	/** Reads to the first older record, and returns how many come before it. */
	private async readOnce(limit: number): Promise<number> {
		let before: IDataObject | undefined;
		let ids = '';
		let step = limit;
		let stepsBack = 0;
		let blank = 0;
		for (let offset = 0; ;) {
			const { isLoose } = this;
			const { records, total = Infinity } = await this.fetch(offset, limit);
			// The pages so far were joined as if records of one second had an order.
			if (isLoose !== this.isLoose && offset > 0) return await this.readOnce(limit);
			const last = before;
			if (last && records.length > 0 && !this.joins(records[0], last)) {
				stepsBack++;
				if (stepsBack > MOST_STEPS_BACK) throw unreadable();
				offset = Math.max(0, offset - Math.ceil(step / 2) * stepsBack);
				if (offset === 0) before = undefined;
				continue;
			}
			// The first page joins none: a list could begin anew with it forever.
			if (last) stepsBack = 0;
			const older = records.findIndex((record) => changedAt(record) < this.from);
			const recent = older < 0 ? records : records.slice(0, older);
			for (const record of recent) this.take(record);
			const isFurther = this.isWithinSecond && last && recent.some((r) => areTied(r, last));
			if (isFurther) this.isSplit = true;
			if (older >= 0) return offset + older;
			const isEnd = recent.length === 0 && total <= offset;
			const isBlank = ids === (ids = recent.map(idOf).join());
			blank = isBlank ? blank + 1 : 0;
			const isShort = recent.length < SHORTEST_PAGE || total <= this.records.size;
			if (blank === MOST_BLANK && !isShort) throw unreadable();
			if (isEnd || blank === MOST_BLANK) return offset;
			before = recent.at(-1);
			step = before ? this.stepAfter(recent, before) : limit;
			offset += step;
		}
	}

	/** How far behind the start of a page the next one begins. */
	private stepAfter(page: IDataObject[], last: IDataObject): number {
		const tied = this.isLoose ? page.findIndex((record) => areTied(record, last)) : 0;
		this.isWithinSecond = this.isLoose && tied <= 1;
		return Math.max(1, tied > 1 ? tied - 1 : page.length - 1);
	}

	private async fetch(offset: number, limit: number): Promise<Page> {
		const page = await fetchPage(this.http, this.list, offset, limit);
		this.first ??= { firstTimes: page.records.map(changedAt), readAt: Date.now() };
		for (const [index, record] of page.records.entries()) {
			const next = page.records[index + 1] ?? record;
			if (record[CHANGED_AT] === undefined || changedAt(next) > changedAt(record)) {
				throw new UserError("The server didn't return the newest records first");
			}
			if (areTied(next, record) && !areIdsInOrder(record, next)) this.isLoose = true;
		}
		return page;
	}

	/** Whether nothing can be between `last`, which ended the page before, and the page that begins with `first`. */
	private joins(first: IDataObject, last: IDataObject): boolean {
		// Such a page begins before the last second, unless a deletion has moved up what comes in any order.
		if (this.isLoose && areTied(first, last)) return this.isWithinSecond;
		const known = this.records.get(idOf(first));
		if (known !== undefined && areTied(known, first)) return true;
		if (!areTied(first, last)) return changedAt(first) > changedAt(last);
		return !areIdsInOrder(last, first);
	}

	private take(record: IDataObject): void {
		const known = this.records.get(idOf(record));
		if (known === undefined || changedAt(known) <= changedAt(record)) {
			this.records.set(idOf(record), record);
		}
	}
}

export function idOf(record: IDataObject): string {
	return String(record.id);
}

/** When a record was changed, in 1CRM's form; an empty text if that isn't known. */
export function changedAt({ [CHANGED_AT]: time }: IDataObject): string {
	return isNoDate(time) ? '' : String(time ?? '');
}

function unreadable(): UserError {
	return new UserError(
		'The records change faster than they can be read, or the server returns the same ones for each page',
	);
}

function areIdsInOrder(one: IDataObject, next: IDataObject): boolean {
	return idOf(one).toUpperCase() <= idOf(next).toUpperCase();
}

function areTied(one: IDataObject, other: IDataObject): boolean {
	return changedAt(one) === changedAt(other);
}
