import type { ModuleDefinition } from './modules/definition.cts';

/** The columns that every write has to see to. */
interface ColumnRoles {
	defaults: Array<{ name: string; value: string }>;
	/** Columns that number the records. */
	sequences: string[];
	/** Copies in the base currency, and the columns that they copy. */
	copies: Array<{ copy: string; amount: string }>;
}

const roles = new WeakMap<ModuleDefinition, ColumnRoles>();

/** Computed once for each module, because tests create records by the hundred thousand. */
export function rolesOf(definition: ModuleDefinition): ColumnRoles {
	let known = roles.get(definition);
	if (!known) roles.set(definition, (known = findRoles(definition)));
	return known;
}

function findRoles(definition: ModuleDefinition): ColumnRoles {
	const found: ColumnRoles = { defaults: [], sequences: [], copies: [] };
	for (const field of Object.values(definition.fields)) {
		const { name, type, default: value } = field;
		if (value !== undefined) found.defaults.push({ name, value: String(value) });
		if (type === 'sequence_number') found.sequences.push(name);
		const amount = name.replace(/_usd(ollar)?$/, '');
		// Those of lines and groups can be written, and stay empty if they aren't.
		const isDerived = field.editable === false || field.required === true;
		if (type === 'base_currency' && isDerived && amount !== name) {
			found.copies.push({ copy: name, amount });
		}
	}
	return found;
}
