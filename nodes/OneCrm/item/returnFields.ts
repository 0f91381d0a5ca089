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
 * The names of the fields to return: those chosen, with `id` among them, or none if 1CRM is to decide. Accepts an array
 * or a text with commas.
 *
 * 1CRM has columns that its metadata don't list, e.g. `line_items`, and leaves out what it doesn't know. So such
 * a name is sent, and a hint names it. Throws a `UserError` for what cannot be a name.
 */
export async function readReturnFields(item: Item, module: string): Promise<string[]> {
	const names = item.names(returnFields);
	if (names.length === 0) return [];
	const impossible = names.find((name) => !/^\w+$/.test(name));
	if (impossible !== undefined) {
		throw new UserError(`'Return Fields' cannot contain "${impossible}". Enter names of fields`);
	}
	const { fields } = await item.crm.metadata(module);
	item.addHintOnce(
		names.filter((name) => !fields.has(name)),
		(unknown) =>
			`1CRM lists no such fields of ${module}, so they may be missing in the output, and a list with them may be empty: ${unknown}`,
	);
	return [...new Set(['id', ...names])];
}
