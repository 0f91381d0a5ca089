import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { ListAddress } from '../http/page';
import { fetchPage } from '../http/page';
import { fetchList } from '../http/paging';
import type { ChangeCursor } from './changeCursor';
import { cursorBehind, nextCursor, unseen } from './changeCursor';
import { withoutFields } from './checkedList';
import type { CrmClient } from './client';
import type { ConditionChecks } from './conditionChecks';
import { closedRecordsFilter } from './filters';
import { CHANGED_AT, changedAt, idOf, readRecent } from './newestFirst';
import { recordsPath } from './record';

const CREATED_AT = 'date_entered';
const DATES = [CREATED_AT, CHANGED_AT];

/** A record that was created or changed, in its last state. */
export interface Change {
	event: 'created' | 'updated';
	record: IDataObject;
}

/** Which changes of a module are wanted. */
export interface ChangeQuery {
	module: string;
	/** The fields of the records; none for all. */
	fields: string[];
	/** `filters` and `filter_text` of a list. */
	conditions: IDataObject;
	/** The conditions, to be checked on the records. */
	checks: ConditionChecks;
}

/**
 * The changes after a cursor, the oldest first, each state of a record once, and the cursor after them. Without a
 * cursor there are no changes yet, and the cursor stands for the time of this call.
 *
 * Throws what `readRecent` throws, and a `UserError` for a module that doesn't record when a record was changed.
 */
export async function readChanges(
	crm: CrmClient,
	query: ChangeQuery,
	cursor: ChangeCursor | undefined,
): Promise<{ changes: Change[]; cursor: ChangeCursor }> {
	const list = await changeList(crm, query);
	const start = cursor ?? (await findEnd(crm, list));
	const { records: byId, firstTimes, readAt } = await readRecent(crm.http, list, start.from);
	const records = [...byId.values()];
	query.checks.check(records);
	const next = nextCursor(start, records, firstTimes, readAt);
	if (cursor === undefined) return { changes: [], cursor: next };

	const changes = unseen(cursor, records.sort(byTime)).map(({ record, isKnown }) => {
		const isCreated = !isKnown && String(record[CREATED_AT] ?? '') >= cursor.from;
		return changeOf(query, record, isCreated);
	});
	return { changes, cursor: next };
}

/** The newest changes, the oldest of them first, without a cursor. Throws as `readChanges` does. */
export async function readNewestChanges(
	crm: CrmClient,
	query: ChangeQuery,
	limit: number,
): Promise<Change[]> {
	const { query: list, ...rest } = await changeList(crm, query);
	const records = await fetchList(crm.http, {
		...rest,
		query: { ...list, order: `${CHANGED_AT} DESC` },
		limit,
		isOfRecords: true,
	});
	query.checks.check(records);
	const isCreated = (record: IDataObject): boolean => record[CREATED_AT] === record[CHANGED_AT];
	return records.sort(byTime).map((record) => changeOf(query, record, isCreated(record)));
}

/** The times were read in any case, but are returned only if they are wanted. */
function changeOf(
	{ fields, checks }: ChangeQuery,
	record: IDataObject,
	isCreated: boolean,
): Change {
	const dates = DATES.filter((name) => !fields.includes(name));
	const added = fields.length > 0 ? [...dates, ...checks.addedTo(fields)] : [];
	return { event: isCreated ? 'created' : 'updated', record: withoutFields(record, added) };
}

/** Includes closed records: a record that is closed has changed. */
async function changeList(
	crm: CrmClient,
	{ module, fields, conditions, checks }: ChangeQuery,
): Promise<ListAddress> {
	const metadata = await crm.metadata(module);
	if (!metadata.fields.has(CHANGED_AT)) {
		throw new UserError(`${module} doesn't record when a record was changed`);
	}
	const wanted = fields.length > 0 ? fields : [...metadata.fields.keys()];
	const dates = DATES.filter((name) => metadata.fields.has(name));
	const filters = { ...closedRecordsFilter(metadata), ...(conditions.filters as IDataObject) };
	return {
		path: recordsPath(module),
		query: {
			...conditions,
			filters,
			fields: [...new Set([...wanted, ...dates, ...checks.columns])],
		},
	};
}

async function findEnd(crm: CrmClient, list: ListAddress): Promise<ChangeCursor> {
	const query = { ...list.query, fields: ['id', CHANGED_AT], order: `${CHANGED_AT} DESC` };
	const { records } = await fetchPage(crm.http, { ...list, query }, 0, 20);
	return cursorBehind(records.map(changedAt), Date.now());
}

function byTime(one: IDataObject, other: IDataObject): number {
	const [first, second] = [one, other].map((record) => `${changedAt(record)} ${idOf(record)}`);
	return first < second ? -1 : 1;
}
