import type { IExecuteFunctions } from 'n8n-workflow';

import { readMappedFields } from '../../field/mappedFields';
import { fieldsMapper } from '../../field/mapper';
import { attachFiles } from '../../file/attach';
import { moduleLocator, readModuleName } from '../../module/locator';
import { checkRequiredFields, createRecord } from '../../record/write';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { convertValues, isSwitchedOn, optionsCollection, readTimeout } from '../options';
import { checkDuplicates } from './duplicates';
import { returnRecord, returnWrittenRecord } from './written';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const module = readModuleName(context, itemIndex);
	const fields = await readMappedFields(context, itemIndex, module);
	await checkRequiredFields(context, module, fields);
	const timeoutSeconds = readTimeout(context, itemIndex);
	const data = await attachFiles(context, itemIndex, module, fields, timeoutSeconds);
	const id = await createRecord(context, {
		module,
		data,
		checkDuplicates: isSwitchedOn(context, itemIndex, checkDuplicates),
		timeoutSeconds,
	});
	return jsonItems([
		await returnWrittenRecord(context, itemIndex, { module, id, data, verb: 'created' }),
	]);
}

export const create: Operation = {
	option: {
		name: 'Create',
		action: 'Create a record',
		description: 'Create a record in any module',
	},
	properties: [
		moduleLocator,
		fieldsMapper('add'),
		optionsCollection(checkDuplicates, convertValues, returnRecord),
	],
	execute,
};
