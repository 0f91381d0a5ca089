import type { IDataObject } from 'n8n-workflow';

import type { Field, ModuleMetadata } from '../../crm/metadata';
import { limitProperties, readLimit } from '../../item/limit';
import { moduleLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

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
	async execute(item) {
		const limit = readLimit(item);
		const metadata = await item.crm.metadata(item.module());
		return jsonItems(
			[...metadata.fields.values()].slice(0, limit).map((field) => describe(field, metadata)),
		);
	},
};
