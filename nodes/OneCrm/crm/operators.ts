import type { Filter } from './metadata';

/** An operator in 1CRM's own word, and what people call it. */
export interface Operator {
	name: string;
	value: string;
	/** What it takes beside the filter: a value unless said otherwise. */
	takes?: 'nothing' | 'period' | 'range' | 'values';
}

const EMPTY: Operator[] = [
	{ name: 'Is Empty', value: 'empty', takes: 'nothing' },
	{ name: 'Is Not Empty', value: 'not_empty', takes: 'nothing' },
];

export const EQUALS: Operator = { name: 'Equals', value: 'eq' };
const NOT_EQUALS: Operator = { name: "Doesn't Equal", value: 'not_eq' };

const TEXT: Operator[] = [
	EQUALS,
	{ name: 'Contains', value: 'like' },
	{ name: 'Begins With', value: 'prefix' },
	{ name: 'Ends With', value: 'suffix' },
	NOT_EQUALS,
	{ name: "Doesn't Contain", value: 'not_like' },
	...EMPTY,
];

const NUMBER: Operator[] = [
	EQUALS,
	NOT_EQUALS,
	{ name: 'Is Greater Than', value: 'gt' },
	{ name: 'Is Greater Than or Equal To', value: 'gte' },
	{ name: 'Is Less Than', value: 'lt' },
	{ name: 'Is Less Than or Equal To', value: 'lte' },
	{ name: 'Is Between', value: 'between', takes: 'range' },
	...EMPTY,
];

const SELECT: Operator[] = [
	EQUALS,
	NOT_EQUALS,
	{ name: 'Is Any Of', value: 'any_of', takes: 'values' },
	{ name: 'Is None Of', value: 'not_any_of', takes: 'values' },
	...EMPTY,
];

const DATE: Operator[] = [
	{ name: 'Is On', value: 'on_date' },
	{ name: 'Is Not On', value: 'not_on_date' },
	{ name: 'Is Before', value: 'before_date' },
	{ name: 'Is After', value: 'after_date' },
	{ name: 'Is Between (Dates)', value: 'between_dates', takes: 'range' },
	{ name: 'Is Yesterday', value: 'yesterday', takes: 'nothing' },
	{ name: 'Is Today', value: 'today', takes: 'nothing' },
	{ name: 'Is Tomorrow', value: 'tomorrow', takes: 'nothing' },
	{ name: 'Is in the Previous', value: 'period_prev', takes: 'period' },
	{ name: 'Is in the Current', value: 'period_current', takes: 'period' },
	{ name: 'Is in the Next', value: 'period_next', takes: 'period' },
	...EMPTY,
];

const SWITCH: Operator[] = [EQUALS, NOT_EQUALS];

/** Types that 1CRM counts although their values are read as text. */
export const COUNTED_TYPES = new Set(['duration', 'item_number', 'reminder', 'sequence_number']);

/** What `period_prev`, `period_current` and `period_next` may be about. */
export const PERIODS = [
	{ name: '30 Days', value: 'days_30' },
	{ name: '7 Days', value: 'days_7' },
	{ name: '90 Days', value: 'days_90' },
	{ name: 'Fiscal Quarter', value: 'fiscal_quarter' },
	{ name: 'Fiscal Year', value: 'fiscal_year' },
	{ name: 'Month', value: 'month' },
	{ name: 'Quarter', value: 'quarter' },
	{ name: 'Week', value: 'week' },
	{ name: 'Year', value: 'year' },
];

/** Every operator that a filter can have. Some filters share words. */
export const OPERATORS: Operator[] = [
	...new Map(
		[...TEXT, ...NUMBER, ...SELECT, ...DATE].map((operator) => [operator.value, operator]),
	).values(),
];

const thatTake = (...what: Array<Operator['takes']>): string[] =>
	OPERATORS.filter(({ takes }) => what.includes(takes)).map(({ value }) => value);

export const WITHOUT_VALUE = thatTake('nothing', 'period');
export const WITH_PERIOD = thatTake('period');
export const WITH_RANGE = thatTake('range');

/** 1CRM's words for comparing dates, by those that other filters use. */
const WORDS_FOR_DATES: Readonly<Record<string, string>> = { eq: 'on_date', not_eq: 'not_on_date' };

/** 1CRM's operators for a filter, the usual one first. It ignores any other operator, or the whole filter. */
export function operatorsOf(filter: Pick<Filter, 'kind' | 'options' | 'type'>): Operator[] {
	const { kind, type, options } = filter;
	// They aren't compared with a column: one of their own values, or a text to look for, is chosen.
	if (type === 'flag' || type === 'owner' || type === 'unified_search') return [EQUALS];
	if (COUNTED_TYPES.has(type)) return NUMBER;
	switch (kind) {
		case 'boolean':
			return SWITCH;
		case 'date':
		case 'dateTime':
			return DATE;
		case 'decimal':
		case 'integer':
			return NUMBER;
		case 'picklist':
		case 'multiSelect':
			return SELECT;
		default:
			return type === 'id' || options.length > 0 ? SELECT : TEXT;
	}
}

/** The operator that 1CRM has under this word for a filter, or `undefined`. */
export function findOperator(
	filter: Pick<Filter, 'kind' | 'options' | 'type'>,
	word: string,
): Operator | undefined {
	const isDate = filter.kind === 'date' || filter.kind === 'dateTime';
	const own = isDate && Object.hasOwn(WORDS_FOR_DATES, word) ? WORDS_FOR_DATES[word] : word;
	return operatorsOf(filter).find(({ value }) => value === own);
}
