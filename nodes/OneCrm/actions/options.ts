import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readOption } from '../option';
import { isOn } from '../switch';
import { DEFAULT_TIMEOUT_SECONDS } from '../transport/timeout';

export { readTimeout } from '../transport/timeout';

const DEFAULT_PARALLEL_REQUESTS = 8;
const MOST_PARALLEL_REQUESTS = 50;

const parallelRequests: INodeProperties = {
	displayName: 'Parallel Requests',
	name: 'parallelRequests',
	type: 'number',
	default: DEFAULT_PARALLEL_REQUESTS,
	typeOptions: { minValue: 1, maxValue: MOST_PARALLEL_REQUESTS },
	description:
		'How many requests may be under way at the same time. Items keep their order in any case.',
};

const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	default: DEFAULT_TIMEOUT_SECONDS,
	typeOptions: { minValue: 1 },
	description: 'How many seconds to wait for an answer of the server',
};

export const convertValues: INodeProperties = {
	displayName: 'Convert Values',
	name: 'convertValues',
	type: 'boolean',
	default: false,
	description:
		'Whether to return booleans, numbers, lists and ISO date-times instead of the text that 1CRM stores, e.g. true instead of "1"',
};

/** The 'Options' of an operation: its own beside those that every operation has. */
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

/** How many requests an operation may have under way, 1 to 50 whatever an expression gives. */
export function readParallelRequests(context: IExecuteFunctions, itemIndex: number): number {
	const value = readOption(context, itemIndex, 'parallelRequests', DEFAULT_PARALLEL_REQUESTS);
	const wanted = Math.floor(Number(value)) || DEFAULT_PARALLEL_REQUESTS;
	return Math.min(Math.max(1, wanted), MOST_PARALLEL_REQUESTS);
}

/**
 * How many pages of its list an item may have under way: items run side by side, and all of their
 * requests together keep to the limit.
 */
export function readParallelPages(context: IExecuteFunctions): number {
	const limit = readParallelRequests(context, 0);
	return Math.floor(limit / Math.min(limit, context.getInputData().length));
}

/** Whether an option that is on or off is on. Throws a `UserError` for what is neither. */
export function isSwitchedOn(
	context: IExecuteFunctions,
	itemIndex: number,
	option: INodeProperties,
): boolean {
	return isOn(readOption(context, itemIndex, option.name, false), option);
}
