import type { IDataObject } from 'n8n-workflow';

import { isJsonObject, parseJson } from '../OneCrm/http/json';

/** Names under which a delivery may contain its record, beside the name of the module. */
const WRAPPERS = [
	...['record', 'data', 'fields', 'object', 'records', 'payload', 'body', 'bean'],
	...['entity', 'item', 'model', 'row', 'result', 'entry', 'values', 'attributes'],
];
const ID_KEYS = ['id', 'ID', 'Id'];
const RECORD_ID_KEYS = ['record_id', 'recordId', 'bean_id'];

/** Every record has them; beside an id, they show that it is the record's. */
const TIMES = ['date_modified', 'date_entered'];

/** Names that mean something to JavaScript; a careless copy of a record would set them. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** A record as a webhook brought it: maybe all of it, maybe only its id. */
export interface DeliveredRecord {
	id: string;
	fields: IDataObject;
}

/**
 * Finds the records in the body of a delivery, as n8n has parsed it.
 *
 * What 1CRM sends is not documented: flat JSON by all accounts, but records wrapped in `record`, `data` or the module's
 * name, several in a list or a map by their ids, form fields (also `record[id]`), a form field that contains JSON, and
 * a bare id are taken too. A record inside a wrapper counts before an id beside it, which is that of the delivery.
 * Returns an empty list for a body without an id, and for fields that nest deeper than those of any record.
 */
export function readDelivery(body: unknown, module?: string): DeliveredRecord[] {
	const found = findRecords(body, module, 0);
	if (found.some((record) => isDeeper(record, DEEPEST_FIELD))) return [];
	return found.map((record) => {
		const fields = plainCopy(record) as IDataObject;
		return { id: plainId(fields[idKeyOf(fields) ?? '']), fields };
	});
}

/** The name of the record's id. Without `TIMES`, a mere `id` counts last: it may be that of the delivery. */
function idKeyOf(fields: IDataObject): string | undefined {
	const isRecord = TIMES.some((name) => Object.hasOwn(fields, name));
	const keys = isRecord ? [...ID_KEYS, ...RECORD_ID_KEYS] : [...RECORD_ID_KEYS, ...ID_KEYS];
	return keys.find((name) => Object.hasOwn(fields, name) && isId(fields[name]));
}

/** A wrapper in a wrapper in a text is as deep as it gets. */
const DEEPEST_WRAPPER = 3;

/** A value that nests without end would exhaust n8n's stack. */
const DEEPEST_FIELD = 10;

function findRecords(body: unknown, module: string | undefined, depth: number): IDataObject[] {
	if (depth > DEEPEST_WRAPPER) return [];
	if (typeof body === 'string') {
		const parsed = parseJson(body);
		if (parsed !== undefined) return findRecords(parsed, module, depth + 1);
		return isBareId(body) ? [{ id: plainId(body) }] : [];
	}
	if (Array.isArray(body)) return body.flatMap((entry) => findRecords(entry, module, depth + 1));
	if (!isJsonObject(body)) return [];
	for (const name of wrappersIn(body, module)) {
		const inner = Object.hasOwn(body, name) ? body[name] : formFields(body, name);
		const found = findRecords(inner, module, depth + 1);
		if (found.length > 0) return found;
	}
	if (idKeyOf(body) !== undefined) return [body];
	return findInMap(body, module, depth);
}

/** The known wrappers, and the module's name in any form that this body has. */
function wrappersIn(body: IDataObject, module: string | undefined): string[] {
	const names = new Set([module, `${module}s`].map((name) => name?.toLowerCase()));
	const named = Object.keys(body).filter((key) => names.has(key.toLowerCase()));
	return [...WRAPPERS, ...named];
}

/** The records of a map by their ids, or what is under the only name of a body. */
function findInMap(body: IDataObject, module: string | undefined, depth: number): IDataObject[] {
	const entries = Object.entries(body);
	if (entries.length > 0 && entries.every(([key]) => isBareId(key))) {
		return entries.map(([key, value]) => ({
			id: plainId(key),
			...(isJsonObject(value) ? value : {}),
		}));
	}
	if (entries.length !== 1 || FORBIDDEN_KEYS.has(entries[0][0])) return [];
	const isIdKey = [...ID_KEYS, ...RECORD_ID_KEYS].includes(entries[0][0]);
	return isIdKey ? [] : findRecords(entries[0][1], module, depth + 1);
}

/** The fields `name[…]` of a form in PHP's style, whose names n8n leaves as they are. */
function formFields(body: IDataObject, name: string): IDataObject | undefined {
	const fields = Object.entries(body).flatMap(([key, value]) =>
		key.startsWith(`${name}[`) && key.endsWith(']')
			? [[key.slice(name.length + 1, -1), value] as const]
			: [],
	);
	return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** `/me` is known to write an id with its module in front (`Users:1`), so a delivery may, too. */
const MODULE_PREFIX = /^[A-Za-z]\w*:/;

function plainId(value: unknown): string {
	return String(value).trim().replace(MODULE_PREFIX, '');
}

function isId(value: unknown): boolean {
	const text = typeof value === 'string' || typeof value === 'number' ? plainId(value) : '';
	return /^[\w.~-]{1,100}$/.test(text) && text !== '.' && text !== '..';
}

/** The id in a delivered value, or an empty text if there is none. */
export function idIn(value: unknown): string {
	return isId(value) ? plainId(value) : '';
}

/** An id of the form that 1CRM gives to its records. Any other text without a name may mean anything. */
function isBareId(text: string): boolean {
	return /^[\da-z]{8}(-[\da-z_]{4}){3}-[\da-z]{12}$/i.test(plainId(text));
}

function isDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** A copy in plain objects: those of a form have no prototype, and later nodes may not be ready for that. */
function plainCopy(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plainCopy);
	if (!isJsonObject(value)) return value;
	const entries = Object.entries(value).filter(([name]) => !FORBIDDEN_KEYS.has(name));
	return Object.fromEntries(entries.map(([name, inner]) => [name, plainCopy(inner)]));
}
