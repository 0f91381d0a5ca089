import type { FilterFacts } from './modules/definition.cts';
import { familyOf, hasOperator } from './operators.cts';
import { dayAfter, type Days, periodOf } from './periods.cts';
import { isNumeric, isTrue } from './values.cts';
import type { Variants } from './variants.cts';

/** Tests the value of one column. */
type Match = (value: string | null) => boolean;

/** What a request says of one filter: the value and its companions `-operator`, `-end` and `-period`. */
export interface FilterValue {
	values: string[];
	operator?: string;
	end?: string;
	period?: string;
}

/** What the comparison depends on beside the filter. */
interface Comparing {
	variants: Pick<
		Variants,
		'joinedValues' | 'like' | 'missingOperators' | 'multiSelectEquals' | 'unknownOperator'
	>;
	clock: () => Date;
}

const EXACT = ['enum', 'status', 'bool', 'id', 'flag', 'module_name'];

/** How values of a filter's type are compared, as its operator says; `undefined` for a filter that is passed over. */
export function matcher(
	facts: FilterFacts,
	filter: FilterValue,
	{ variants, clock }: Comparing,
): Match | undefined {
	const { operator } = filter;
	if (operator === undefined || operator === '') return usual(facts, filter);
	if (!hasOperator(facts, operator) || variants.missingOperators.includes(operator)) {
		return variants.unknownOperator === 'passedOver' ? undefined : usual(facts, filter);
	}
	if (operator === 'empty') return isEmpty;
	if (operator === 'not_empty') return not(isEmpty);
	switch (familyOf(facts)) {
		case 'date':
			return dateMatch(filter, clock());
		case 'number':
			return numberMatch(filter);
		case 'select':
			return selectMatch(facts, filter, variants);
		case 'flag':
			return operator === 'eq'
				? anyOf(filter, equal(facts.type))
				: not(anyOf(filter, equal(facts.type)));
		default:
			return textMatch(facts, filter, variants);
	}
}

/** Without an operator. */
function usual({ type }: FilterFacts, filter: FilterValue): Match {
	const isDate = type === 'date' || type === 'datetime';
	if (type === 'multienum') return anyOf(filter, includes);
	if (type === 'datetime') return anyOf(filter, startsWith);
	return anyOf(
		filter,
		isNumeric(type) || isDate || EXACT.includes(type) ? equal(type) : startsWith,
	);
}

function textMatch(
	{ type }: FilterFacts,
	filter: FilterValue,
	variants: Pick<Variants, 'like'>,
): Match {
	switch (filter.operator) {
		case 'like':
			return anyOf(filter, like(variants.like));
		case 'not_like':
			return not(anyOf(filter, like(variants.like)));
		case 'prefix':
			return anyOf(filter, startsWith);
		case 'suffix':
			return anyOf(filter, endsWith);
		case 'not_eq':
			return not(anyOf(filter, equal(type)));
		default:
			return anyOf(filter, equal(type));
	}
}

function selectMatch(
	{ type }: FilterFacts,
	filter: FilterValue,
	{ joinedValues, multiSelectEquals }: Pick<Variants, 'joinedValues' | 'multiSelectEquals'>,
): Match {
	const { operator = '' } = filter;
	const isEqual = operator === 'eq' || operator === 'not_eq';
	const areSeveral = !isEqual && joinedValues === 'several';
	const isAmong = type === 'multienum' && (isEqual ? multiSelectEquals === 'any' : areSeveral);
	const values = filter.values.flatMap((text) => text.split('^,^'));
	const wanted = areSeveral ? { values } : filter;
	const match = anyOf(wanted, isAmong ? includes : equal(type));
	return operator.startsWith('not_') ? not(match) : match;
}

function numberMatch({ values, operator, end }: FilterValue): Match {
	const [wanted, most] = [Number(values[0]), Number(end)];
	const compare: Record<string, (number: number) => boolean> = {
		eq: (number) => number === wanted,
		not_eq: (number) => number !== wanted,
		gt: (number) => number > wanted,
		gte: (number) => number >= wanted,
		lt: (number) => number < wanted,
		lte: (number) => number <= wanted,
		between: (number) => number >= wanted && (end === undefined || number <= most),
	};
	const test = compare[operator ?? ''];
	return (value) => (isEmpty(value) ? operator === 'not_eq' : test(Number(value)));
}

function dateMatch(filter: FilterValue, now: Date): Match {
	const [wanted = ''] = filter.values;
	const today = (offset: number) =>
		within({ first: dayAfter(now, offset), last: dayAfter(now, offset) });
	switch (filter.operator) {
		case 'before_date':
			return (value) => !isEmpty(value) && String(value) < wanted;
		case 'after_date':
			return (value) => !isEmpty(value) && String(value).slice(0, wanted.length) > wanted;
		case 'on_date':
			return startsWith(wanted);
		case 'not_on_date':
			return not(startsWith(wanted));
		case 'yesterday':
			return today(-1);
		case 'today':
			return today(0);
		case 'tomorrow':
			return today(1);
		case 'period_prev':
			return within(periodOf(now, filter.period ?? '', -1));
		case 'period_current':
			return within(periodOf(now, filter.period ?? '', 0));
		case 'period_next':
			return within(periodOf(now, filter.period ?? '', 1));
		default:
			return between(filter);
	}
}

const isEmpty: Match = (value) => value === null || value === '';

/** A period that the server does not know has no days. */
function within(days: Days | undefined): Match {
	if (!days) return () => false;
	return (value) => {
		const day = (value ?? '').slice(0, 10);
		return day >= days.first && day <= days.last;
	};
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
			// No value is equal to nothing in a database, not even 0.
			return (value) => value !== null && (value === '1') === isSet;
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

function endsWith(wanted: string): Match {
	const folded = wanted.toLowerCase();
	return (value) => (value ?? '').toLowerCase().endsWith(folded);
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
