import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { asBoolean } from './boolean';

/**
 * Whether a parameter that is on or off is on, by the value that it has: an expression may give any. Nothing
 * is what the parameter is by default. Throws a `UserError` for what is neither: taken for off, it would be
 * passed over without a word.
 */
export function isOn(
	value: unknown,
	property: Pick<INodeProperties, 'displayName' | 'default'>,
): boolean {
	const isNothing = value === undefined || value === null || value === '';
	const on = asBoolean(isNothing ? property.default : value);
	if (on === undefined) {
		const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
		throw new UserError(`'${property.displayName}' takes true or false, not "${shown}"`);
	}
	return on;
}
