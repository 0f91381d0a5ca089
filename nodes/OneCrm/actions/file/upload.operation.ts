import type { IExecuteFunctions } from 'n8n-workflow';

import type { UploadFile } from '../../file/source';
import { binaryFile, textFile } from '../../file/source';
import { uploadFile } from '../../file/upload';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readTimeout } from '../options';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const file = await readFile(context, itemIndex);
	const id = await uploadFile(context, file, readTimeout(context, itemIndex));
	return jsonItems([{ id, fileName: file.name, mimeType: file.mimeType, fileSize: file.size }]);
}

async function readFile(context: IExecuteFunctions, itemIndex: number): Promise<UploadFile> {
	const name = String(context.getNodeParameter('fileName', itemIndex, ''));
	if (context.getNodeParameter('inputMode', itemIndex, 'binary') === 'manual') {
		return textFile(name, String(context.getNodeParameter('fileContent', itemIndex, '')));
	}
	const field = String(context.getNodeParameter('inputBinaryField', itemIndex, 'data'));
	return await binaryFile(context, itemIndex, field, name);
}

export const upload: Operation = {
	option: {
		name: 'Upload',
		action: 'Upload a file',
		description:
			'Upload a file and get its ID for a field of files or images, e.g. the file of a Note',
	},
	properties: [
		{
			displayName: 'File From',
			name: 'inputMode',
			type: 'options',
			default: 'binary',
			options: [
				{
					name: 'Previous Node',
					value: 'binary',
					description: 'A file that an earlier node put out',
				},
				{ name: 'Typed Text', value: 'manual', description: 'A text file with the content below' },
			],
		},
		{
			displayName: 'Input Data Field Name',
			name: 'inputBinaryField',
			type: 'string',
			default: 'data',
			required: true,
			displayOptions: { show: { inputMode: ['binary'] } },
			hint: 'The name of the input field that holds the file',
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. offer.txt',
			description:
				'The name in 1CRM. A file of a previous node keeps its own name if this is empty.',
		},
		{
			displayName: 'File Content',
			name: 'fileContent',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			displayOptions: { show: { inputMode: ['manual'] } },
		},
		optionsCollection(),
	],
	execute,
};
