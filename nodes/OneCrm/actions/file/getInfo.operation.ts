import type { IExecuteFunctions } from 'n8n-workflow';

import { fetchFileInfo } from '../../file/info';
import { fileModuleLocator, readFileModule } from '../../file/module';
import { readRecordId, recordLocator } from '../../record/locator';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readTimeout } from '../options';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const owner = {
		module: readFileModule(context, itemIndex),
		id: readRecordId(context, itemIndex),
	};
	return jsonItems([await fetchFileInfo(context, owner, readTimeout(context, itemIndex))]);
}

export const getInfo: Operation = {
	option: {
		name: 'Get Info',
		action: 'Get information on a file',
		description: 'Get name, type and size of the file of a note or document',
	},
	properties: [fileModuleLocator, recordLocator, optionsCollection()],
	execute,
};
