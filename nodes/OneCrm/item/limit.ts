import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { Item } from './item';

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limitProperty: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	default: 50,
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
};

/** 'Return All' and 'Limit', for every operation that returns many items. */
export const limitProperties: INodeProperties[] = [returnAll, limitProperty];

/** How many results are wanted for an item, `Infinity` for all. */
export function readLimit(item: Item): number {
	if (item.isOn(returnAll)) return Infinity;
	const value = item.value(limitProperty.name, limitProperty.default);
	const limit = typeof value === 'boolean' || Array.isArray(value) ? NaN : Number(value);
	if (!Number.isInteger(limit) || limit < 1) {
		throw new UserError("'Limit' must be a whole number of at least 1");
	}
	return limit;
}
