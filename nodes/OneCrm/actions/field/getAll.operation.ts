import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Field, ModuleMetadata } from '../../field/metadata';
import { loadMetadata } from '../../field/metadata';
import { moduleLocator, readModuleName } from '../../module/locator';
import { limitProperties, readLimit } from '../limit';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readTimeout } from '../options';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const limit = readLimit(context, itemIndex);
	const module = readModuleName(context, itemIndex);
	const metadata = await loadMetadata(context, module, readTimeout(context, itemIndex));
	return jsonItems(
		[...metadata.fields.values()].slice(0, limit).map((field) => describe(field, metadata)),
	);
}

function describe(field: Field, { filters }: ModuleMetadata): IDataObject {
	const { name, label, type, requiredForCreate, writable, sortable, options, target } = field;
	return {
		name,
		label,
		type,
		required: requiredForCreate,
		writable,
		filterable: filters.has(name),
		sortable,
		options: options.map((option) => ({ ...option })),
		targetModule: target ?? null,
		description: field.description ?? null,
	};
}

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many fields',
		description: 'List the fields of a module with their types and allowed values',
	},
	properties: [moduleLocator, ...limitProperties, optionsCollection()],
	execute,
};
