import type { FieldType } from 'n8n-workflow';

/** What a field's value is, as far as writing and reading it is concerned. */
export type FieldKind =
	| 'boolean'
	| 'date'
	| 'dateTime'
	| 'decimal'
	| 'file'
	| 'integer'
	| 'multiSelect'
	| 'picklist'
	| 'text';

/** The types of 1CRM that are not plain text. 1CRM's own code treats every type it does not know as text. */
const KINDS: Readonly<Record<string, FieldKind>> = {
	base_currency: 'decimal',
	bool: 'boolean',
	currency: 'decimal',
	date: 'date',
	datetime: 'dateTime',
	decimal: 'decimal',
	double: 'decimal',
	enum: 'picklist',
	file_ref: 'file',
	flag: 'boolean',
	float: 'decimal',
	image: 'file',
	int: 'integer',
	multienum: 'multiSelect',
	number: 'decimal',
	percent: 'decimal',
	progress: 'decimal',
	raw_currency: 'decimal',
	star_rating: 'integer',
	status: 'picklist',
};

/** n8n's widget for each kind. n8n has none for a multi-select: an array lets values hold commas. */
const WIDGETS: Readonly<Record<FieldKind, FieldType>> = {
	boolean: 'boolean',
	date: 'dateTime',
	dateTime: 'dateTime',
	decimal: 'number',
	file: 'string',
	integer: 'number',
	multiSelect: 'array',
	picklist: 'options',
	text: 'string',
};

/** The kind of a field or filter whose type 1CRM calls `type`. */
export function fieldKind(type: string): FieldKind {
	return Object.hasOwn(KINDS, type) ? KINDS[type] : 'text';
}

/** The type of n8n's resource mapper for a kind of field. */
export function mapperType(kind: FieldKind): FieldType {
	return WIDGETS[kind];
}
