import type { ModuleDefinition } from './modules/definition.cts';
import type { Values } from './records.cts';
import type { Variants } from './variants.cts';

/** Columns without which live systems were seen to fail. */
const NEEDED: Record<string, string[]> = {
	Bill: ['currency_id', 'amount', 'bill_date', 'due_date'],
	Opportunity: ['account_id'],
	PurchaseOrder: ['currency_id', 'amount'],
};

/** The first column that a new record needs, but that has neither a value nor a default. */
export function missingColumn(
	definition: ModuleDefinition,
	values: Values,
	{ missingRequired }: Variants,
): string | undefined {
	const needed = NEEDED[definition.model] ?? [];
	const required = missingRequired === 'sqlError' ? requiredColumns(definition) : [];
	return [...needed, ...required].find((column) => values[column] === undefined);
}

/** What 1CRM fills in itself. */
const FILLED_TYPES = ['base_currency', 'item_number', 'sequence_number'];

function requiredColumns({ fields }: ModuleDefinition): string[] {
	return Object.values(fields)
		.filter(
			(field) =>
				field.required === true &&
				field.editable !== false &&
				field.default === undefined &&
				!FILLED_TYPES.includes(field.type) &&
				field.name !== 'assigned_user' &&
				field.bean_name !== 'Currency',
		)
		.map((field) => field.id_name ?? field.name);
}
