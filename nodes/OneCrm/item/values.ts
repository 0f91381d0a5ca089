import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { readBoolean } from '../crm/boolean';
import { parseJson } from '../http/json';

/**
 * The text of a parameter. An expression may return an object: a date becomes ISO 8601, anything else JSON.
 */
export function asText(value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value !== 'object') return String(value);
	const json = JSON.stringify(value);
	const plain: unknown = JSON.parse(json);
	return typeof plain === 'string' ? plain : json;
}

const LONGEST_SHOWN = 200;

/** A value as a message quotes it. */
export function shown(value: unknown): string {
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return text.slice(0, LONGEST_SHOWN);
}

/** The error for an expression whose empty result would do something else, e.g. `match every record`. */
export function emptyResult(
	{ displayName }: Pick<INodeProperties, 'displayName'>,
	meaning: string,
): UserError {
	return new UserError(
		`The expression in '${displayName}' has an empty result, which would ${meaning}`,
	);
}

/** The list, object or null in a JSON text, as an AI agent may write one; anything else as it is. */
export function fromJsonText(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*([[{]|null\s*$)/.test(value)) return value;
	const read = parseJson(value);
	return read === undefined ? value : read;
}

/**
 * Names given as a list, as JSON text of one, or with commas between them. Throws a `UserError` for anything else,
 * and for a list with an entry that isn't a name: left out, it would mean less or more than was asked for.
 */
export function readNames(
	{ displayName }: Pick<INodeProperties, 'displayName'>,
	value: unknown,
): string[] {
	const given = fromJsonText(value);
	if (Array.isArray(given)) return given.map((name) => readName(displayName, name));
	if (given === undefined || given === null) return [];
	return readName(displayName, given, true)
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

function readName(displayName: string, value: unknown, mayBeEmpty = false): string {
	const isText = typeof value === 'string' || typeof value === 'number';
	const name = isText ? String(value).trim() : '';
	const isBroken = /^[[{]/.test(name);
	if (isText && !isBroken && (mayBeEmpty || name !== '')) return name;
	throw new UserError(
		`'${displayName}' takes names, as a list or with commas between them, not "${shown(value)}"`,
	);
}

/** One of a few values. Throws a `UserError` for any other. */
export function oneOf<Value extends string>(
	{ displayName }: Pick<INodeProperties, 'displayName'>,
	value: unknown,
	values: readonly Value[],
): Value {
	const text = asText(value).trim();
	const known = values.find((one) => one === text);
	if (known === undefined) throw new UserError(`'${displayName}' cannot be "${text}"`);
	return known;
}

/**
 * Whether a switch is on, by its value: an expression may return any. Without a value, the default of the parameter
 * counts. Throws a `UserError` for what is neither on nor off: taken for off, it would be passed over without a word.
 */
export function readSwitch(
	value: unknown,
	property: Pick<INodeProperties, 'displayName' | 'default'>,
): boolean {
	const isNothing = value === undefined || value === null || value === '';
	const on = readBoolean(isNothing ? property.default : value);
	if (on === undefined) {
		throw new UserError(`'${property.displayName}' must be true or false, not "${shown(value)}"`);
	}
	return on;
}

/** A number that a parameter was given, or `undefined` for nothing. Throws a `UserError` for anything else. */
export function readNumber(
	{ displayName }: Pick<INodeProperties, 'displayName'>,
	value: unknown,
): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const isWritten = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	const number = isWritten ? Number(value) : NaN;
	if (!Number.isNaN(number)) return number;
	throw new UserError(`'${displayName}' must be a number, not "${shown(value)}"`);
}
