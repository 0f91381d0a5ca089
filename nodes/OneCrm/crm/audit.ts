import type { IDataObject } from 'n8n-workflow';

import { apiPath } from '../http/address';
import { decodeValue } from './codec';
import { recordTarget } from './record';

/** The time of an entry. */
export const CHANGED_AT = 'date_created';

/** Where the log of a module or of one record is, and what to call the record if it isn't there. */
export function auditTarget(
	module: string,
	id: string | undefined,
): { path: string; subject?: string } {
	if (id === undefined) return { path: apiPath(['audit', module]) };
	return { path: apiPath(['audit', module, id]), subject: recordTarget({ module, id }).subject };
}

/** Types with few values, which show the steps of a process. */
const STEP_TYPES = new Set(['bool', 'enum', 'status']);

/**
 * An entry of the audit log as process mining takes it: which case, what was done, when and by whom, with the field and
 * its values before and after. The activity contains the new value for a type with few values
 * (`Set sales_stage to Closed Won`), and only the field for any other (`Change amount`).
 */
export function toEvent(entry: IDataObject): IDataObject {
	const field = String(entry.field_name ?? '');
	const { before, after } = valuesOf(entry);
	const isStep = STEP_TYPES.has(String(entry.data_type)) && after !== null && after !== '';
	return {
		caseId: entry.parent_id ?? null,
		activity: isStep ? `Set ${field} to ${String(after)}` : `Change ${field}`,
		time: decodeValue({ kind: 'dateTime' }, entry[CHANGED_AT]) ?? null,
		actor: entry.created_by_user || (entry.created_by ?? null),
		field,
		before,
		after,
	} as IDataObject;
}

/** The values of a field before and after the change of an entry. */
export function valuesOf(entry: IDataObject): { before: string | null; after: string | null } {
	return {
		before: firstFilled(entry.before_value_string, entry.before_value_text),
		after: firstFilled(entry.after_value_string, entry.after_value_text),
	};
}

/** Short and long values have a column each. The one that isn't used contains null or an empty text. */
function firstFilled(...values: unknown[]): string | null {
	const filled = values.find((value) => value !== undefined && value !== null && value !== '');
	return (filled ?? values.find((value) => value === '') ?? null) as string | null;
}
