import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isJsonObject } from '../http/json';
import { DEFAULT_TIMEOUT_SECONDS } from '../http/limits';
import { fromJsonText, shown } from './values';

/** The name of the collection. */
export const OPTIONS = 'options';

/** Of 'Parallel Requests': the run finds out how many the server answers well. */
export const AUTOMATIC = 0;

export const MOST_PARALLEL_REQUESTS = 50;

export const parallelRequests: INodeProperties = {
	displayName: 'Parallel Requests',
	name: 'parallelRequests',
	type: 'number',
	default: AUTOMATIC,
	typeOptions: { minValue: AUTOMATIC, maxValue: MOST_PARALLEL_REQUESTS },
	description:
		'How many requests to send at the same time. With 0, as many as 1CRM answers well, from 8 up to 32. Items always keep their order.',
};

export const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	default: DEFAULT_TIMEOUT_SECONDS,
	typeOptions: { minValue: 1 },
	description: 'How many seconds to wait for the server to answer',
};

export const convertValues: INodeProperties = {
	displayName: 'Convert Values',
	name: 'convertValues',
	type: 'boolean',
	default: false,
	description:
		'Whether to return booleans, numbers, lists and ISO date-times instead of the text that 1CRM stores, e.g. true instead of "1"',
};

export const checkDuplicates: INodeProperties = {
	displayName: 'Check Duplicates',
	name: 'checkDuplicates',
	type: 'boolean',
	default: false,
	description: 'Whether 1CRM checks for a similar record first, and refuses to create a duplicate',
};

export const includeClosed: INodeProperties = {
	displayName: 'Include Closed',
	name: 'includeClosed',
	type: 'boolean',
	default: false,
	description:
		'Whether to also return closed records. Modules such as Quote, Invoice, Lead and Opportunity leave them out of lists.',
};

/** The 'Options' of an operation: its own, and those that every operation has. */
export function optionsCollection(...own: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: OPTIONS,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...own, parallelRequests, timeout].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	};
}

/**
 * The options in a value that was given for all of them, as an object or as JSON text of one. `property` is their
 * collection. Throws a `UserError` for anything else, and for a name that the collection doesn't have: it would be
 * passed over.
 */
export function optionsIn(value: unknown, property: INodeProperties): IDataObject {
	const options = fromJsonText(value);
	if (!isJsonObject(options)) {
		throw new UserError(`'Options' must be an object, not "${shown(options)}"`);
	}
	const known = (property.options ?? []).map(({ name }) => name);
	const unknown = Object.keys(options).find((name) => !known.includes(name));
	if (unknown !== undefined) {
		throw new UserError(`'Options' has no "${unknown}". It has: ${known.join(', ')}`);
	}
	return options;
}
