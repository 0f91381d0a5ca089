import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_TIMEOUT_SECONDS } from '../http/limits';
import { DEFAULT_PARALLEL_REQUESTS } from '../http/slots';

export const MOST_PARALLEL_REQUESTS = 50;

export const parallelRequests: INodeProperties = {
	displayName: 'Parallel Requests',
	name: 'parallelRequests',
	type: 'number',
	default: DEFAULT_PARALLEL_REQUESTS,
	typeOptions: { minValue: 1, maxValue: MOST_PARALLEL_REQUESTS },
	description: 'How many requests to send at the same time. Items always keep their order.',
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

/** The 'Options' of an operation: its own, and those that every operation has. */
export function optionsCollection(...own: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...own, parallelRequests, timeout].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	};
}
