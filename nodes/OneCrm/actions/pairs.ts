import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isJsonObject } from '../transport/answer';

/** A row of a list of names and values. */
export interface Pair {
	name: string;
	value: IDataObject[string];
}

/** The rows of a list of names and values for an item, those without a name left out. `path` is e.g. `query.parameters`. */
export function readPairs(context: IExecuteFunctions, itemIndex: number, path: string): Pair[] {
	const rows: unknown = context.getNodeParameter(path, itemIndex, []);
	return (Array.isArray(rows) ? rows : [])
		.filter(isJsonObject)
		.map(({ name, value }) => ({ name: String(name ?? '').trim(), value }))
		.filter(({ name }) => name !== '');
}
