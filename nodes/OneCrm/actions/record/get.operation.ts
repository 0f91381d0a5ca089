import type { IExecuteFunctions } from 'n8n-workflow';

import { readReturnFields, returnFields } from '../../field/selection';
import { moduleLocator, readModuleName } from '../../module/locator';
import { readRecordId, recordLocator } from '../../record/locator';
import { convertRecords, fetchRecord } from '../../record/read';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { convertValues, isSwitchedOn, optionsCollection, readTimeout } from '../options';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const module = readModuleName(context, itemIndex);
	const id = readRecordId(context, itemIndex);
	const fields = await readReturnFields(context, itemIndex, module);
	const timeoutSeconds = readTimeout(context, itemIndex);
	const record = await fetchRecord(context, { module, id, fields, timeoutSeconds });
	if (!isSwitchedOn(context, itemIndex, convertValues)) return jsonItems([record]);
	return jsonItems(await convertRecords(context, module, [record]));
}

export const get: Operation = {
	option: { name: 'Get', action: 'Get a record', description: 'Get one record by its ID' },
	properties: [moduleLocator, recordLocator, returnFields, optionsCollection(convertValues)],
	execute,
};
