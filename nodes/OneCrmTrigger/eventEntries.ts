import type { IDataObject } from 'n8n-workflow';

import { CHANGED_AT } from '../OneCrm/crm/audit';
import type { CrmClient } from '../OneCrm/crm/client';
import type { RecordKey } from '../OneCrm/crm/record';
import type { ChangeMemory } from './changeMemory';
import { fetchEntries, fetchLastEntries } from './changes';
import { isTimed } from './eventIdentity';
import type { Handover } from './handover';
import type { RecordEvent } from './memory';
import type { TriggerOptions } from './options';
import { inOrder, ownEntries } from './ownEntries';

/** How late 1CRM may deliver an event. */
const LATE_SECONDS = 60;

/** An event as it was delivered. */
export interface DeliveredEvent {
	event: RecordEvent;
	key: RecordKey;
	/** Of the record. */
	fields: IDataObject;
}

/** An event, and what it is decided with. */
export interface AskedEvent extends DeliveredEvent {
	crm: CrmClient;
	memory: ChangeMemory;
	options: TriggerOptions;
	handover: Handover;
	/** Of the audit log, if they were read before. */
	entries?: IDataObject[];
	/** Whether its execution has begun, which can't leave a failure to another one. */
	isStarted?: boolean;
}

/** What the audit log has about an event. */
export interface FoundEntries {
	/** All that may be the event's, the oldest first. */
	entries: IDataObject[];
	/** Those that are. */
	own: IDataObject[];
	/** Whether the log has everything about the event. */
	isComplete: boolean;
}

/**
 * Looks in the audit log for the entries of an event, whose record is in the `state`. An event without a time doesn't
 * get what the user `self` changed, unless nobody is known to have made the last change. Throws what the request for the
 * log throws.
 */
export async function findEntries(
	asked: AskedEvent,
	state: IDataObject,
	self: string | undefined,
): Promise<FoundEntries> {
	return isTimed(asked.fields)
		? await findTimed(asked, state)
		: await findUntimed(asked, state, self);
}

/** Whether an entry belongs to an event that came before. */
export function isOfAnother(asked: AskedEvent, entry: IDataObject): boolean {
	const { fields, key, memory, handover } = asked;
	const { delivery, given } = handover;
	const id = String(entry.id);
	if (given.includes(id) || memory.isGivenToAnother(id, delivery)) return true;
	return !isTimed(fields) && memory.isToldByAnother(key, entry, delivery);
}

async function findTimed(asked: AskedEvent, state: IDataObject): Promise<FoundEntries> {
	const { crm, memory, key, fields, handover } = asked;
	const moment = String(state.date_modified);
	const entries = asked.entries ?? (await fetchEntries(crm, key, moment));
	const [noted, carried] = [memory.otherStates(key, fields), handover.others];
	const { own, isComplete } = ownEntries(entries, state, {
		before: [...noted.before, ...carried.before],
		after: [...noted.after, ...carried.after],
	});
	return { entries, own, isComplete: isComplete && own.length > 0 };
}

/**
 * An event that came without a time, e.g. with an ID alone, gets whatever no other event was given: later events may
 * have changed the record again before the trigger read it.
 */
async function findUntimed(
	asked: AskedEvent,
	state: IDataObject,
	self: string | undefined,
): Promise<FoundEntries> {
	const { event, crm, key, handover } = asked;
	const isNew = event === 'created';
	const moment = String(isNew ? state.date_entered : state.date_modified);
	// A worker's clock may be behind.
	const waited = Math.max(0, Math.ceil((Date.now() - handover.arrivedAt) / 1000));
	const reading = isNew
		? fetchEntries(crm, key, moment)
		: fetchLastEntries(crm, key, state, LATE_SECONDS + waited);
	const entries = inOrder(await reading);
	const own = entries.filter((entry) => {
		const isOfSelf = self !== undefined && entry.created_by === self;
		return !(isOfSelf && state.modified_user_id) && !isOfAnother(asked, entry);
	});
	const isComplete = entries.some((entry) => String(entry[CHANGED_AT]) >= moment);
	return { entries, own, isComplete };
}
