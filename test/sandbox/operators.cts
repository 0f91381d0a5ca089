import type { FilterFacts } from './modules/definition.cts';
import { isNumeric } from './values.cts';

/** What a filter compares, as far as its operators are concerned. */
type FilterFamily = 'date' | 'flag' | 'number' | 'select' | 'text';

const FLAGS = ['bool', 'flag'];
const SELECTS = ['enum', 'status', 'multienum', 'id', 'module_name'];

/** The operators of 1CRM's own lists, by what a filter compares. */
const OPERATORS: Record<FilterFamily, readonly string[]> = {
	date: [
		...['before_date', 'after_date', 'on_date', 'not_on_date', 'between_dates'],
		...['empty', 'not_empty', 'yesterday', 'today', 'tomorrow'],
		...['period_prev', 'period_current', 'period_next'],
	],
	flag: ['eq', 'not_eq', '!='],
	number: ['eq', 'not_eq', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'not_empty'],
	select: ['eq', 'not_eq', 'any_of', 'not_any_of', 'empty', 'not_empty'],
	text: ['like', 'eq', 'prefix', 'suffix', 'not_like', 'not_eq', 'empty', 'not_empty'],
};

/** These compare with nothing that a request would have to give. */
const WITHOUT_VALUE = [
	...['empty', 'not_empty', 'yesterday', 'today', 'tomorrow'],
	...['period_prev', 'period_current', 'period_next'],
];

export function familyOf({ type }: Pick<FilterFacts, 'type'>): FilterFamily {
	if (type === 'date' || type === 'datetime') return 'date';
	if (isNumeric(type)) return 'number';
	if (FLAGS.includes(type)) return 'flag';
	return SELECTS.includes(type) ? 'select' : 'text';
}

export const hasOperator = (facts: Pick<FilterFacts, 'type'>, operator: string): boolean =>
	OPERATORS[familyOf(facts)].includes(operator);

export const needsNoValue = (operator: string | undefined): boolean =>
	operator !== undefined && WITHOUT_VALUE.includes(operator);
