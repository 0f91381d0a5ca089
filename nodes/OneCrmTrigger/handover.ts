import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { isJsonObject } from '../OneCrm/http/json';
import type { OtherStates } from './ownEntries';

/** What an undecided event carries into its execution, which may run in another process. */
export interface Handover {
	/** Names the event that an entry of the audit log was given to. */
	delivery: string;
	others: OtherStates;
	/** The ids of entries that were given to other events. */
	given: string[];
	/** When the event arrived, in milliseconds since 1970. */
	arrivedAt: number;
}

/** The handover of an event that has just arrived. */
export function newHandover(): Handover {
	const others = { before: [], after: [] };
	return { delivery: randomUUID(), others, given: [], arrivedAt: Date.now() };
}

/** Under this name in the item. */
const HANDOVER = 'handover';

/**
 * The part of an item that carries the handover; of the other states, only what differs from `fields`, the event's own.
 */
export function handOver({ others, ...rest }: Handover, fields: IDataObject): IDataObject {
	const isDifferent = ([name, value]: [string, unknown]) =>
		JSON.stringify(value) !== JSON.stringify(fields[name]);
	const differences = (states: IDataObject[]) =>
		states.map((state) => Object.fromEntries(Object.entries(state).filter(isDifferent)));
	const [before, after] = [others.before, others.after].map(differences);
	return { [HANDOVER]: { ...rest, before, after } };
}

/** The handover that an item carries, or that of an event without others if it carries none. */
export function readHandover(json: IDataObject, fields: IDataObject): Handover {
	const fresh = newHandover();
	const handover = json[HANDOVER];
	const carried: IDataObject = isJsonObject(handover) ? handover : {};
	const [before, after] = [carried.before, carried.after].map((differences) =>
		(Array.isArray(differences) ? differences : [])
			.filter(isJsonObject)
			.map((difference) => ({ ...fields, ...difference })),
	);
	const { delivery, given, arrivedAt } = carried;
	return {
		delivery: typeof delivery === 'string' ? delivery : fresh.delivery,
		others: { before, after },
		given: Array.isArray(given) ? given.map(String) : fresh.given,
		arrivedAt: typeof arrivedAt === 'number' ? arrivedAt : fresh.arrivedAt,
	};
}

export function withoutHandover(json: IDataObject): IDataObject {
	const rest = { ...json };
	delete rest[HANDOVER];
	return rest;
}
