import { UserError } from 'n8n-workflow';

import type { Item } from './item';

/**
 * The `order` of a list, e.g. `last_name DESC`, or `undefined` if the server is to choose. Throws a `UserError` for a
 * field that the module does not have and for a direction other than ASC and DESC.
 */
export async function readOrder(item: Item, module: string): Promise<string | undefined> {
	const name = String(item.option('sortField') ?? '').trim();
	if (name === '') return undefined;
	const { fields } = await item.crm.metadata(module);
	if (!fields.has(name)) {
		throw new UserError(`'Sort Field' is "${name}", which ${module} does not have`);
	}
	const sortDirection = { displayName: 'Sort Direction', name: 'sortDirection' };
	const direction = item.optionOneOf(sortDirection, ['ASC', 'DESC'], 'ASC');
	return direction === 'DESC' ? `${name} DESC` : name;
}

/** Says that a list of several pages could not be sorted by the ID, which alone tells its records apart. */
export function addLooseOrderHint(item: Item, list: string): void {
	item.addHintOnce(
		[list],
		(names) =>
			`1CRM does not sort this list by ID: ${names}. It was read until no more records came, which takes longer`,
	);
}
