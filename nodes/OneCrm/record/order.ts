import type { IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { loadMetadata } from '../field/metadata';

/**
 * The `order` of a list for an item, e.g. `last_name DESC`, or `undefined` where the server's own holds.
 * Throws a `UserError` for a field that the module does not have and for another direction than ASC
 * and DESC.
 */
export async function readOrder(
	context: IExecuteFunctions,
	itemIndex: number,
	module: string,
): Promise<string | undefined> {
	const name = String(context.getNodeParameter('options.sortField', itemIndex, '') ?? '').trim();
	if (name === '') return undefined;
	const { fields } = await loadMetadata(context, module);
	if (!fields.has(name)) {
		throw new UserError(`'Sort Field' is "${name}", which ${module} does not have`);
	}
	const direction = context.getNodeParameter('options.sortDirection', itemIndex, 'ASC');
	if (direction !== 'ASC' && direction !== 'DESC') {
		throw new UserError(`'Sort Direction' is ASC or DESC, not "${String(direction)}"`);
	}
	return direction === 'DESC' ? `${name} DESC` : name;
}
