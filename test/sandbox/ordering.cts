import { ApiError } from './errors.cts';
import type { ModuleDefinition } from './modules/definition.cts';
import type { OrderedRows } from './paging.cts';
import type { RecordView } from './record-view.cts';
import type { StoredRecord } from './store.cts';
import { isNumeric } from './values.cts';
import type { Variants } from './variants.cts';

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
	{ unknownOrder, sortingById }: Variants,
): OrderTerm[] {
	return order
		.split(',')
		.map((term) => term.trim())
		.filter((term) => term !== '')
		.flatMap((term) => {
			const [, name, direction = ''] = /^(\S+)(?:\s+(asc|desc))?$/i.exec(term) ?? [];
			if (name === 'id' && sortingById === 'ignored') return [];
			if (name === 'id' && sortingById === 'error') {
				throw new ApiError(500, "1052 Column 'id' in order clause is ambiguous");
			}
			if (name === undefined || !Object.hasOwn(definition.fields, name)) {
				if (unknownOrder === 'ignore') return [];
				throw new ApiError(500, `1054 Unknown column '${term}' in 'order clause'`);
			}
			const { type } = definition.fields[name];
			return [{ name, descending: /desc/i.test(direction), numeric: isNumeric(type) }];
		});
}

/** The rows in order, empty values first, with equal ranks for rows that are equal in all terms. */
export function ordered(
	rows: StoredRecord[],
	terms: OrderTerm[],
	definition: ModuleDefinition,
	view: RecordView,
): OrderedRows {
	if (terms.length === 0) return { rows, ranks: rows.map(() => 0) };
	// Keys are worked out once for each row: comparing looks at them many times.
	const keyed = rows.map((row) => ({
		row,
		keys: terms.map((term) => sortKey(view.value(definition, row, term.name), term.numeric)),
	}));
	keyed.sort((left, right) => compareKeys(left.keys, right.keys, terms));
	const ranks = [0];
	for (let at = 1; at < keyed.length; at++) {
		const isTie = compareKeys(keyed[at - 1].keys, keyed[at].keys, terms) === 0;
		ranks.push(ranks[at - 1] + (isTie ? 0 : 1));
	}
	return { rows: keyed.map(({ row }) => row), ranks };
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
