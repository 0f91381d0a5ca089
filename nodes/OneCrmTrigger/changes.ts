import type { IDataObject } from 'n8n-workflow';

import { auditTarget, CHANGED_AT, valuesOf } from '../OneCrm/crm/audit';
import type { CrmClient } from '../OneCrm/crm/client';
import type { RecordKey } from '../OneCrm/crm/record';
import { fetchList } from '../OneCrm/http/paging';

/** One change of a field, with its values as the audit log has them. */
export type FieldChange = { field: string; before: string | null; after: string | null };

const MOST_ENTRIES = 1000;

/** In seconds: an entry may be written a moment after the record. */
const LATEST_ENTRY = 2;

/**
 * The entries of the audit log for a record's changes in one second (`moment`, its `date_modified`), the oldest first.
 * Throws what the request for the log throws.
 */
export async function fetchEntries(
	crm: CrmClient,
	key: RecordKey,
	moment: string,
): Promise<IDataObject[]> {
	return entriesOf(await fetchLog(crm, key, moment), moment);
}

/**
 * The entries for all changes that an event without a time may have made, the oldest first: those since some seconds
 * before the record's last change, but not those of its creation. Throws what the request for the log throws.
 */
export async function fetchLastEntries(
	crm: CrmClient,
	key: RecordKey,
	{ date_entered: entered, date_modified: modified }: IDataObject,
	seconds: number,
): Promise<IDataObject[]> {
	const recent = later(modified, -seconds);
	if (recent === '') return [];
	const log = await fetchLog(crm, key, recent);
	// In the second of its creation, a record gets its first values. They may be those of a change as well.
	const isOfCreation = (entry: IDataObject) =>
		entry[CHANGED_AT] === entered && entered !== modified && !valuesOf(entry).before;
	return log.reverse().filter((entry) => !isOfCreation(entry));
}

async function fetchLog(crm: CrmClient, key: RecordKey, from: string): Promise<IDataObject[]> {
	return await fetchList(crm.http, {
		...auditTarget(key.module, key.id),
		limit: MOST_ENTRIES,
		stopAt: () => (entry) => String(entry[CHANGED_AT] ?? '') < from,
	});
}

/** An entry of the log as the item of an event shows it. */
export function toChange(entry: IDataObject): FieldChange {
	return { field: String(entry.field_name), ...valuesOf(entry) };
}

/** The log has the newest first. */
function entriesOf(log: IDataObject[], moment: string): IDataObject[] {
	for (let seconds = 0; seconds <= LATEST_ENTRY; seconds++) {
		const time = later(moment, seconds);
		const entries = log.filter((entry) => entry[CHANGED_AT] === time).reverse();
		if (entries.length > 0) return entries;
	}
	return [];
}

/** The latest time that the entry of a change at this time may have. */
export function latestEntryOf(time: string): string {
	return later(time, LATEST_ENTRY);
}

/** A time of 1CRM, some seconds later, or an empty text if it isn't one. */
function later(time: unknown, seconds: number): string {
	const at = Date.parse(`${String(time).replace(' ', 'T')}Z`) + seconds * 1000;
	return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
