import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isJsonObject } from '../http/json';
import type { Item } from './item';

/** A row of a list of names and values. */
export interface Pair {
	name: string;
	value: IDataObject[string];
}

/** What one row is called, its name in saved workflows, and an example of a name. */
interface Row {
	displayName: string;
	name: string;
	placeholder: string;
}

/** A list of names and values. */
export function pairsCollection(
	texts: Pick<INodeProperties, 'description' | 'displayName' | 'name' | 'placeholder'>,
	{ displayName, name, placeholder }: Row,
): INodeProperties {
	return {
		...texts,
		type: 'fixedCollection',
		default: {},
		typeOptions: { multipleValues: true },
		options: [
			{
				displayName,
				name,
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	};
}

/** The rows of a list of names and values, those without a name left out. `path` is e.g. `query.parameters`. */
export function readPairs(item: Item, path: string): Pair[] {
	const rows = item.value(path, []);
	return (Array.isArray(rows) ? rows : [])
		.filter(isJsonObject)
		.map(({ name, value }) => ({ name: String(name ?? '').trim(), value }))
		.filter(({ name }) => name !== '');
}

/** The same as a map of name to value. */
export function readPairsMap(item: Item, path: string): IDataObject {
	return Object.fromEntries(readPairs(item, path).map(({ name, value }) => [name, value]));
}
