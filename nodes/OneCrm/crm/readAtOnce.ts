import type { IDataObject } from 'n8n-workflow';

import { asNodeError, isClearNo } from '../http/errors';
import { fetchPage, LARGEST_PAGE } from '../http/page';
import { fetchList } from '../http/paging';
import type { CrmClient } from './client';
import { recordsPath } from './record';

/** What the items of a run that look for records of one module have in common. */
export interface Feed {
	/** How many records they look for, at most. */
	lookups: number;
	/** The names of the fields that they write, as far as that is known. */
	fields: string[];
	/** The columns to match on that have the same value for all. */
	common: string[];
	/** Called if the records of a module were read at once, with their number and that of their pages. */
	onRead: (module: string, records: number, pages: number) => void;
}

/** Records of a module, and how one is found among them. */
interface Selection {
	module: string;
	fields: string[];
	filters: IDataObject;
	/** What names the selection within a run. */
	name: string;
	keyOf: (record: IDataObject) => string;
}

/** Records that were read together, by their keys. */
interface ReadRecords {
	/** `several` if more than one record has the key. */
	byKey: Map<string, IDataObject | 'several'>;
	fields: string[];
	/** In milliseconds, as of `performance.now()`. */
	readAt: number;
}

/** With fewer lookups than this, the request that asks for the number of records isn't worth it. */
const FEWEST_LOOKUPS = 10;

/** How many lookups a page has to save: it has more records, and those that turn out to be new are still looked up. */
const LOOKUPS_PER_PAGE = 4;

/** Reading more could take longer than they stay fresh, and they are kept in n8n's memory. */
const MOST_RECORDS = 50_000;

/** What was read longer ago isn't compared with any more. */
const FRESH_MILLISECONDS = 60_000;

/**
 * The one record with this key, if reading all records of the selection costs fewer requests than looking up what
 * the items of the run look for. Then they are read once in a run, in pages.
 *
 * Returns nothing if the lookups are cheaper, or if only a lookup can answer: no record has the key (it may be new by
 * now, and must not be created twice), several have it, the reading failed, or it is more than a minute ago. Throws if
 * 1CRM refuses this user or doesn't answer at all: it would do so for each lookup.
 */
export async function readAtOnce(
	crm: CrmClient,
	selection: Selection,
	key: string,
	feed: Feed,
): Promise<{ record: IDataObject; fields: string[] } | undefined> {
	const { name, fields } = selection;
	const read = await crm.readOnce(
		`all records of ${name}, ${fields.join()}`,
		async () => await readIfCheaper(crm, selection, feed),
	);
	if (read === undefined || performance.now() - read.readAt > FRESH_MILLISECONDS) return undefined;
	const record = read.byKey.get(key);
	return record === undefined || record === 'several' ? undefined : { record, fields: read.fields };
}

async function readIfCheaper(
	crm: CrmClient,
	selection: Selection,
	feed: Feed,
): Promise<ReadRecords | undefined> {
	if (feed.lookups < FEWEST_LOOKUPS) return undefined;
	try {
		const readAt = performance.now();
		const records = await readAll(crm, selection, feed);
		if (records === undefined) return undefined;
		const byKey: ReadRecords['byKey'] = new Map();
		for (const record of records) {
			const key = selection.keyOf(record);
			byKey.set(key, byKey.has(key) ? 'several' : record);
		}
		feed.onRead(selection.module, records.length, Math.ceil(records.length / LARGEST_PAGE));
		return { byKey, fields: selection.fields, readAt };
	} catch (error) {
		if (isClearNo(error)) throw asNodeError(crm.http.node, error);
		// A server may have trouble with long lists only. If not, the lookups say what is wrong.
		return undefined;
	}
}

/** All records of the selection, or nothing if they are too many. */
async function readAll(
	crm: CrmClient,
	{ module, fields, filters }: Selection,
	{ lookups }: Feed,
): Promise<IDataObject[] | undefined> {
	const path = recordsPath(module);
	const most = Math.min(Math.floor(lookups / LOOKUPS_PER_PAGE) * LARGEST_PAGE, MOST_RECORDS);
	const { total = 0 } = await fetchPage(
		crm.http,
		{ path, query: { fields: ['id'], filters } },
		0,
		1,
	);
	// Some servers give the number on the page as the total: for a page of one record, that says nothing.
	if (total <= 1 || total > most) return undefined;
	return await fetchList(crm.http, {
		path,
		query: { fields, filters },
		limit: most,
		isOfRecords: true,
		isLong: true,
	});
}
