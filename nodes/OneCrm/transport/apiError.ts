import { NodeApiError } from 'n8n-workflow';

import type { JsonValue } from './answer';
import { isJsonObject } from './answer';
import type { Failure } from './failure';
import { sentences } from './failure';
import type { RequestContext } from './request';
import type { Method } from './retry';

/**
 * The error of a request, in the words of `failure`, with the status and the body of the answer where there
 * was one. A new error, never the one that was caught: that one holds the request with its password.
 */
export function apiError(
	context: RequestContext,
	failure: Failure,
	status?: number,
	body?: JsonValue,
): NodeApiError {
	const error = new NodeApiError(
		context.getNode(),
		{ message: failure.message },
		{
			message: failure.message,
			description: sentences(adviceFor(context, failure), failure.quotation),
			httpCode: status === undefined ? undefined : String(status),
		},
	);
	// Its constructor takes a word such as "preexisting" for an error code and puts its own text there.
	error.message = failure.message;
	if (isJsonObject(body)) error.context.data = body;
	return error;
}

/** A trigger has no options for its requests, nor has a list in the editor. */
function adviceFor(context: RequestContext, { description, option }: Failure): string | undefined {
	const hasOptions = 'getInputData' in context && !context.getNode().type.endsWith('Trigger');
	return option !== undefined && hasOptions ? `${description}, or ${option}` : description;
}

/**
 * The same error, marked as one after which 1CRM may have done what was asked (`mayBeDone` in `status.ts`).
 * Reading leaves nothing behind.
 */
export function doubtful(method: Method, error: NodeApiError): NodeApiError {
	if (method !== 'GET') error.context.mayBeDone = true;
	return error;
}
