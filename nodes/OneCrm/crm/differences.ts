import type { IDataObject } from 'n8n-workflow';

import { decodeValue } from './codec';
import { Decimal } from './decimal';
import type { Field, ModuleMetadata } from './metadata';
import type { FieldValues } from './recordValues';
import type { ServerValue } from './value';

/** Fields that 1CRM sets anew when another one is written, unless they are written with it. */
const SET_WITH: ReadonlyMap<string, string> = new Map([['exchange_rate', 'currency_id']]);

/**
 * Those of the values to write that a record doesn't have yet. `stored` are its values as 1CRM returns them.
 *
 * A value that cannot be compared counts as different: a file, one that 1CRM didn't return, one in a form that
 * nobody knows. So does one that differs in case or blanks: what is written has to be what was given.
 */
export function differences(
	{ fields }: ModuleMetadata,
	values: FieldValues,
	stored: IDataObject,
): FieldValues {
	const isDifferent = (name: string): boolean => {
		const field = fields.get(name);
		return name in values && !(field && isSameValue(field, values[name], stored[name]));
	};
	const different = Object.entries(values).filter(
		([name]) => isDifferent(name) || isDifferent(SET_WITH.get(name) ?? ''),
	);
	return Object.fromEntries(different);
}

/** Whether writing a value would leave the stored one as it is, in whatever form 1CRM returns it. */
function isSameValue(field: Field, written: ServerValue, stored: unknown): boolean {
	if (stored === undefined) return false;
	const isList = Array.isArray(stored) && field.kind === 'multiSelect';
	if (typeof stored === 'object' && stored !== null && !isList) return false;
	// Null and an empty text are both nothing.
	const [one, other] = [written, stored].map((value) => decodeValue(field, value) ?? '');
	switch (field.kind) {
		case 'file':
			return one === '' && other === '';
		case 'boolean':
			// A "no" can be stored as nothing.
			return (one === '' ? false : one) === (other === '' ? false : other);
		case 'decimal':
		case 'integer': {
			const [amount, storedAmount] = [Decimal.parse(written), Decimal.parse(stored)];
			if (amount === undefined || storedAmount === undefined) return one === other;
			return amount.equals(storedAmount);
		}
		case 'dateTime':
			return withoutFraction(one) === withoutFraction(other);
		case 'multiSelect':
			return JSON.stringify(one) === JSON.stringify(other);
		default:
			return String(one) === String(other);
	}
}

/** Some databases add parts of a second, which nobody wrote. */
function withoutFraction(moment: unknown): string {
	return String(moment).replace(/\.0+Z$/, 'Z');
}
