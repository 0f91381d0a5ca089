import { dateMeets, dayOf, mostDaysApart } from '../../../../../nodes/OneCrm/crm/dateCheck';
import type { EncodedCondition } from '../../../../../nodes/OneCrm/crm/filters';

const conditionOf = (operator: string, value?: string, end?: string): EncodedCondition =>
	({ filter: {}, operator: { value: operator }, value, end }) as EncodedCondition;

const DAY = '2026-07-14';
const DAYS = ['2026-07-12', '2026-07-13', '2026-07-14', '2026-07-15', '2026-07-16'];

/** The days in July of those above that can meet a condition. */
function daysOf(kind: string, condition: EncodedCondition): number[] {
	const meeting = DAYS.filter((day) => dateMeets(condition, kind, day));
	return meeting.map((day) => Number(day.slice(-2)));
}

describe('A date meets', () => {
	it.each<[string, string, string | undefined, number[]]>([
		['on_date', DAY, undefined, [14]],
		['not_on_date', DAY, undefined, [12, 13, 15, 16]],
		['before_date', DAY, undefined, [12, 13]],
		['after_date', DAY, undefined, [15, 16]],
		['between_dates', '2026-07-13', '2026-07-14', [13, 14]],
		['today', '', undefined, [12, 13, 14, 15, 16]],
		['period_prev', '', undefined, [12, 13, 14, 15, 16]],
	])('%s %s %s', (operator, value, end, days) => {
		expect(daysOf('date', conditionOf(operator, value, end))).toEqual(days);
	});

	it('any condition if nobody can read it, or the condition', () => {
		expect(dateMeets(conditionOf('on_date', DAY), 'date', 'soon')).toBe(true);
		expect(dateMeets(conditionOf('on_date'), 'date', DAY)).toBe(true);
		expect(dateMeets(conditionOf('between_dates', DAY), 'date', DAY)).toBe(true);
	});
});

describe('A date-time, whose day may begin in any time zone, meets', () => {
	it.each<[string, string, string | undefined, number[]]>([
		['on_date', DAY, undefined, [13, 14, 15]],
		['not_on_date', DAY, undefined, [12, 13, 14, 15, 16]],
		['before_date', DAY, undefined, [12, 13, 14, 15]],
		['after_date', DAY, undefined, [13, 14, 15, 16]],
		['between_dates', '2026-07-14', '2026-07-14', [13, 14, 15]],
	])('%s %s %s', (operator, value, end, days) => {
		expect(daysOf('dateTime', conditionOf(operator, value, end))).toEqual(days);
	});

	it('a condition whatever its time of day is', () => {
		expect(dateMeets(conditionOf('on_date', DAY), 'dateTime', `2026-07-15 23:59:59`)).toBe(true);
		expect(dateMeets(conditionOf('on_date', DAY), 'dateTime', `2026-07-16 00:00:00`)).toBe(false);
	});
});

describe('Dates that meet a condition are apart at most', () => {
	const apart = (kind: string, operator: string, period?: string): number =>
		mostDaysApart({ ...conditionOf(operator), period }, kind);

	it.each([
		['week', 6],
		['month', 30],
		['quarter', 91],
		['fiscal_quarter', 91],
		['year', 365],
		['fiscal_year', 365],
		['days_7', 7],
		['days_30', 30],
		['days_90', 90],
	])('for a %s %d days, and one more for date-times', (period, days) => {
		expect(apart('date', 'period_prev', period)).toBe(days);
		expect(apart('dateTime', 'period_next', period)).toBe(days + 1);
	});

	it.each(['yesterday', 'today', 'tomorrow'])('for %s no day, and one for date-times', (day) => {
		expect(apart('date', day)).toBe(0);
		expect(apart('dateTime', day)).toBe(1);
	});

	it('as far as nobody knows, if it is not about today', () => {
		expect(apart('date', 'on_date')).toBeNaN();
	});
});

describe('The day of a text', () => {
	it.each([
		['1970-01-01', 0],
		['1970-01-02 23:59:59', 1],
		['2026-07-14T23:59:59+02:00', 20_648],
		['1969-12-31', -1],
	])('%s is the day %d', (text, day) => {
		expect(dayOf(text)).toBe(day);
	});

	it.each(['', 'soon', '0000-00-00'])('%j is none', (text) => {
		expect(dayOf(text)).toBeNaN();
	});
});
