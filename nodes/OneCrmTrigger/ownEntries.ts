import type { IDataObject } from 'n8n-workflow';

import { valuesOf } from '../OneCrm/crm/audit';

/** The entries of a field in one second, in the order in which it changed. */
type Chains = Map<string, IDataObject[]>;

/** How many entries of each field had been written when the record was in a state. */
type Place = Map<string, number>;

/**
 * The states of the record that other events of the same second came with, by whether they arrived before or after an
 * event.
 */
export interface OtherStates {
	before: IDataObject[];
	after: IDataObject[];
}

export interface OwnEntries {
	/** The oldest first. */
	own: IDataObject[];
	/** Whether the log has everything that the state of the event says. */
	isComplete: boolean;
}

/**
 * The entries of one event among `entries`: those of its second, as the log has them, the oldest first.
 *
 * `state` is the record as the event came with it. Entries after that state aren't its own, nor are those before the
 * state of an earlier event. Of two events with the same values of these fields, the first to arrive is the earlier
 * one: the other may have changed a field that the log doesn't have, or doesn't have yet. One event changes a field
 * once, and has one user.
 */
export function ownEntries(
	entries: IDataObject[],
	state: IDataObject,
	{ before, after }: OtherStates,
): OwnEntries {
	const chains = chainsOf(entries);
	const end = placeOf(chains, state);
	const earlier = [
		...placesOf(chains, before).filter((place) => !isLater(place, end)),
		...placesOf(chains, after).filter((place) => !isLater(place, end) && isLater(end, place)),
	];
	const left = new Map([...chains].map(([field, chain]) => [field, chain.length]));
	const own: IDataObject[] = [];
	for (const { field_name: name } of [...entries].reverse()) {
		const field = String(name);
		const chain = chains.get(field) ?? [];
		const at = (left.get(field) ?? 0) - 1;
		left.set(field, at);
		const isOfLater = at >= (end.get(field) ?? chain.length);
		const isOfEarlier = earlier.some((place) => at < (place.get(field) ?? 0));
		if (isOfLater || isOfEarlier) continue;
		const entry = chain[at];
		const isOfAnother = own.some(
			({ field_name: changed, created_by: actor }) =>
				changed === name || actor !== entry.created_by,
		);
		if (isOfAnother) break;
		own.unshift(entry);
	}
	const isComplete = [...chains.keys()].every(
		(field) => end.has(field) || !Object.hasOwn(state, field),
	);
	return { own, isComplete };
}

/** The entries, with those of each field in the order in which it changed. */
export function inOrder(entries: IDataObject[]): IDataObject[] {
	const chains = chainsOf(entries);
	return entries.flatMap(({ field_name: name }) => chains.get(String(name))?.splice(0, 1) ?? []);
}

function chainsOf(entries: IDataObject[]): Chains {
	const chains: Chains = new Map();
	for (const entry of entries) {
		const field = String(entry.field_name);
		chains.set(field, [...(chains.get(field) ?? []), entry]);
	}
	for (const [field, chain] of chains) chains.set(field, linked(chain));
	return chains;
}

/**
 * The entries of a field, each beginning with the value that the one before it ends with: 1CRM documents no order of
 * entries within a second. Left as they come if their values don't show their order.
 */
function linked(entries: IDataObject[]): IDataObject[] {
	const follows = (entry: IDataObject, other: IDataObject) =>
		entry !== other && isSame(valuesOf(entry).before, valuesOf(other).after);
	const rest = [...entries];
	const chain: IDataObject[] = [];
	let next = rest.find((entry) => !entries.some((other) => follows(entry, other)));
	while (next !== undefined) {
		const last = next;
		chain.push(last);
		rest.splice(rest.indexOf(last), 1);
		next = rest.find((entry) => follows(entry, last));
	}
	return rest.length === 0 ? chain : entries;
}

function placesOf(chains: Chains, states: IDataObject[]): Place[] {
	return states.map((state) => placeOf(chains, state));
}

/** Leaves out fields that the state doesn't have, or has with a value that the log doesn't have. */
function placeOf(chains: Chains, state: IDataObject): Place {
	const place: Place = new Map();
	for (const [field, chain] of chains) {
		if (!Object.hasOwn(state, field)) continue;
		const values = [valuesOf(chain[0]).before, ...chain.map((entry) => valuesOf(entry).after)];
		const at = values.map((value) => isSame(state[field], value)).lastIndexOf(true);
		if (at >= 0) place.set(field, at);
	}
	return place;
}

/** Whether a place is later than another one in some field. */
function isLater(place: Place, other: Place): boolean {
	return [...place].some(([field, at]) => at > (other.get(field) ?? at));
}

/** A delivery may write a value in JSON's own types, the log has texts. */
function isSame(value: unknown, logged: string | null): boolean {
	const [a, b] = [value, logged].map((side) =>
		side === true ? '1' : side === false ? '0' : String(side ?? '').trim(),
	);
	return a === b || (a !== '' && b !== '' && Number(a) === Number(b));
}
