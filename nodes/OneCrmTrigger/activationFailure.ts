import type { INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { nodeError } from '../OneCrm/nodeError';
import { sentences } from '../OneCrm/transport/failure';

/**
 * What went wrong while webhooks were registered or removed. Of a workflow that could not be activated n8n
 * shows the message alone, so what to do next stands in it.
 */
export function activationFailure(node: INode, error: unknown): NodeApiError | NodeOperationError {
	const failure = nodeError(node, error);
	failure.message = sentences(failure.message, failure.description ?? undefined) ?? failure.message;
	failure.description = undefined;
	return failure;
}
