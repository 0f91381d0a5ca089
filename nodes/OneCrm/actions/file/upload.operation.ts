import type { INodeProperties } from 'n8n-workflow';

import { attachUpload } from '../../crm/attachment';
import type { UploadFile } from '../../crm/file/upload';
import { uploadFile } from '../../crm/file/upload';
import { inputBinaryField, readInputFile, textFile } from '../../item/files';
import type { Item } from '../../item/item';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import { asText } from '../../item/values';
import type { Operation } from '../operation';
import { attachmentTargets, readAttachment } from './attachment';
import { attachmentProperties } from './attachment.properties';

const inputMode: INodeProperties = {
	displayName: 'File From',
	name: 'inputMode',
	type: 'options',
	default: 'binary',
	description: 'Where the file comes from',
	options: [
		{ name: 'Previous Node', value: 'binary', description: 'A file from an earlier node' },
		{ name: 'Typed Text', value: 'manual', description: 'A text file with the content below' },
	],
};

const fileContent: INodeProperties = {
	displayName: 'File Content',
	name: 'fileContent',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	description: 'The text of the file',
	displayOptions: { show: { inputMode: ['manual'] } },
};

function readText(item: Item): string {
	const text = asText(item.value(fileContent.name));
	if (text === '') item.refuseEmptyExpression(fileContent, 'upload an empty file');
	return text;
}

async function readFile(item: Item): Promise<UploadFile> {
	const name = asText(item.value('fileName'));
	return item.oneOf(inputMode, ['binary', 'manual'], 'binary') === 'manual'
		? textFile(name, readText(item))
		: await readInputFile(item, name);
}

export const upload: Operation = {
	option: {
		name: 'Upload',
		action: 'Upload a file',
		description:
			'Upload a file and attach it, or get its ID for a field of files or images. Large files are streamed.',
	},
	properties: [
		inputMode,
		{ ...inputBinaryField, displayOptions: { show: { inputMode: ['binary'] } } },
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. offer.txt',
			description: 'The name in 1CRM. If empty, a file of a previous node keeps its own name.',
		},
		fileContent,
		...attachmentProperties,
		optionsCollection(),
	],
	targets: attachmentTargets,
	async execute(item) {
		const file = await readFile(item);
		const owner = await readAttachment(item, file.name);
		const id = await uploadFile(item.crm, file);
		const output = { id, fileName: file.name, mimeType: file.mimeType, fileSize: file.size };
		const attached = owner && (await attachUpload(item.crm, id, owner));
		return jsonItems([{ ...output, ...attached }]);
	},
};
