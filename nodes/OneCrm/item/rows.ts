import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isJsonObject } from '../http/json';
import type { Item } from './item';
import { fromJsonText, shown } from './values';

/** A collection of rows, as its messages name it. */
export interface RowsProperty extends Pick<INodeProperties, 'displayName' | 'name'> {
	/** The name under which the editor keeps the rows. */
	rowsName: string;
	/** The names of a row's entries. */
	columns: readonly string[];
	/** Whether the result of an expression may be a list without rows, e.g. the discounts of an order that has none. */
	mayBeEmpty?: boolean;
}

/**
 * The rows of a collection, in any of the forms that people, expressions and AI agents write: as the editor keeps
 * them, a list of rows, a single row, and JSON text of any of these, for the whole or for the rows alone.
 *
 * Throws a `UserError` for anything else, and for an expression with an empty result: only a collection that isn't
 * filled in has no rows. `meaning` says what having no rows would do, e.g. `match every record`.
 */
export function readRows(item: Item, property: RowsProperty, meaning: string): IDataObject[] {
	const { displayName, name, rowsName } = property;
	const value = item.value(name, {});
	const rows = rowsOf(property, value);
	if (rows.length === 0 && !(property.mayBeEmpty && isEmptyList(property, value))) {
		item.refuseEmptyExpression({ displayName, name }, meaning);
		item.refuseEmptyExpression({ displayName, name: `${name}.${rowsName}` }, meaning);
	}
	return rows;
}

/** The same for a value; an empty one has no rows. Throws a `UserError` for what cannot be read. */
export function rowsOf(property: RowsProperty, value: unknown): IDataObject[] {
	const entries = rowsIn(property, fromJsonText(value));
	const isNull = typeof value === 'string' && value.trim() !== '' && isNothing(fromJsonText(value));
	if (isNull) throw unreadable(property, value);
	return entries.map((entry) => rowOf(property, fromJsonText(entry)));
}

function rowsIn(property: RowsProperty, value: unknown): unknown[] {
	const { rowsName, columns } = property;
	if (isNothing(value)) return [];
	if (Array.isArray(value)) return value;
	if (!isJsonObject(value)) throw unreadable(property, value);
	const names = Object.keys(value);
	if (names.length === 0) return [];
	if (names.length === 1 && names[0] === rowsName) {
		const rows = fromJsonText(value[rowsName]);
		if (isNothing(rows)) return [];
		if (Array.isArray(rows)) return rows;
		return [rows];
	}
	if (names.some((name) => columns.includes(name))) return [value];
	throw unreadable(property, value);
}

function rowOf(property: RowsProperty, row: unknown): IDataObject {
	if (!isJsonObject(row)) throw unreadable(property, row);
	const unknown = Object.keys(row).find((name) => !property.columns.includes(name));
	if (unknown === undefined) return row;
	const known = property.columns.join(', ');
	throw new UserError(
		`An entry of '${property.displayName}' doesn't support "${unknown}". It consists of: ${known}`,
	);
}

/** Whether a value without rows is an empty list, alone or as the editor keeps it. */
function isEmptyList({ rowsName }: RowsProperty, value: unknown): boolean {
	const whole = fromJsonText(value);
	return Array.isArray(isJsonObject(whole) ? fromJsonText(whole[rowsName]) : whole);
}

function isNothing(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

function unreadable({ displayName, columns }: RowsProperty, value: unknown): UserError {
	return new UserError(
		`'${displayName}' must be a list of objects with ${columns.join(', ')}, not "${shown(value)}"`,
	);
}
