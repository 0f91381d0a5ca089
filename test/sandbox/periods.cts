/** From a day to another, both included, as `YYYY-MM-DD`. */
export interface Days {
	first: string;
	last: string;
}

const DAY_MS = 86_400_000;
const MONTHS: Record<string, number> = {
	month: 1,
	quarter: 3,
	fiscal_quarter: 3,
	year: 12,
	fiscal_year: 12,
};
const LENGTHS: Record<string, number> = { days_7: 7, days_30: 30, days_90: 90 };

/** A day so many days after the one that it is. */
export const dayAfter = (now: Date, days: number): string =>
	new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);

/** The days of a period: the one that it is with `offset` 0, -1 for the one before, 1 for the next. */
export function periodOf(now: Date, period: string, offset: number): Days | undefined {
	if (period === 'week') {
		// From Monday on.
		const start = offset * 7 - ((now.getUTCDay() + 6) % 7);
		return { first: dayAfter(now, start), last: dayAfter(now, start + 6) };
	}
	if (Object.hasOwn(LENGTHS, period)) {
		const start = offset * LENGTHS[period];
		return { first: dayAfter(now, start), last: dayAfter(now, start + LENGTHS[period] - 1) };
	}
	if (!Object.hasOwn(MONTHS, period)) return undefined;
	const months = MONTHS[period];
	const start = Math.floor(now.getUTCMonth() / months) * months + offset * months;
	const at = (month: number, day: number) =>
		new Date(Date.UTC(now.getUTCFullYear(), month, day)).toISOString().slice(0, 10);
	return { first: at(start, 1), last: at(start + months, 0) };
}
