import type { IDataObject } from 'n8n-workflow';

import { auditTarget, CHANGED_AT, valuesOf } from '../OneCrm/crm/audit';
import type { CrmClient } from '../OneCrm/crm/client';
import type { RecordKey } from '../OneCrm/crm/record';
import { fetchList } from '../OneCrm/http/paging';
import type { ChangeMemory } from './changeMemory';

/** One change of a field, with its values as the audit log has them. */
export type FieldChange = { field: string; before: string | null; after: string | null };

/** What an event changed, and who changed it, as far as the log knows. */
export interface EventChanges {
	changes: FieldChange[];
	actor?: string;
	/** Whether the log has any entry of the moment of the event. */
	isLogged: boolean;
}

const MOST_ENTRIES = 1000;

/** In seconds: an entry may be written a moment after the record. */
const LATEST_ENTRY = 2;

/**
 * What an event changed, from the audit log of its record. `state` is the record as the event came with it, or as it
 * was read. Entries that another delivery got are left out. Throws what the request for the log throws.
 */
export async function readEventChanges(
	crm: CrmClient,
	memory: ChangeMemory,
	key: RecordKey,
	state: IDataObject,
	delivery: string,
): Promise<EventChanges> {
	const moment = String(state.date_modified ?? '');
	const log = await fetchList(crm.http, {
		...auditTarget(key.module, key.id),
		limit: MOST_ENTRIES,
		stopAt: () => (entry) => String(entry[CHANGED_AT] ?? '') < moment,
	});
	const entries = entriesOf(log, moment);
	const others = memory
		.statesAt(key, moment)
		.filter((other) => JSON.stringify(other) !== JSON.stringify(state));
	const own = ownEntries(entries, state, others, (entry) =>
		memory.isGivenToAnother(String(entry.id), delivery),
	);
	for (const { id } of own) memory.give(String(id), delivery);
	const actor = own.at(-1)?.created_by;
	return {
		changes: own.map((entry) => ({ field: String(entry.field_name), ...valuesOf(entry) })),
		...(actor !== undefined && { actor: String(actor) }),
		isLogged: entries.length > 0,
	};
}

/** The entries of a moment, the oldest first. The log has the newest first. */
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

/**
 * The entries of one event among those of its second, the oldest first.
 *
 * They end where the record was in the state that the event came with, and begin behind the state of another event,
 * the same field once more, or another user. Those that are `given` already belong to others.
 */
function ownEntries(
	entries: IDataObject[],
	state: IDataObject,
	others: IDataObject[],
	isGiven: (entry: IDataObject) => boolean,
): IDataObject[] {
	const end = positionOf(entries, state) ?? entries.length;
	const begins = others.map((other) => positionOf(entries, other) ?? 0).filter((at) => at < end);
	const begin = Math.max(0, ...begins);
	const own: IDataObject[] = [];
	for (let at = end - 1; at >= begin; at--) {
		const entry = entries[at];
		const isOfAnother = own.some(
			({ field_name: field, created_by: actor }) =>
				field === entry.field_name || actor !== entry.created_by,
		);
		if (isOfAnother) break;
		own.unshift(entry);
	}
	return own.filter((entry) => !isGiven(entry));
}

/** After how many of the entries the record was in this state; the last such place, `undefined` if there is none. */
function positionOf(entries: IDataObject[], state: IDataObject): number | undefined {
	const fields = new Map(
		entries.map((entry) => [String(entry.field_name), valuesOf(entry).before]),
	);
	for (const entry of [...entries].reverse())
		fields.set(String(entry.field_name), valuesOf(entry).before);
	const isReached = () =>
		[...fields].every(([name, value]) => !Object.hasOwn(state, name) || isSame(state[name], value));
	let position = isReached() ? 0 : undefined;
	for (const [index, entry] of entries.entries()) {
		fields.set(String(entry.field_name), valuesOf(entry).after);
		if (isReached()) position = index + 1;
	}
	return position;
}

/** A delivery may write a value in JSON's own types, the log has texts. */
function isSame(value: unknown, logged: string | null): boolean {
	const [a, b] = [value, logged].map((side) =>
		side === true ? '1' : side === false ? '0' : String(side ?? '').trim(),
	);
	return a === b || (a !== '' && b !== '' && Number(a) === Number(b));
}
