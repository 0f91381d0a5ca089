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

/** Events of a trigger. */
interface SeenEvents {
	/** Those that were seen, the oldest first. The list is changed in place. */
	seen: string[];
	/** Those that n8n is storing, each with whether that succeeds. */
	storing: Map<string, Promise<boolean>>;
	/** Those that n8n could not store, although it may have saved that they were seen. The oldest first. */
	notStored: Set<string>;
}

/**
 * The events that this process has seen, by the address of the trigger.
 *
 * Two deliveries at the same moment get static data without each other, and what is saved last is what
 * stays. Here they meet, and each saves what both have seen.
 */
const seenHere = new Map<string, SeenEvents>();

/** Whether an event can be told from another one at all: only where it says when the record was changed. */
export function canBeTold(record: IDataObject): boolean {
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
	if (!canBeTold(identity.record)) return false;
	const key = keyOf(identity);
	const events = (address !== undefined && seenHere.get(address)) || newEvents();
	const stored = Array.isArray(staticData[KEY]) ? staticData[KEY].map(String) : [];
	const all = new Set([...stored, ...events.seen]);
	if (all.has(key) && !events.notStored.delete(key)) return true;

	all.delete(key);
	events.seen.splice(0, Infinity, ...[...all, key].slice(-MOST_REMEMBERED));
	if (address !== undefined) seenHere.set(address, events);
	staticData[KEY] = events.seen;
	return false;
}

/** Notes that n8n is storing an event, and takes it for new when it comes again after that has failed. */
export function noteStoring(
	address: string | undefined,
	identity: EventIdentity,
	storing: Promise<boolean>,
): void {
	const events = address === undefined ? undefined : seenHere.get(address);
	if (events === undefined) return;
	const key = keyOf(identity);
	const ended = storing.then((isStored) => {
		events.storing.delete(key);
		if (!isStored) remember(events.notStored, key);
		return isStored;
	});
	events.storing.set(key, ended);
}

/** Resolves when n8n has stored an event that came before, or at once, with whether it is stored. */
export async function isStored(
	address: string | undefined,
	identity: EventIdentity,
): Promise<boolean> {
	const events = address === undefined ? undefined : seenHere.get(address);
	return (await events?.storing.get(keyOf(identity))) ?? true;
}

function newEvents(): SeenEvents {
	return { seen: [], storing: new Map(), notStored: new Set() };
}

function remember(keys: Set<string>, key: string): void {
	keys.add(key);
	const [oldest] = keys;
	if (keys.size > MOST_REMEMBERED) keys.delete(oldest);
}

function keyOf({ module, recordId, event, record }: EventIdentity): string {
	const fields = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
	return digest(JSON.stringify([module, recordId, event, fields])).slice(0, DIGEST_LENGTH);
}
