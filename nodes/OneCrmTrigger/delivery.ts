import type { IDataObject } from 'n8n-workflow';

import { isJsonObject, parseJson } from '../OneCrm/transport/answer';

/** Where versions of 1CRM may put the record inside the body. */
const WRAPPERS = ['record', 'data', 'fields', 'object'];
const ID_KEYS = ['id', 'record_id'];

/** A record as a webhook brought it: maybe all of it, maybe only its id. */
export interface DeliveredRecord {
	id: string;
	fields: IDataObject;
}

/**
 * Finds the record in the body of a delivery, as n8n has parsed it.
 *
 * What 1CRM sends is not documented: flat JSON by all accounts, but a record wrapped in `record` or
 * `data`, a list of one, form fields and a form field that holds JSON are taken too. Returns `undefined`
 * where no id comes out of it.
 */
export function readDelivery(body: unknown): DeliveredRecord | undefined {
	const fields = findRecord(body, 0);
	if (fields === undefined) return undefined;
	const key = ID_KEYS.find((name) => isId(fields[name]));
	return key === undefined ? undefined : { id: String(fields[key]).trim(), fields };
}

/** Wrapped in wrapped in text is as deep as it gets. */
const DEEPEST = 3;

function findRecord(body: unknown, depth: number): IDataObject | undefined {
	if (depth > DEEPEST) return undefined;
	if (typeof body === 'string') return findRecord(parseJson(body), depth + 1);
	if (Array.isArray(body)) return body.length === 1 ? findRecord(body[0], depth + 1) : undefined;
	if (!isJsonObject(body)) return undefined;
	if (ID_KEYS.some((name) => isId(body[name]))) return body;
	for (const name of [...WRAPPERS, 'records']) {
		const found = Object.hasOwn(body, name) ? findRecord(body[name], depth + 1) : undefined;
		if (found !== undefined) return found;
	}
	return undefined;
}

function isId(value: unknown): boolean {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return /^[\w.~-]{1,100}$/.test(text) && text !== '.' && text !== '..';
}
