import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { readBoolean } from '../crm/boolean';
import { parseJson } from '../http/json';

/**
 * The text of a parameter. An expression may give an object: a date becomes ISO 8601, anything else JSON.
 */
export function asText(value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value !== 'object') return String(value);
	const json = JSON.stringify(value);
	const plain: unknown = JSON.parse(json);
	return typeof plain === 'string' ? plain : json;
}

/** Names given as an array, as the text of one (as an AI agent may write it), or with commas between them. */
export function readNames(value: unknown): string[] {
	const written = typeof value === 'string' ? parseJson(value) : value;
	const names = Array.isArray(written) ? written : String(value ?? '').split(',');
	return names.map((name) => String(name).trim()).filter((name) => name !== '');
}

/**
 * Whether a parameter that is on or off is on, by the value that it has: an expression may give any. Nothing
 * is what the parameter is by default. Throws a `UserError` for what is neither: taken for off, it would be
 * passed over without a word.
 */
export function readSwitch(
	value: unknown,
	property: Pick<INodeProperties, 'displayName' | 'default'>,
): boolean {
	const isNothing = value === undefined || value === null || value === '';
	const on = readBoolean(isNothing ? property.default : value);
	if (on === undefined) {
		const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
		throw new UserError(`'${property.displayName}' must be true or false, not "${shown}"`);
	}
	return on;
}
