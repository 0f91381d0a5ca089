import type { IDataObject } from 'n8n-workflow';

import type { CrmClient } from './client';
import { differences } from './differences';
import type { RecordKey, WrittenRecord } from './record';
import { checkKeptFields, fetchRecord, updateRecord } from './record';
import type { RecordValues } from './recordValues';
import { isEmpty } from './recordValues';

/** What was read of a record, with the fields that were asked for. */
export interface SeenRecord {
	values: IDataObject;
	fields: string[];
}

/** What a run knows of a record from earlier turns. */
interface KnownRecord {
	/** What it wrote. */
	values: IDataObject;
	/** Whether what was read earlier is of no use, because nobody knows what a failed write has left. */
	isUnsure: boolean;
}

/**
 * Gives a record the values, and sends only those that it doesn't have yet; none, if it has them all.
 *
 * `seen` is what was read of it before; what is missing there is read. Several changes of a record in one run take
 * turns, and each is compared with what the one before it wrote. Throws what `fetchRecord` and `updateRecord` throw.
 */
export async function changeRecord(
	crm: CrmClient,
	key: RecordKey,
	values: RecordValues,
	seen?: SeenRecord,
): Promise<WrittenRecord> {
	await checkKeptFields(crm, key.module, values);
	const { written } = await inTurn<{ known: KnownRecord; written: WrittenRecord }>(
		crm,
		key,
		async (before) => {
			const known = before?.known ?? { values: {}, isUnsure: before === null };
			const stored = await storedValues(crm, key, Object.keys(values.data), known, seen);
			const data = differences(await crm.metadata(key.module), values.data, stored);
			const changed = { ...values, data };
			const sent = isEmpty(changed) ? undefined : await updateRecord(crm, key, changed);
			const all = { ...values.data, ...sent?.data };
			return {
				known: { ...known, values: { ...known.values, ...sent?.data } },
				written: { ...key, data: all, verb: sent ? 'updated' : 'unchanged' },
			};
		},
	);
	return written;
}

/** Does the work when all earlier work on the same record is done, whatever the record was recognised by. */
export async function inTurn<Result>(
	crm: CrmClient,
	{ id }: RecordKey,
	work: (previous: Result | null | undefined) => Promise<Result>,
): Promise<Result> {
	return await crm.serializeByKey([`record ${id.toLowerCase()}`], work);
}

async function storedValues(
	crm: CrmClient,
	key: RecordKey,
	names: string[],
	known: KnownRecord,
	seen: SeenRecord | undefined,
): Promise<IDataObject> {
	const earlier = known.isUnsure ? undefined : seen;
	const isKnown = (name: string): boolean =>
		name in known.values || earlier?.fields.includes(name) === true;
	if (names.every(isKnown)) return { ...earlier?.values, ...known.values };
	return await fetchRecord(crm, key, { fields: names });
}
