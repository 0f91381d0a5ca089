import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { printRecord } from '../../document/pdf';
import { safeFileName } from '../../file/name';
import { moduleLocator, readModuleName } from '../../module/locator';
import { readRecordId, recordLocator } from '../../record/locator';
import type { Operation, OutputItem } from '../operation';
import { isSwitchedOn, optionsCollection, readTimeout } from '../options';
import { fileItem, outputBinaryField, readOutputField } from '../outputFile';

const PDF_TYPE = 'application/pdf';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const module = readModuleName(context, itemIndex);
	const id = readRecordId(context, itemIndex);
	const field = readOutputField(context, itemIndex);
	const isPersonal = isSwitchedOn(context, itemIndex, personalData);
	const timeoutSeconds = readTimeout(context, itemIndex);
	const pdf = await printRecord(context, { module, id, personalData: isPersonal, timeoutSeconds });

	const chosen = String(context.getNodeParameter('options.fileName', itemIndex, '') ?? '').trim();
	const name = chosen || pdf.fileName || `${module} ${id}${isPersonal ? ' personal data' : ''}`;
	const fileName = withEnding(safeFileName(name));
	const file = await context.helpers.prepareBinaryData(pdf.content, fileName, PDF_TYPE);
	const output = { module, recordId: id, fileName, mimeType: PDF_TYPE };
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
