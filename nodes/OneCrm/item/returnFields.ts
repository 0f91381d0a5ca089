import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { Item } from './item';

/** The fields that a record is returned with. */
export const returnFields: INodeProperties = {
	displayName: 'Return Field Names or IDs',
	name: 'returnFields',
	type: 'multiOptions',
	default: [],
	typeOptions: { loadOptionsMethod: 'getFields', loadOptionsDependsOn: ['module.value'] },
	description:
		'Which fields to return. The ID is always included. If empty, 1CRM returns all fields of a single record, and a few of each record in a list. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/**
 * The names of the fields to return for an item: those chosen, with `id` among them, or none where 1CRM
 * decides. Accepts an array or a text with commas. Throws a `UserError` for a field that the module
 * does not have: 1CRM would leave it out without a word.
 */
export async function readReturnFields(item: Item, module: string): Promise<string[]> {
	const names = item.names(returnFields.name);
	if (names.length === 0) return [];
	const { fields } = await item.crm.metadata(module);
	const unknown = names.filter((name) => !fields.has(name));
	if (unknown.length > 0) {
		throw new UserError(
			`${module} has no field ${unknown.map((name) => `"${name}"`).join(', ')} to return. The Field > Get Many operation lists them`,
		);
	}
	return [...new Set(['id', ...names])];
}
