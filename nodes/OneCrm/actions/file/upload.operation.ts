import type { IExecuteFunctions } from 'n8n-workflow';

import { giveFile } from '../../file/owner';
import type { UploadFile } from '../../file/source';
import { binaryFile, textFile } from '../../file/source';
import { uploadFile } from '../../file/upload';
import { asText } from '../../text';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readTimeout } from '../options';
import { inputBinaryField, readInputField } from '../inputFile';
import { readAttachment } from './attachment';
import { attachmentProperties } from './attachment.properties';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const file = await readFile(context, itemIndex);
	const owner = await readAttachment(context, itemIndex, file.name);
	const timeoutSeconds = readTimeout(context, itemIndex);
	const id = await uploadFile(context, file, timeoutSeconds);
	const output = { id, fileName: file.name, mimeType: file.mimeType, fileSize: file.size };
	const attached = owner && (await giveFile(context, id, owner, timeoutSeconds));
	return jsonItems([{ ...output, ...attached }]);
}

async function readFile(context: IExecuteFunctions, itemIndex: number): Promise<UploadFile> {
	const name = String(context.getNodeParameter('fileName', itemIndex, ''));
	if (context.getNodeParameter('inputMode', itemIndex, 'binary') === 'manual') {
		return textFile(name, asText(context.getNodeParameter('fileContent', itemIndex, '')));
	}
	return await binaryFile(context, itemIndex, readInputField(context, itemIndex), name);
}

export const upload: Operation = {
	option: {
		name: 'Upload',
		action: 'Upload a file',
		description:
			'Upload a file and attach it, or get its ID for a field of files or images. Large files are streamed.',
	},
	properties: [
		{
			displayName: 'File From',
			name: 'inputMode',
			type: 'options',
			default: 'binary',
			description: 'Where the file comes from',
			options: [
				{
					name: 'Previous Node',
					value: 'binary',
					description: 'A file that an earlier node put out',
				},
				{ name: 'Typed Text', value: 'manual', description: 'A text file with the content below' },
			],
		},
		{ ...inputBinaryField, displayOptions: { show: { inputMode: ['binary'] } } },
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
			description: 'The text of the file',
			displayOptions: { show: { inputMode: ['manual'] } },
		},
		...attachmentProperties,
		optionsCollection(),
	],
	execute,
};
