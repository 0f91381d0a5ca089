import { rolesOf } from './column-roles.cts';
import type { FieldFacts, ModuleDefinition } from './modules/definition.cts';
import type { StoredRecord } from './store.cts';
import { SEPARATOR } from './taken-values.cts';
import { columnValue } from './values.cts';
import type { Variants } from './variants.cts';

/** What the server works out itself, whatever a client sends. */
const COMPUTED = [
	'id',
	'deleted',
	'date_entered',
	'date_modified',
	'created_by',
	'modified_user_id',
];
const COMPUTED_TYPES = ['sequence_number', 'item_number'];

/**
 * Whether a value sent for the field is taken. The id companion of a reference is said to be read-only, yet it is
 * the only way to set the reference; of anything else that is said to be read-only, the variant decides.
 */
export function isWritable(
	{ fields }: ModuleDefinition,
	name: string,
	{ readOnlyFields }: Pick<Variants, 'readOnlyFields'>,
): boolean {
	if (!Object.hasOwn(fields, name)) return false;
	const field = fields[name];
	if (field.type === 'ref' || field.source.type === 'person_name') return false;
	if (COMPUTED.includes(name) || COMPUTED_TYPES.includes(field.type) || field.inferred === true) {
		return field.for_ref !== undefined && fields[field.for_ref].editable !== false;
	}
	return field.editable !== false || readOnlyFields === 'taken';
}

/** Writes one field that isn't a file, and the columns that depend on it. */
export function writeField(
	definition: ModuleDefinition,
	row: StoredRecord,
	name: string,
	value: unknown,
): void {
	const field = definition.fields[name];
	if (field.source.type === 'multienum') {
		spreadChoices(definition, field, row, columnValue({ ...field, len: undefined }, value));
		return;
	}
	row[name] = columnValue(field, value);
	if (field.multi_select_group) joinChoices(definition, field.multi_select_group, row);
	if (`${name}__raw` in definition.fields) row[`${name}__raw`] = digitsOf(row[name]);
}

/** Computes what the server derives from other columns: full names, and copies in the base currency. */
export function deriveColumns(definition: ModuleDefinition, row: StoredRecord): void {
	const { fields, nameField } = definition;
	if (fields[nameField].source.type === 'person_name') {
		const parts = [row.first_name, row.last_name].filter((part) => part);
		row[nameField] = parts.length > 0 ? parts.join(' ') : null;
	}
	for (const { copy, amount } of rolesOf(definition).copies) {
		const value = row[amount];
		if (value === undefined) continue;
		const rate = Number(row.exchange_rate) || 1;
		row[copy] = value === null ? null : (Number(value) / rate).toFixed(2);
	}
}

/** A multi-select is kept as one column for each choice, as many as the group has. */
function spreadChoices(
	definition: ModuleDefinition,
	field: FieldFacts,
	row: StoredRecord,
	joined: string | null,
): void {
	const group = field.multi_select_group ?? '';
	const choices = (joined ?? '').split(SEPARATOR).filter((choice) => choice !== '');
	groupColumns(definition, group).forEach((column, index) => {
		row[column] = choices[index] ?? null;
	});
	joinChoices(definition, group, row);
}

function joinChoices(definition: ModuleDefinition, group: string, row: StoredRecord): void {
	const choices = groupColumns(definition, group).map((column) => row[column]);
	const joined = Object.values(definition.fields).find(
		(field) => field.source.type === 'multienum' && field.multi_select_group === group,
	);
	if (joined) row[joined.name] = choices.filter((choice) => choice).join(SEPARATOR);
}

function groupColumns({ fields }: ModuleDefinition, group: string): string[] {
	return Object.values(fields)
		.filter((field) => field.multi_select_group === group && field.source.type === 'db')
		.map((field) => field.name);
}

function digitsOf(phone: string | null): string | null {
	return phone === null ? null : phone.replace(/\D/g, '');
}
