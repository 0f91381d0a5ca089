import type { FilterFacts, ModuleDefinition } from './modules/definition.cts';
import { type FilterValue, matcher } from './matching.cts';
import { needsNoValue } from './operators.cts';
import { mapOf, type PhpQuery, textOf, textsOf } from './php-query.cts';
import type { RecordView } from './record-view.cts';
import type { Store, StoredRecord } from './store.cts';
import { withEntities } from './taken-values.cts';
import { isFlagSet } from './values.cts';
import type { Variants } from './variants.cts';

/** Operators that every one of several columns has to meet. */
const EXCLUDING = /^(not_(?!empty)|empty$|!=)/;

type Test = (row: StoredRecord) => boolean;

interface Filtering {
	store: Store;
	view: RecordView;
	variants: Variants;
	definition: ModuleDefinition;
	userId: string;
	clock: () => Date;
}

/**
 * The tests that the query's filters put a row to. A filter that the module does not have is passed
 * over without a word, and so is an empty one.
 */
export function filterTests(filtering: Filtering, query: PhpQuery): Test[] {
	const { definition, userId, store } = filtering;
	const given = mapOf(query.filters);
	const tests: Test[] = [];
	for (const name of Object.keys(given)) {
		const sent = textsOf(given[name]).filter((value) => value !== '');
		// What is kept with entities is looked for with entities.
		const values = filtering.variants.htmlEntities === 'stored' ? sent.map(withEntities) : sent;
		const operator = textOf(given[`${name}-operator`]);
		if (values.length === 0 && !needsNoValue(operator)) continue;
		const facts = definition.filters[name] ?? referenceIdFilter(definition, name);
		const end = textOf(given[`${name}-end`]);
		const period = textOf(given[`${name}-period`]);
		if (facts) tests.push(...namedTest(filtering, name, facts, { values, operator, end, period }));
	}
	const text = textOf(query.filter_text);
	if (text) tests.push(unifiedSearch(filtering, text));
	if (isFlagSet(query.filter_favorites)) tests.push((row) => store.isFavorite(userId, row.id));
	const owner = textOf(query.filter_owner);
	if (owner) tests.push(...ownerTest(owner, userId));
	if (definition.closed && !isFlagSet(given.view_closed)) tests.push(isOpen(definition.closed));
	return tests;
}

function namedTest(
	filtering: Filtering,
	name: string,
	facts: FilterFacts,
	value: FilterValue,
): Test[] {
	const { definition, userId, store, view } = filtering;
	const [first] = value.values;
	if (facts.type === 'unified_search') return [unifiedSearch(filtering, first)];
	if (facts.type === 'owner') return ownerTest(first, userId);
	if (name === 'filter_favorites') {
		return isFlagSet(first) ? [(row) => store.isFavorite(userId, row.id)] : [];
	}
	if (facts.type === 'flag') return [];
	const match = matcher(facts, value, filtering);
	if (!match) return [];
	const isNegative = EXCLUDING.test(value.operator ?? '');
	const idName = facts.type === 'ref' ? facts.id_name : undefined;
	if (idName) {
		// A reference is found by the name of its target or by its id.
		return [
			(row) => {
				const isMeant = value.values.includes(row[idName] ?? '');
				const isMatch = match(view.value(definition, row, name));
				return isNegative ? isMatch && !isMeant : isMatch || isMeant;
			},
		];
	}
	const columns = facts.fields ?? [facts.field ?? name];
	const isMatch = (row: StoredRecord) => (column: string) =>
		match(view.value(definition, row, column));
	return [(row) => (isNegative ? columns.every(isMatch(row)) : columns.some(isMatch(row)))];
}

/** The id companion of a reference filter works as a filter too, though no metadata says so. */
function referenceIdFilter(definition: ModuleDefinition, name: string): FilterFacts | undefined {
	const isCompanion = Object.values(definition.filters).some((filter) => filter.id_name === name);
	return isCompanion ? { type: 'id', field: name } : undefined;
}

function unifiedSearch({ definition, view }: Filtering, text: string): Test {
	const columns = Object.values(definition.fields)
		.filter((field) => field.unified_search || field.name === definition.nameField)
		.map((field) => field.name);
	const wanted = text.toLowerCase();
	return (row) =>
		columns.some((column) =>
			(view.value(definition, row, column) ?? '').toLowerCase().includes(wanted),
		);
}

function ownerTest(owner: string, userId: string): Test[] {
	if (owner === 'all') return [];
	if (owner === 'not_mine') return [(row) => row.assigned_user_id !== userId];
	const wanted = owner === 'mine' ? userId : owner;
	return [(row) => row.assigned_user_id === wanted];
}

function isOpen({ field, values }: { field: string; values: string[] }): Test {
	return (row) => !values.includes(row[field] ?? '');
}
