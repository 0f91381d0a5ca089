import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { fetchList } from '../http/paging';
import { readBoolean } from './boolean';
import type { CrmClient } from './client';
import { closedRecordsFilter } from './filters';
import type { Field, Filter, ModuleMetadata } from './metadata';
import { isTooLong } from './metadata';
import { findOperator } from './operators';
import { recordsPath } from './record';
import type { ServerValue } from './value';

/** A value by which a record is recognised. */
interface MatchValue {
	field: Field;
	filter: Filter;
	/** What is looked up and written, in 1CRM's encoding. */
	value: ServerValue;
	/** The same for all ways to write the value. */
	key: string;
}

/** The values by which a record is recognised, by field name. */
export type MatchValues = Map<string, MatchValue>;

/**
 * The filter that finds records with a certain value in `field`: one of the field's own name, or one that looks at
 * several fields, this one among them. `undefined` if 1CRM has neither.
 */
export function filterFor(field: Field, { filters }: ModuleMetadata): Filter | undefined {
	const isMatchable = field.kind !== 'file' && field.kind !== 'multiSelect';
	if (!isMatchable || field.type === 'text' || field.type === 'html') return undefined;
	const own = filters.get(field.name);
	return own ?? [...filters.values()].find(({ fields }) => fields.includes(field.name));
}

/**
 * The one form of the values to match on, made once: what is looked up, compared and written.
 *
 * Throws a `UserError` for a field without a filter and for a value that identifies nothing: both would make the
 * server return every record, or one record of many.
 */
export function matchValues(
	module: string,
	metadata: ModuleMetadata,
	columns: string[],
	data: Record<string, ServerValue>,
): MatchValues {
	const entries = columns.map((name): [string, MatchValue] => {
		const field = metadata.fields.get(name);
		const filter = field && filterFor(field, metadata);
		if (field === undefined || filter === undefined) {
			throw new UserError(
				`${module} cannot be matched by "${name}": 1CRM has no filter for it. Choose another column to match on`,
			);
		}
		const given = data[name] ?? null;
		const value = typeof given === 'string' ? plainText(given) : given;
		if (value === null || isBlank(String(value))) {
			throw new UserError(`'${field.label}' (${name}) is used for matching but has no value`);
		}
		if (isTooLong(field, String(value))) {
			throw new UserError(
				`'${field.label}' (${name}) is used for matching, but 1CRM keeps only ${field.length} characters of it`,
			);
		}
		const key = comparable(field, value);
		if (key === '') {
			throw new UserError(
				`'${field.label}' (${name}) is used for matching but "${value}" contains no digits`,
			);
		}
		return [name, { field, filter, value, key }];
	});
	return new Map(entries);
}

/** One text for the same record however its values are written. */
export function matchKey(values: MatchValues): string {
	return JSON.stringify([...values].map(([name, { key }]) => [name, key]));
}

/** The values to match on, as they are written into a record. */
export function matchData(values: MatchValues): Record<string, ServerValue> {
	return Object.fromEntries([...values].map(([name, { value }]) => [name, value]));
}

/** The key of a record that 1CRM returned: the same as that of `matchKey` if the record has these values. */
export function keyOfRecord(values: MatchValues, record: IDataObject): string {
	return JSON.stringify(
		[...values].map(([name, { field }]) => [name, comparable(field, record[name])]),
	);
}

/** How Unicode writes a letter with an accent: as one character or in two parts. */
type Form = 'NFC' | 'NFD';

function inForm(value: ServerValue, form: Form): ServerValue {
	return typeof value === 'string' ? value.normalize(form) : value;
}

/** The filters that find at least the records with the values of these columns. */
export function filtersOf(
	values: MatchValues,
	columns = [...values.keys()],
	form: Form = 'NFC',
): IDataObject {
	const filters: IDataObject = {};
	for (const [name, { field, filter, value }] of values) {
		// A "no" can be stored as null, which a database finds equal to no value, not even to 0.
		if (!columns.includes(name) || (field.kind === 'boolean' && value === 0)) continue;
		filters[filter.name] = inForm(value, form);
		// The day of a date-time may begin in another time zone.
		const own = field.kind === 'date' ? findOperator(filter, 'eq')?.value : undefined;
		filters[`${filter.name}-operator`] = own ?? 'eq';
	}
	return filters;
}

