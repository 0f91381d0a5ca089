import type { IExecuteFunctions } from 'n8n-workflow';

import { downloadFile } from '../../file/download';
import { fetchFileInfo } from '../../file/info';
import { fileModuleLocator, readFileModule } from '../../file/module';
import { readRecordId, recordLocator } from '../../record/locator';
import type { Operation, OutputItem } from '../operation';
import { optionsCollection, readTimeout } from '../options';
import { fileItem, outputBinaryField, readOutputField } from '../outputFile';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const owner = {
		module: readFileModule(context, itemIndex),
		id: readRecordId(context, itemIndex),
	};
	const field = readOutputField(context, itemIndex);
	const timeoutSeconds = readTimeout(context, itemIndex);
	const info = await fetchFileInfo(context, owner, timeoutSeconds);
	return [fileItem(info, field, await downloadFile(context, owner, info, timeoutSeconds))];
}

export const download: Operation = {
	option: {
		name: 'Download',
		action: 'Download a file',
		description: 'Download the file of a note or document. Large files are streamed.',
	},
	properties: [fileModuleLocator, recordLocator, outputBinaryField, optionsCollection()],
	execute,
};
