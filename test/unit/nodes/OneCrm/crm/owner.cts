import fc from 'fast-check';
import type { ValueOwner } from '../../../../../nodes/OneCrm/crm/value';
import type { PicklistOption } from '../../../../../nodes/OneCrm/crm/metadata';
import type { FieldKind } from '../../../../../nodes/OneCrm/crm/fieldType';

export const KINDS: FieldKind[] = [
	'boolean',
	'date',
	'dateTime',
	'decimal',
	'integer',
	'multiSelect',
	'picklist',
	'text',
];

/** A field of a kind, as far as its values are concerned. */
export function owner(kind: FieldKind, options: PicklistOption[] = []): ValueOwner {
	return { kind, label: 'Field', options };
}

/** A picklist whose values have no labels. */
export function plainOptions(...values: string[]): PicklistOption[] {
	return values.map((value) => ({ value, label: value }));
}

/** A value that a picklist may have: no separator and no white space around it. */
const stored = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
	.map((text) => text.trim())
	.filter((text) => text !== '' && !text.includes('^,^'));

/** The entries of a picklist; labels may be those of others, values are not. */
export const picklist = fc.uniqueArray(fc.record({ value: stored, label: stored }), {
	selector: ({ value }) => value,
	minLength: 1,
	maxLength: 8,
});
