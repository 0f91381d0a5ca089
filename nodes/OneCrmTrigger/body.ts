import type { IDataObject } from 'n8n-workflow';

import { isJsonObject, parseJson } from '../OneCrm/http/json';

/** Where versions of 1CRM may put the record inside the body. */
const WRAPPERS = ['record', 'data', 'fields', 'object'];
const ID_KEYS = ['id', 'record_id'];

/** Names that mean something to JavaScript; whoever copies a record with care for nothing would set them. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** A record as a webhook brought it: maybe all of it, maybe only its id. */
export interface DeliveredRecord {
	id: string;
	fields: IDataObject;
}

/**
 * Finds the record in the body of a delivery, as n8n has parsed it.
 *
 * What 1CRM sends is not documented: flat JSON by all accounts, but a record wrapped in `record` or
 * `data`, a list of one, form fields (also `record[id]`) and a form field that holds JSON are taken too.
 * Returns `undefined` where no id comes out of it, and for fields that nest as no record does.
 */
export function readDelivery(body: unknown): DeliveredRecord | undefined {
	const found = findRecord(body, 0);
	if (found === undefined || isDeeper(found, DEEPEST_FIELD)) return undefined;
	const fields = plainCopy(found) as IDataObject;
	const key = ID_KEYS.find((name) => isId(fields[name]));
	return key === undefined ? undefined : { id: String(fields[key]).trim(), fields };
}

/** Wrapped in wrapped in text is as deep as it gets. */
const DEEPEST_WRAPPER = 3;

/** n8n would exhaust the stack with a value that nests without end. */
const DEEPEST_FIELD = 10;

function findRecord(body: unknown, depth: number): IDataObject | undefined {
	if (depth > DEEPEST_WRAPPER) return undefined;
	if (typeof body === 'string') return findRecord(parseJson(body), depth + 1);
	if (Array.isArray(body)) return body.length === 1 ? findRecord(body[0], depth + 1) : undefined;
	if (!isJsonObject(body)) return undefined;
	if (ID_KEYS.some((name) => Object.hasOwn(body, name) && isId(body[name]))) return body;
	for (const name of [...WRAPPERS, 'records']) {
		const inner = Object.hasOwn(body, name) ? body[name] : formFields(body, name);
		const found = findRecord(inner, depth + 1);
		if (found !== undefined) return found;
	}
	return undefined;
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

function isId(value: unknown): boolean {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return /^[\w.~-]{1,100}$/.test(text) && text !== '.' && text !== '..';
}

function isDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** Of plain objects: those of a form have no prototype, which the nodes behind may not be ready for. */
function plainCopy(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plainCopy);
	if (!isJsonObject(value)) return value;
	const entries = Object.entries(value).filter(([name]) => !FORBIDDEN_KEYS.has(name));
	return Object.fromEntries(entries.map(([name, inner]) => [name, plainCopy(inner)]));
}
