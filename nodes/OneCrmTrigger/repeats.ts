import type { IDataObject } from 'n8n-workflow';

import { tokenHash as digest } from './token';

const KEY = 'seenEvents';

/** About an hour of a busy CRM; the whole list takes less than 40 KB in n8n's database. */
const MOST_REMEMBERED = 1000;

const DIGEST_LENGTH = 32;

/** What makes an event the same as another one. */
export interface EventIdentity {
	module: string;
	recordId: string;
	event: string;
	/** The record as it was delivered or, where that is an id alone, as it was read. */
	record: IDataObject;
}

/**
 * The events that this process has seen, by the address of the trigger, the oldest first.
 *
 * Two deliveries at the same moment get static data without each other, and what the later one saves is
 * what stays. Here they meet, and each saves what both have seen.
 */
const seenHere = new Map<string, string[]>();

/** Whether an event can be told from another one at all: only where it says when the record was changed. */
export function canBeTold({ record }: Pick<EventIdentity, 'record'>): boolean {
	return typeof record.date_modified === 'string' && record.date_modified !== '';
}

/**
 * Remembers an event in the node's static data and returns whether it had been there before. The oldest
 * are forgotten first. An event without the time of its change is always new.
 *
 * 1CRM writes that time in seconds. Two changes within one second are told apart by the fields of the
 * record. `address` is that of the trigger, missing in a test run.
 */
export function isRepeated(
	staticData: IDataObject,
	address: string | undefined,
	identity: EventIdentity,
): boolean {
	if (!canBeTold(identity)) return false;
	const { module, recordId, event, record } = identity;
	const fields = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
	const key = digest(JSON.stringify([module, recordId, event, fields])).slice(0, DIGEST_LENGTH);

	const stored = Array.isArray(staticData[KEY]) ? staticData[KEY].map(String) : [];
	const here = (address !== undefined && seenHere.get(address)) || [];
	const seen = new Set([...stored, ...here]);
	if (seen.has(key)) return true;
	const remembered = [...seen, key].slice(-MOST_REMEMBERED);
	if (address !== undefined) seenHere.set(address, remembered);
	staticData[KEY] = remembered;
	return false;
}

/** Adds what other deliveries have seen meanwhile to static data that are about to be saved. */
export function renewSeenEvents(staticData: IDataObject, address: string | undefined): void {
	const here = address === undefined ? undefined : seenHere.get(address);
	if (here !== undefined) staticData[KEY] = here;
}
