import type { INodeProperties } from 'n8n-workflow';

import { safeFileName } from '../../crm/file/name';
import { printRecord } from '../../crm/pdf';
import { outputBinaryField, readOutputField, storeFile } from '../../item/files';
import type { Item } from '../../item/item';
import { moduleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import type { OutputItem } from '../../item/output';
import { fileItem } from '../../item/output';
import type { Operation } from '../operation';

const PDF_TYPE = 'application/pdf';

async function execute(item: Item): Promise<OutputItem[]> {
	const { module, id } = item.record();
	const field = readOutputField(item);
	const isPersonal = item.isOptionOn(personalData);
	const pdf = await printRecord(
		item.crm,
		{ module, id },
		{
			personalData: isPersonal,
			readStream: async (stream) => await item.helpers.binaryToBuffer(stream),
		},
	);
	const chosen = String(item.option(fileName.name) ?? '').trim();
	const name = chosen || pdf.fileName || `${module} ${id}${isPersonal ? ' personal data' : ''}`;
	const safeName = withEnding(safeFileName(name));
	const { file } = await storeFile(item, pdf.content, safeName, PDF_TYPE);
	const output = { module, recordId: id, fileName: safeName, mimeType: PDF_TYPE };
	return [fileItem({ ...output, fileSize: pdf.content.length }, field, file)];
}

function withEnding(name: string): string {
	return name.toLowerCase().endsWith('.pdf') ? name : `${name}.pdf`;
}

const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Invoice 2026-0042.pdf',
	description: 'The name of the PDF. If empty, the one that 1CRM gives it, or module and ID.',
};

const personalData: INodeProperties = {
	displayName: 'Personal Data',
	name: 'personalData',
	type: 'boolean',
	default: false,
	description:
		'Whether to get all that 1CRM keeps of a person (of a Contact) instead of the print-out',
};

export const getPdf: Operation = {
	option: {
		name: 'Get PDF',
		action: 'Get the PDF of a record',
		description: 'Get the print-out of a record, e.g. of a quote or an invoice',
	},
	properties: [
		moduleLocator,
		recordLocator,
		outputBinaryField,
		optionsCollection(fileName, personalData),
	],
	execute,
};
