import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isJsonObject } from '../http/json';
import { asksAgent, isBlank } from './agent';
import type { Item } from './item';
import { readRows } from './rows';
import { asText, fromJsonText, shown } from './values';

/** A row of a list of names and values. */
interface Pair {
	name: string;
	value: IDataObject[string];
	/** Its place among the rows. */
	row: number;
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

const COLUMNS = ['name', 'value'];

/**
 * The rows of a list of names and values, or of a map of name to value in its place. Rows that the editor added and
 * nobody filled in are left out. Throws a `UserError` for a value without a name, and as `readRows` does.
 */
export function readPairs(item: Item, property: INodeProperties): Pair[] {
	const { displayName, name } = property;
	const map = pairsMap(property, item.value(name, {}));
	if (map !== undefined) {
		return Object.entries(map).map(([key, value]) => ({ name: key, value, row: 0 }));
	}
	const rows = { displayName, name, rowsName: rowsNameOf(property), columns: COLUMNS };
	return readRows(item, rows, 'leave it out').flatMap(({ name: key, value }, row) => {
		const text = asText(key).trim();
		if (text !== '') return [{ name: text, value, row }];
		if (asText(value) === '' || isUnfilled(rowAsWritten(item, property, row))) return [];
		throw new UserError(`'${displayName}' contains a value without a name: "${shown(value)}"`);
	});
}

/** The same as a map of field name to value, without the empty values that an AI agent gave. */
export function readPairsMap(item: Item, property: INodeProperties): IDataObject {
	const pairs = readPairs(item, property).filter(
		({ value, row }) => !isBlank(value) || !asksAgent(valueAsWritten(item, property, row)),
	);
	return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}

/** A row as it is written, or the whole parameter if it isn't written in rows. */
function rowAsWritten(item: Item, property: INodeProperties, row: number): unknown {
	const written = item.run.writtenParameter(property.name, {});
	const rows = isJsonObject(written) ? written[rowsNameOf(property)] : written;
	return Array.isArray(rows) ? rows[row] : rows;
}

function valueAsWritten(item: Item, property: INodeProperties, row: number): unknown {
	const written = rowAsWritten(item, property, row);
	return isJsonObject(written) ? written.value : written;
}

/** Whether nobody has given the row a name yet, not even by an expression. */
function isUnfilled(written: unknown): boolean {
	return isJsonObject(written) && isBlank(written.name);
}

function rowsNameOf({ options = [] }: INodeProperties): string {
	return options[0].name;
}

/** A map of name to value, if the whole collection is one, and not rows or a row. */
function pairsMap(property: INodeProperties, value: unknown): IDataObject | undefined {
	const map = fromJsonText(value);
	if (!isJsonObject(map)) return undefined;
	const names = Object.keys(map);
	const isRow = COLUMNS.every((column) => names.includes(column));
	const isEmpty = names.length === 0 || names.includes(rowsNameOf(property));
	return isRow || isEmpty ? undefined : map;
}
