import type { INodeProperties } from 'n8n-workflow';

import { safeFileName } from '../../crm/file/name';
import { printRecord } from '../../crm/pdf';
import { outputBinaryField, readOutputField, storeFile } from '../../item/files';
import { moduleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { fileItem } from '../../item/output';
import type { Operation } from '../operation';

const PDF_TYPE = 'application/pdf';

function withEnding(name: string): string {
	return name.toLowerCase().endsWith('.pdf') ? name : `${name}.pdf`;
}

const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Invoice 2026-0042.pdf',
	description: 'The name of the PDF. If empty, the name that 1CRM gave it, or module and ID.',
};

const personalData: INodeProperties = {
	displayName: 'Personal Data',
	name: 'personalData',
	type: 'boolean',
	default: false,
	description:
		'Whether to get all personal data that 1CRM has about a contact instead of the printed record',
};

export const getPdf: Operation = {
	option: {
		name: 'Get PDF',
		action: 'Get the PDF of a record',
		description: 'Get a record printed as a PDF, e.g. a quote or an invoice',
	},
	properties: [
		moduleLocator,
		recordLocator,
		outputBinaryField,
		optionsCollection(fileName, personalData),
	],
	async execute(item) {
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
	},
};
