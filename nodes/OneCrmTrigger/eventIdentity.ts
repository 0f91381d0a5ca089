import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { isJsonObject } from '../OneCrm/http/json';

/** What makes an event the same as another one. */
export interface EventIdentity {
	module: string;
	recordId: string;
	event: string;
	/** The record as it was delivered or, if that is an id alone, as it was read. */
	record: IDataObject;
}

const DIGEST_LENGTH = 32;

/**
 * Whether an event can be told from another one at all: only if it says when the record was changed. 1CRM
 * writes that time in seconds; two changes within one second are told apart by the fields of the record.
 */
export function isIdentifiable(record: IDataObject): boolean {
	return typeof record.date_modified === 'string' && record.date_modified !== '';
}

/**
 * Whether it says when the record was changed so that this can be compared with the audit log: in 1CRM's own form, and
 * in UTC.
 */
export function isTimed({ date_modified: time }: IDataObject): boolean {
	return (
		typeof time === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time) && !isLocal(time)
	);
}

/** Zones are a multiple of this away from UTC. In milliseconds. */
const ZONES_MS = 15 * 60_000;

const FARTHEST_ZONE_MS = 14 * 60 * 60_000;

/** How far the clocks of 1CRM and n8n may be apart, and how late 1CRM may deliver an event. */
const ABOUT_NOW_MS = 60_000;

/** Whether an event that comes now has a time of another zone. 1CRM doesn't say which it delivers. */
function isLocal(time: string): boolean {
	const away = Math.abs(Date.now() - Date.parse(`${time.replace(' ', 'T')}Z`)) + ABOUT_NOW_MS;
	const isZone = away % ZONES_MS <= 2 * ABOUT_NOW_MS;
	return isZone && away > ZONES_MS && away <= FARTHEST_ZONE_MS + 2 * ABOUT_NOW_MS;
}

/** A short text, the same for the same event. */
export function keyOf({ module, recordId, event, record }: EventIdentity): string {
	const isNew = isJustCreated(record);
	const text = JSON.stringify(sorted([module, recordId, isNew ? 'created' : event, record]));
	return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
}

/** Some servers may also call the webhook for changes if a record is new: that is the same event. */
export function isJustCreated({
	date_entered: entered,
	date_modified: modified,
}: IDataObject): boolean {
	return typeof entered === 'string' && entered !== '' && entered === modified;
}

/** The same value, with the names in each object in alphabetical order. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (!isJsonObject(value)) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return entries.map(([name, inner]) => [name, sorted(inner)]);
}
