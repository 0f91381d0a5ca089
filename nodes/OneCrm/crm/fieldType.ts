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

/** The types of 1CRM that are not plain text. 1CRM's own code treats every unknown type as text. */
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

/** The kind of a field or filter whose type 1CRM calls `type`. */
export function fieldKind(type: string): FieldKind {
	return Object.hasOwn(KINDS, type) ? KINDS[type] : 'text';
}
