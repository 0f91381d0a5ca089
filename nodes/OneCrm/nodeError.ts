import type { INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { sentences } from './transport/failure';
import { mayBeDone } from './transport/status';

const DOUBT = 'A change may have been made all the same';

/**
 * What went wrong, as n8n shows it: with the item's index where there is one, and 1CRM's answer where
 * there was one. Errors of a node are completed in place, because n8n builds no new one from them.
 *
 * That of an item, which somebody might run again unseen, also says when 1CRM may have done its work.
 */
export function nodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (itemIndex === undefined) return error;
		const own = error.context.itemIndex === undefined ? error : copyOf(node, error);
		own.context.itemIndex = itemIndex;
		own.description = sentences(own.description ?? undefined, doubtOf(own));
		return own;
	}
	const message = error instanceof Error ? error.message : String(error);
	return new NodeOperationError(node, message, { itemIndex });
}

/**
 * The same for what failed after something was done already: the message begins with that, so that nobody does
 * it again, e.g. `Contact "1" was created, but could not be read back: …`.
 */
export function errorAfter(
	node: INode,
	done: string,
	error: unknown,
): NodeApiError | NodeOperationError {
	const failure = nodeError(node, error);
	failure.message = `${done}: ${failure.message}`;
	return failure;
}

/** Items that waited for the same answer, such as that about the fields of a module, fail with the same error. */
function copyOf(
	node: INode,
	error: NodeApiError | NodeOperationError,
): NodeApiError | NodeOperationError {
	const { message, context } = error;
	const description = error.description ?? undefined;
	const copy =
		error instanceof NodeApiError
			? new NodeApiError(
					node,
					{ message },
					{ message, description, httpCode: error.httpCode ?? undefined },
				)
			: new NodeOperationError(node, message, { description });
	return Object.assign(copy, { message, context: { ...context } });
}

function doubtOf(error: unknown): string | undefined {
	return mayBeDone(error) ? DOUBT : undefined;
}

/**
 * The item that stands for a failed one when the node is set to continue. n8n keeps its message alone, so that
 * a change which may have been made stands in it.
 */
export function failedItem(node: INode, error: unknown, itemIndex: number): INodeExecutionData {
	const failure = nodeError(node, error, itemIndex);
	failure.message = sentences(failure.message, doubtOf(failure)) ?? failure.message;
	return {
		json: { error: failure.message },
		error: failure,
		pairedItem: { item: itemIndex },
	};
}
