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
	const log = await fetchList(crm.http, {
		...auditTarget(key.module, key.id),
		limit: MOST_ENTRIES,
		stopAt: () => (entry) => String(entry[CHANGED_AT] ?? '') < moment,
	});
	return entriesOf(log, moment);
}

/** An entry of the log as the item of an event shows it. */
export function toChange(entry: IDataObject): FieldChange {
	return { field: String(entry.field_name), ...valuesOf(entry) };
}

/** The log has the newest first. */
function entriesOf(log: IDataObject[], moment: string): IDataObject[] {
	const at = (time: string) => log.filter((entry) => entry[CHANGED_AT] === time).reverse();
	for (let seconds = 0; seconds <= LATEST_ENTRY; seconds++) {
		const time = Date.parse(`${moment.replace(' ', 'T')}Z`) + seconds * 1000;
		if (Number.isNaN(time)) return [];
		const entries = at(new Date(time).toISOString().slice(0, 19).replace('T', ' '));
		if (entries.length > 0) return entries;
	}
	return [];
}
