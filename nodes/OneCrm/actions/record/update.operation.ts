import type { IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { readMappedFields } from '../../field/mappedFields';
import { fieldsMapper } from '../../field/mapper';
import { attachFiles } from '../../file/attach';
import { moduleLocator, readModuleName } from '../../module/locator';
import { readRecordId, recordLocator } from '../../record/locator';
import { updateRecord } from '../../record/write';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { convertValues, optionsCollection, readTimeout } from '../options';
import { returnRecord, returnWrittenRecord } from './written';

/** Changes the given fields of a record and leaves the others. A record that is not there is not made. */
async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const module = readModuleName(context, itemIndex);
	const id = readRecordId(context, itemIndex);
	const fields = await readMappedFields(context, itemIndex, module);
	if (Object.keys(fields).length === 0) {
		throw new UserError("'Fields' holds nothing to update");
	}
	const timeoutSeconds = readTimeout(context, itemIndex);
	const data = await attachFiles(context, itemIndex, module, fields, timeoutSeconds);
	await updateRecord(context, {
		module,
		id,
		data,
		timeoutSeconds,
	});
	return jsonItems([
		await returnWrittenRecord(context, itemIndex, { module, id, data, verb: 'updated' }),
	]);
}

export const update: Operation = {
	option: { name: 'Update', action: 'Update a record', description: 'Change fields of a record' },
	properties: [
		moduleLocator,
		recordLocator,
		fieldsMapper('update'),
		optionsCollection(convertValues, returnRecord),
	],
	execute,
};
