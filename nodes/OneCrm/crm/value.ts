import { UserError } from 'n8n-workflow';

import type { Field, Filter } from './metadata';

/** A field or filter, as far as its values are concerned. */
export type ValueOwner = Pick<Field | Filter, 'kind' | 'label' | 'options'> &
	Partial<Pick<Field, 'type'>>;

/** What 1CRM takes as a field's value. */
export type ServerValue = string | number | null;

const LONGEST_SHOWN = 200;

/** The error for a value that a field cannot contain; `expected` says what it takes, e.g. `a whole number`. */
export function invalidValue(
	{ label }: Pick<ValueOwner, 'label'>,
	value: unknown,
	expected: string,
): UserError {
	const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return new UserError(`'${label}' takes ${expected}, not "${shown.slice(0, LONGEST_SHOWN)}"`);
}

/** How 1CRM's ids of uploaded files begin. */
const UPLOADED_PREFIX = 'INCOMING~';

/** Whether a value is the id of an uploaded file. It can be written into one field of one record, once. */
export function isUploadId(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith(UPLOADED_PREFIX);
}

/** Not writable, but a record can be recognised by it. */
export const ID_FIELD = 'id';

/** A value as text, or null if there is none. */
export function textOrNull(value: unknown): string | null {
	return value === undefined || value === null || value === '' ? null : String(value);
}
