import type { IExecuteFunctions } from 'n8n-workflow';

import { moduleLocator, readModuleName } from '../../module/locator';
import { readRecordId, recordLocator } from '../../record/locator';
import { recordTarget } from '../../record/path';
import { requestJson } from '../../transport/request';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readTimeout } from '../options';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const id = readRecordId(context, itemIndex);
	await requestJson(context, {
		method: 'DELETE',
		...recordTarget(readModuleName(context, itemIndex), id),
		timeoutSeconds: readTimeout(context, itemIndex),
	});
	return jsonItems([{ id, deleted: true }]);
}

export const deleteRecord: Operation = {
	option: { name: 'Delete', action: 'Delete a record', description: 'Delete one record by its ID' },
	properties: [moduleLocator, recordLocator, optionsCollection()],
	execute,
};
