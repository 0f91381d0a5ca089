import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** Where an operation takes a file of an earlier node from. */
export const inputBinaryField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'inputBinaryField',
	type: 'string',
	default: 'data',
	required: true,
	description: 'Which file of the item to take',
	hint: 'The name of the input field that holds the file',
};

/** The field's name for an item. */
export function readInputField(context: IExecuteFunctions, itemIndex: number): string {
	return String(context.getNodeParameter('inputBinaryField', itemIndex, 'data'));
}
