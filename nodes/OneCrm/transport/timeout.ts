import type { IExecuteFunctions } from 'n8n-workflow';

import { readOption } from '../option';
import type { RequestContext } from './request';

export const DEFAULT_TIMEOUT_SECONDS = 60;

/** Seconds to wait for an answer, from the options of an item. */
export function readTimeout(context: IExecuteFunctions, itemIndex: number): number {
	const value = readOption(context, itemIndex, 'timeout', DEFAULT_TIMEOUT_SECONDS);
	return Number(value) > 0 ? Number(value) : DEFAULT_TIMEOUT_SECONDS;
}

/** The same for what is read for all items together, such as metadata: the first of them tells. */
export function sharedTimeout(context: RequestContext): number {
	return 'getInputData' in context ? readTimeout(context, 0) : DEFAULT_TIMEOUT_SECONDS;
}
