import type { IBinaryData, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { doubtOf, errorOfItem } from '../http/errors';
import { sentences } from '../http/failure';

/** An output item before the node pairs it with its input item. */
export type OutputItem = Pick<INodeExecutionData, 'binary' | 'json'>;

/** Output items without files. */
export function jsonItems(records: IDataObject[]): OutputItem[] {
	return records.map((json) => ({ json }));
}

/** An output item with a file in it. */
export function fileItem(json: IDataObject, field: string, file: IBinaryData): OutputItem {
	return { json, binary: { [field]: file } };
}

/**
 * The item that stands for a failed one when the node is set to continue. n8n keeps only its message, so the message
 * includes the warning about a change that may have been made.
 */
export function failedItem(node: INode, error: unknown, itemIndex: number): INodeExecutionData {
	const failure = errorOfItem(node, error, itemIndex);
	failure.message = sentences(failure.message, doubtOf(failure)) ?? failure.message;
	return {
		json: { error: failure.message },
		error: failure,
		pairedItem: { item: itemIndex },
	};
}
