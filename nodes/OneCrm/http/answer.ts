import type { IDataObject } from 'n8n-workflow';

import type { JsonValue } from './json';
import { isJsonObject } from './json';

/** More than a person reads. n8n stores the message of an error more than once. */
const LONGEST_MESSAGE = 4000;

/**
 * What 1CRM says in an error body, with its hint, or `undefined` if it says nothing.
 *
 * The shapes are those its own clients provide for: `{message, error, hint}`, `{error: {message}}`,
 * `{errors}` as text, list or map, `{error_description}`, and a bare JSON string.
 */
export function serverMessage(body: JsonValue | undefined): string | undefined {
	if (typeof body === 'string') return body.trim().slice(0, LONGEST_MESSAGE) || undefined;
	if (!isJsonObject(body)) return undefined;
	const nested = isJsonObject(body.error) ? body.error.message : undefined;
	const texts = [
		body.message,
		nested,
		body.error_description,
		flattenErrors(body.errors),
		flattenErrors(body.error),
	];
	const message = texts.find((text) => typeof text === 'string' && text.trim() !== '');
	if (typeof message !== 'string') return undefined;
	const hint = typeof body.hint === 'string' && body.hint !== '' ? ` (${body.hint})` : '';
	return `${message}${hint}`.slice(0, LONGEST_MESSAGE);
}

/** Whether 1CRM says that a record is missing. It names a module or a link that is missing, but not a record. */
export function isNamelessNotFound(message: string): boolean {
	return /^not found\.?$/i.test(message);
}

/** What an error body is made of. An answer with anything else in it has done something. */
const ERROR_KEYS = new Set([
	'code',
	'error',
	'error_description',
	'errors',
	'hint',
	'message',
	'result',
	'status',
	'success',
]);

/** The values of a `status` that isn't that of a record. */
const FAILED = new Set(['error', 'failed', 'failure']);

/**
 * What 1CRM says in an answer that refuses although its status says yes: one with `errors` or an `error`, with a
 * `result`, `success` or `status` that says no, or with nothing but an error's message. 1CRM's own clients take a
 * `message` for a failure in any answer. `undefined` for an answer that refuses nothing.
 */
export function refusalIn(body: IDataObject): string | undefined {
	const hasErrors = !isNothing(body.errors) || !isNothing(body.error);
	const hasFailed = typeof body.status === 'string' && FAILED.has(word(body.status));
	const isRefused = hasErrors || hasFailed || saysNo(body.result) || saysNo(body.success);
	const isDone = saysYes(body.result) || saysYes(body.success);
	const isError = !isDone && isEmptyButForErrors(body);
	if (!isRefused && !isError) return undefined;
	return (
		serverMessage(body) ??
		(isRefused ? '1CRM rejected the request without giving a reason' : undefined)
	);
}

/**
 * Whether an answer says that a change was made: by its `result`, in whatever way PHP writes yes, or by what it has
 * in place of one. An empty answer says nothing.
 */
export function confirms(body: IDataObject): boolean {
	return 'result' in body
		? saysYes(body.result)
		: saysYes(body.success) || !isEmptyButForErrors(body);
}

const YES = new Set(['1', 'true', 'yes', 'on', 'ok']);
const NO = new Set(['0', 'false', 'no', 'off']);

const word = (value: unknown): string => String(value).trim().toLowerCase();

function saysNo(value: unknown): boolean {
	return typeof value !== 'object' && NO.has(word(value));
}

/** A version may answer with what it changed in place of `true`. */
function saysYes(value: unknown): boolean {
	if (typeof value !== 'object') return YES.has(word(value));
	return !isNothing(value) && !Object.values(value as object).every(isNothing);
}

function isEmptyButForErrors(body: IDataObject): boolean {
	return Object.entries(body).every(([key, value]) => ERROR_KEYS.has(key) || isNothing(value));
}

/** PHP writes an empty map as an empty list. A total of 0 says no more than an empty list. */
function isNothing(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
	return !value || value === '0';
}

/**
 * One text from the `errors` of an answer: a text, a list of texts or objects, or a map of field name
 * to text or texts. Returns `undefined` when there is nothing in it.
 */
export function flattenErrors(errors: unknown): string | undefined {
	const texts = collectErrors(errors);
	return texts.length === 0 ? undefined : texts.join('; ');
}

/** Deeper than 1CRM nests them; an answer must not be able to exhaust the stack. */
const DEEPEST_ERRORS = 5;

function collectErrors(errors: unknown, depth = 0): string[] {
	if (depth > DEEPEST_ERRORS) return [];
	if (typeof errors === 'string') return errors === '' ? [] : [errors];
	if (typeof errors === 'number') return errors === 0 ? [] : [String(errors)];
	if (Array.isArray(errors)) return errors.flatMap((error) => collectErrors(error, depth + 1));
	if (!isJsonObject(errors)) return [];
	const own = errors.message ?? errors.name;
	if (typeof own === 'string') {
		return [typeof errors.id === 'string' ? `${own} (ID ${errors.id})` : own];
	}
	return Object.entries(errors).flatMap(([field, value]) =>
		collectErrors(value, depth + 1).map((text) =>
			field === 'id' ? `ID ${text}` : `${field}: ${text}`,
		),
	);
}
