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
	/** As 1CRM writes it; without it a second change cannot be told from a repeated delivery. */
	dateModified: unknown;
}

/**
 * Remembers an event in the node's static data and returns whether it had been there before. The oldest
 * are forgotten first. An event without the time of its change is always new.
 */
export function isRepeated(staticData: IDataObject, identity: EventIdentity): boolean {
	const { module, recordId, event, dateModified } = identity;
	if (typeof dateModified !== 'string' || dateModified === '') return false;
	const key = digest(JSON.stringify([module, recordId, event, dateModified])).slice(
		0,
		DIGEST_LENGTH,
	);
	const seen = Array.isArray(staticData[KEY]) ? staticData[KEY].map(String) : [];
	if (seen.includes(key)) return true;
	staticData[KEY] = [...seen, key].slice(-MOST_REMEMBERED);
	return false;
}
