import { ApiError } from './errors.cts';
import type { ModuleDefinition } from './modules/definition.cts';
import type { RecordView } from './record-view.cts';
import type { StoredRecord } from './store.cts';
import { isNumeric } from './values.cts';

interface OrderTerm {
	name: string;
	descending: boolean;
	numeric: boolean;
}

type SortKey = string | number;

/** Reads `last_name DESC, date_entered`; a term that names no field is passed over. */
export function orderTerms(
	definition: ModuleDefinition,
	order: string,
	unknownOrder: 'ignore' | 'error',
): OrderTerm[] {
	return order
		.split(',')
		.map((term) => term.trim())
		.filter((term) => term !== '')
		.flatMap((term) => {
			const [, name, direction = ''] = /^(\S+)(?:\s+(asc|desc))?$/i.exec(term) ?? [];
			if (name === undefined || !Object.hasOwn(definition.fields, name)) {
				if (unknownOrder === 'ignore') return [];
				throw new ApiError(500, `1054 Unknown column '${term}' in 'order clause'`);
			}
			const { type } = definition.fields[name];
			return [{ name, descending: /desc/i.test(direction), numeric: isNumeric(type) }];
		});
}

/** The rows in order; rows that are equal keep the order they have, empty values come first. */
export function ordered(
	rows: StoredRecord[],
	terms: OrderTerm[],
	definition: ModuleDefinition,
	view: RecordView,
): StoredRecord[] {
	if (terms.length === 0) return rows;
	// Keys are worked out once for each row: comparing looks at them many times.
	const keyed = rows.map((row) => ({
		row,
		keys: terms.map((term) => sortKey(view.value(definition, row, term.name), term.numeric)),
	}));
	keyed.sort((left, right) => compareKeys(left.keys, right.keys, terms));
	return keyed.map(({ row }) => row);
}

function sortKey(value: string | null, numeric: boolean): SortKey {
	if (numeric) return value === null ? Number.NEGATIVE_INFINITY : Number(value);
	return (value ?? '').toLowerCase();
}

function compareKeys(left: SortKey[], right: SortKey[], terms: OrderTerm[]): number {
	for (const [index, { descending }] of terms.entries()) {
		if (left[index] === right[index]) continue;
		return left[index] < right[index] === descending ? 1 : -1;
	}
	return 0;
}
