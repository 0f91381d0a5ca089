import type { ModuleDefinition } from './modules/definition.cts';
import type { Values } from './records.cts';

/** The first column that a new record needs, but that has neither a value nor a default. */
export function missingColumn({ fields }: ModuleDefinition, values: Values): string | undefined {
	return Object.values(fields)
		.filter(
			(field) =>
				field.required === true &&
				field.editable !== false &&
				field.default === undefined &&
				field.name !== 'assigned_user' &&
				field.bean_name !== 'Currency',
		)
		.map((field) => field.id_name ?? field.name)
		.find((column) => values[column] === undefined);
}
