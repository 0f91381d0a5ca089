import type { FilterFacts } from './modules/definition.cts';
import { isNumeric, isTrue } from './values.cts';
import type { Variants } from './variants.cts';

/** Tests the value of one column. */
type Match = (value: string | null) => boolean;

/** What a request says of one filter: the value and its companions `-operator` and `-end`. */
export interface FilterValue {
	values: string[];
	operator?: string;
	end?: string;
}

const EXACT = ['enum', 'status', 'bool', 'id', 'flag', 'module_name'];

/** How values of a filter's type are compared, as its operator says. */
export function matcher(
	{ type }: FilterFacts,
	filter: FilterValue,
	variants: Pick<Variants, 'like' | 'multiSelectEquals'>,
): Match {
	const isDate = type === 'date' || type === 'datetime';
	if (filter.operator === 'between_dates' && isDate) return between(filter);
	if (filter.operator === 'like') return anyOf(filter, like(variants.like));
	const isAnyChoice = type === 'multienum' && variants.multiSelectEquals === 'any';
	if (filter.operator === 'eq' && isAnyChoice) return anyOf(filter, includes);
	if (filter.operator === 'eq') return anyOf(filter, equal(type));
	if (filter.operator === '!=') return not(anyOf(filter, equal(type)));
	if (type === 'multienum') return anyOf(filter, includes);
	if (type === 'datetime') return anyOf(filter, startsWith);
	return anyOf(
		filter,
		isNumeric(type) || isDate || EXACT.includes(type) ? equal(type) : startsWith,
	);
}

function anyOf({ values }: FilterValue, compare: (wanted: string) => Match): Match {
	const matches = values.map(compare);
	return (value) => matches.some((match) => match(value));
}

function not(match: Match): Match {
	return (value) => !match(value);
}

/** Equality as the database knows it: numbers by value, texts without regard to case. */
function equal(type: string): (wanted: string) => Match {
	if (type === 'bool') {
		return (wanted) => {
			const isSet = isTrue(wanted);
			return (value) => (value === '1') === isSet;
		};
	}
	if (isNumeric(type)) return (wanted) => (value) => value !== null && +value === +wanted;
	return (wanted) => {
		const folded = wanted.toLowerCase();
		return (value) => (value ?? '').toLowerCase() === folded;
	};
}

function startsWith(wanted: string): Match {
	const folded = wanted.toLowerCase();
	return (value) => (value ?? '').toLowerCase().startsWith(folded);
}

/** Contains the text (`contains`), or matches it if it contains the database's `%`. */
function like(meaning: Variants['like']): (wanted: string) => Match {
	return (wanted) => {
		const parts = wanted.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
		const isWhole = parts.length > 1 || meaning === 'pattern';
		const pattern = isWhole ? `^${parts.join('.*')}$` : parts[0];
		const expression = new RegExp(pattern, 'is');
		return (value) => value !== null && expression.test(value);
	};
}

/** One of the choices of a multi-select. */
function includes(wanted: string): Match {
	const choices = wanted.split('^,^');
	return (value) => (value ?? '').split('^,^').some((choice) => choices.includes(choice));
}

/** From the first to the last day, both included; an open end has no limit. */
function between({ values, end }: FilterValue): Match {
	const [start] = values;
	return (value) => {
		if (!value) return false;
		return value >= start && (!end || value.slice(0, end.length) <= end);
	};
}
