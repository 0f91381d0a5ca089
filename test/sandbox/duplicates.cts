import type { Crm } from './crm.cts';
import type { ModuleDefinition } from './modules/definition.cts';
import type { Values } from './records.cts';
import type { StoredRecord } from './store.cts';

export interface Duplicate {
	id: string;
	label: string | null;
	/** The first of the fields that are alike. */
	field: string;
}

/** Other records that agree with these values in all columns of a duplicate key. */
export function findDuplicates(
	crm: Crm,
	definition: ModuleDefinition,
	values: Values,
	row?: StoredRecord,
): Duplicate[] {
	const wanted: Values = { ...row, ...values };
	const duplicates: Duplicate[] = [];
	for (const other of crm.store.table(definition.model).rows.values()) {
		if (other.deleted !== '0' || other.id === row?.id) continue;
		const key = definition.duplicateKeys.find((columns) =>
			columns.every((column) => isSame(wanted[column], other[column])),
		);
		if (key) {
			duplicates.push({
				id: other.id,
				label: crm.view.label(definition, other),
				field: key[0],
			});
		}
	}
	return duplicates;
}

function isSame(wanted: unknown, stored: string | null | undefined): boolean {
	const text = String(wanted ?? '').toLowerCase();
	return text !== '' && text === stored?.toLowerCase();
}
