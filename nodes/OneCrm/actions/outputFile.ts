import type { IBinaryData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { OutputItem } from './operation';

/** Where an operation puts the file that it gives. */
export const outputBinaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'outputBinaryField',
	type: 'string',
	default: 'data',
	required: true,
	description: 'Where the file stands in the output',
	hint: 'The name of the output field to put the file in',
};

/** The field's name for an item. Throws a `UserError` for an empty one. */
export function readOutputField(context: IExecuteFunctions, itemIndex: number): string {
	const field = String(context.getNodeParameter('outputBinaryField', itemIndex, 'data')).trim();
	if (field === '') throw new UserError("'Put Output File in Field' is empty");
	return field;
}

/** An output item with a file in it. */
export function fileItem(json: IDataObject, field: string, file: IBinaryData): OutputItem {
	return { json, binary: { [field]: file } };
}
