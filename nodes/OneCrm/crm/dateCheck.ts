import type { EncodedCondition } from './filters';

const DAY_MS = 86_400_000;

/** How many days each period can have. */
const LENGTHS: Readonly<Record<string, number>> = {
	week: 7,
	month: 31,
	quarter: 92,
	fiscal_quarter: 92,
	year: 366,
	fiscal_year: 366,
	// A server may count today as well.
	days_7: 8,
	days_30: 31,
	days_90: 91,
};

const TODAY = new Set(['yesterday', 'today', 'tomorrow']);

/** It isn't known in which time zone 1CRM begins the day of a date-time. */
const slackOf = (kind: string): number => (kind === 'dateTime' ? 1 : 0);

/** Whether a date can meet a condition. What is relative to today, by 1CRM's clock, is left to `mostDaysApart`. */
export function dateMeets(
	{ operator: { value: operator }, value = '', end = '' }: EncodedCondition,
	kind: string,
	text: string,
): boolean {
	const [day, first, last] = [text, value, end].map(dayOf);
	const slack = slackOf(kind);
	const isWithin = (from: number, to: number): boolean => !(day < from - slack || day > to + slack);
	switch (operator) {
		case 'on_date':
			return isWithin(first, first);
		case 'not_on_date':
			return slack > 0 || day !== first;
		case 'before_date':
			return isWithin(-Infinity, slack > 0 ? first : first - 1);
		case 'after_date':
			return isWithin(slack > 0 ? first : first + 1, Infinity);
		case 'between_dates':
			return isWithin(first, last);
		default:
			return true;
	}
}

/**
 * For records that meet a condition: how many days apart their dates can be; not a number if that isn't limited. Of a
 * day or a period relative to today, nothing else is known: 1CRM has its own clock and time zone, and a week or a fiscal
 * year may begin on any day.
 */
export function mostDaysApart({ operator, period = '' }: EncodedCondition, kind: string): number {
	const length = TODAY.has(operator.value) ? 1 : LENGTHS[period];
	return length - 1 + slackOf(kind);
}

/** Days since 1970; not a number if there is no date. */
export function dayOf(text: string): number {
	return Math.floor(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY_MS);
}
