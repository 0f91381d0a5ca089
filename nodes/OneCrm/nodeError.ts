import type { INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

/**
 * What went wrong, as n8n shows it: with the item's index where there is one, and 1CRM's answer where
 * there was one. Errors of a node are completed in place, because n8n builds no new one from them.
 */
export function nodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex = itemIndex;
		return error;
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

/** The item that stands for a failed one when the node is set to continue. n8n keeps its message alone. */
export function failedItem(node: INode, error: unknown, itemIndex: number): INodeExecutionData {
	const failure = nodeError(node, error, itemIndex);
	return {
		json: { error: failure.message },
		error: failure,
		pairedItem: { item: itemIndex },
	};
}