/**
 * The records with exactly these values; no more than two are looked for. `fields` are those to read, including the
 * ones that were matched on.
 *
 * What the server returns is compared again: its text filters also find what only begins with the value. Closed records
 * count. To some databases, a letter that another system wrote in two parts is a different one. So if nothing is found,
 * that form is looked for, too.
 */
export async function findMatches(
	crm: CrmClient,
	module: string,
	values: MatchValues,
	fields: string[] = ['id', ...values.keys()],
): Promise<IDataObject[]> {
	const found = await findForm(crm, module, values, fields, 'NFC');
	const hasOtherForm = [...values.values()].some(({ value }) => inForm(value, 'NFD') !== value);
	if (found.length > 0 || !hasOtherForm) return found;
	return await findForm(crm, module, values, fields, 'NFD');
}

async function findForm(
	crm: CrmClient,
	module: string,
	values: MatchValues,
	fields: string[],
	form: Form,
): Promise<IDataObject[]> {
	const key = matchKey(values);
	const isMatch = (record: IDataObject): boolean => keyOfRecord(values, record) === key;
	const closed = closedRecordsFilter(await crm.metadata(module));
	const records = await fetchList(crm.http, {
		path: recordsPath(module),
		query: { fields, filters: { ...closed, ...filtersOf(values, undefined, form) } },
		limit: Infinity,
		isOfRecords: true,
		stopAt: () => {
			const found = new Set();
			return (record) => {
				if (found.size === 2) return true;
				if (isMatch(record)) found.add(record.id);
				return false;
			};
		},
	});
	// A list may contain a record twice, e.g. once for each of its addresses.
	return [...new Map(records.filter(isMatch).map((record) => [record.id, record])).values()];
}

/**
 * A text without blanks and invisible characters around it, and with each letter as one character: some systems write
 * an umlaut as two.
 */
function plainText(text: string): string {
	return text.normalize('NFC').replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
}

/** Whether a text shows nothing: white space, and characters without a form of their own. */
function isBlank(text: string): boolean {
	return !/[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

/** One text for all values that are the same to a person. */
function comparable(field: Field, value: unknown): string {
	const text = withoutEntities(plainText(String(value ?? '')));
	if (field.kind === 'boolean') return readBoolean(text) === true ? 'yes' : 'no';
	if (PHONE_TYPES.has(field.type)) return phoneDigits(text);
	if (field.kind === 'decimal' || field.kind === 'integer') return plainDecimal(text);
	// 1CRM's database takes texts for equal whatever their case.
	return text.toLowerCase();
}

const PHONE_TYPES = new Set(['fax', 'phone']);

/** The digits of a phone number whatever its punctuation, with an `x` before an extension: `555 1234 ext. 5`. */
function phoneDigits(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[\p{L}#;,=]/gu, 'x')
		.replace(/[^\dx]/g, '')
		.replace(/x+/g, 'x')
		.replace(/^x|x$/g, '');
}

/** A number without digits that change nothing. As text, because a float keeps 15 digits only. */
function plainDecimal(text: string): string {
	const [, sign, whole, fraction = ''] = /^([+-]?)0*(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
	// No amount is not an amount of 0.
	if (whole === undefined) return text.toLowerCase();
	const rest = fraction.replace(/0+$/, '');
	const number = rest === '' ? whole : `${whole}.${rest}`;
	return sign === '-' && number !== '0' ? `-${number}` : number;
}

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	apos: "'",
	gt: '>',
	lt: '<',
	quot: '"',
};

/** A text that a server may have stored with entities in place of quotes and angle brackets. */
export function withoutEntities(text: string): string {
	return text.replace(
		// So few digits are always within Unicode.
		/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(amp|apos|gt|lt|quot));/gi,
		(_, decimal, hex, name) => {
			if (name) return ENTITIES[String(name).toLowerCase()];
			return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(String(hex), 16));
		},
	);
}
