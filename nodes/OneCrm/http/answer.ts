import type { IDataObject } from 'n8n-workflow';

import type { JsonValue } from './json';
import { isJsonObject } from './json';

/**
 * What 1CRM says in an error body, with its hint, or `undefined` where it says nothing.
 *
 * The shapes are those its own clients provide for: `{message, error, hint}`, `{error: {message}}`,
 * `{errors}` as text, list or map, `{error_description}`, and a bare JSON string.
 */
export function serverMessage(body: JsonValue | undefined): string | undefined {
	if (typeof body === 'string') return body.trim() || undefined;
	if (!isJsonObject(body)) return undefined;
	const nested = isJsonObject(body.error) ? body.error.message : undefined;
	const texts = [
		body.message,
		nested,
		body.error_description,
		flattenErrors(body.errors),
		body.error,
	];
	const message = texts.find((text) => typeof text === 'string' && text.trim() !== '');
	if (typeof message !== 'string') return undefined;
	const hint = typeof body.hint === 'string' && body.hint !== '' ? ` (${body.hint})` : '';
	return `${message}${hint}`;
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

/**
 * What 1CRM says in an answer that refuses although its status says yes: one with `errors`, with the `result`
 * false, or with nothing but an error's message. 1CRM's own clients take a `message` for a failure in any answer.
 * `undefined` for an answer that refuses nothing.
 */
export function refusalIn(body: IDataObject): string | undefined {
	const errors = flattenErrors(body.errors);
	if (errors !== undefined) return errors;
	const isRefused = body.result === false || body.success === false;
	const isDone = body.result === true || body.success === true;
	const isError = !isDone && Object.keys(body).every((key) => ERROR_KEYS.has(key));
	if (!isRefused && !isError) return undefined;
	return (
		serverMessage(body) ??
		(isRefused ? '1CRM rejected the request without giving a reason' : undefined)
	);
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
