import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';

import type { ServerValue } from '../../field/codec';
import { fieldsMapper, readMappedFields } from '../../field/mapper';
import { loadMetadata } from '../../field/metadata';
import { moduleLocator, readModuleName } from '../../module/locator';
import { recordsPath } from '../../record/path';
import { requestJson } from '../../transport/request';
import type { Operation } from '../operation';
import { convertValues, isSwitchedOn, optionsCollection, readTimeout } from '../options';
import { returnRecord, returnWrittenRecord } from './written';

/**
 * Creates a record. A required field without a value is refused before anything is sent: 1CRM answers
 * with a database error, or makes the record without it.
 */
async function execute(context: IExecuteFunctions, itemIndex: number): Promise<IDataObject[]> {
	const module = readModuleName(context, itemIndex);
	const data = await readMappedFields(context, itemIndex, module);
	await checkRequiredFields(context, module, data);

	const answer = await requestJson(context, {
		method: 'POST',
		path: recordsPath(module),
		query: {
			check_duplicates: isSwitchedOn(context, itemIndex, 'checkDuplicates') ? 1 : undefined,
		},
		body: { data },
		timeoutSeconds: readTimeout(context, itemIndex),
	});
	// The id of a linking record can be a list or an object.
	if (!answer.id) {
		const error = new NodeApiError(
			context.getNode(),
			{},
			{
				message: `1CRM answered without the ID of a new ${module}`,
				description: 'It may hold the record as a duplicate. What it answered is in the details',
			},
		);
		error.context.data = answer;
		throw error;
	}
	return [
		await returnWrittenRecord(context, itemIndex, { module, id: answer.id, data, verb: 'created' }),
	];
}

async function checkRequiredFields(
	context: IExecuteFunctions,
	module: string,
	data: Record<string, ServerValue>,
): Promise<void> {
	const { fields } = await loadMetadata(context, module);
	const missing = [...fields.values()].filter(
		({ name, requiredForCreate }) => requiredForCreate && (data[name] ?? '') === '',
	);
	if (missing.length === 0) return;
	const names = missing.map(({ label, name }) => `'${label}' (${name})`).join(', ');
	throw new UserError(`A new ${module} needs a value for ${names}`);
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
		optionsCollection(
			{
				displayName: 'Check Duplicates',
				name: 'checkDuplicates',
				type: 'boolean',
				default: false,
				description:
					'Whether 1CRM looks for a record like this first, and refuses to create a second one',
			},
			convertValues,
			returnRecord,
		),
	],
	execute,
};
