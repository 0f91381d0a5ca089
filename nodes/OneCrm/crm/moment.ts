import { tryToParseDateTime } from 'n8n-workflow';

import type { ValueOwner } from './value';
import { invalidValue } from './value';

/**
 * ISO 8601: a day, alone or with a time, which can have a zone. Of other texts, only an HTTP date reaches the parser:
 * any other text, such as `9:30 AM`, would be read in the time zone of n8n's own process.
 */
const WRITTEN_DATE =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](?:[01]\d|2[0-3]):?[0-5]\d(?::?[0-5]\d(?:[.,]\d+)?)?(?: ?(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?))?)?$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HTTP_DATE =
	/^[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}(:\d{2})? (GMT|UTC?|[+-]\d{4})$/;
/** How MySQL writes a missing date. */
const NO_DATE = /^0000-00-00/;
/** As 1CRM itself writes date-times, always in UTC. Databases add parts of a second. */
const SERVER_DATE_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

type Owner = Pick<ValueOwner, 'label'>;

/** Whether a value is how MySQL writes a missing date. */
export function isNoDate(value: unknown): boolean {
	return typeof value === 'string' && NO_DATE.test(value.trim());
}

/** The calendar day of a date, `YYYY-MM-DD`: the day that was written, or the day in `timezone`. */
export function encodeDate(owner: Owner, value: unknown, timezone: string): string {
	const expected = 'a date, e.g. 2026-07-14';
	const written = typeof value === 'string' ? WRITTEN_DATE.exec(value.trim())?.[1] : undefined;
	// A written day is taken as it is. Parsing it in UTC, which skips no day, shows whether it exists.
	const day = written ?? parseMoment(owner, value, timezone, expected).toISODate();
	if (written !== undefined) parseMoment(owner, value, 'utc', expected);
	if (day === null || !DAY.test(day)) throw invalidValue(owner, value, expected);
	return day;
}

/** A moment as 1CRM keeps one. */
export interface Moment {
	/** The second that it lies in, `YYYY-MM-DD HH:MM:SS` in UTC. */
	second: string;
	/** Whether that second began before it. */
	hasFraction: boolean;
}

/** A date-time in 1CRM's form. `toISO` writes Western digits whatever the locale of a date is, `toFormat` does not. */
export function encodeMoment(owner: Owner, value: unknown, timezone: string): Moment {
	const expected = 'a date and time, e.g. 2026-07-14T09:30:00+02:00';
	const moment = parseMoment(owner, value, timezone, expected);
	const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/.exec(moment.toUTC().toISO() ?? '');
	if (parts === null) throw invalidValue(owner, value, expected);
	return { second: `${parts[1]} ${parts[2]}`, hasFraction: moment.millisecond > 0 };
}

/** A day alone means its first moment, which as the end of a period would leave the whole day out. */
export function endOfDay(value: unknown): unknown {
	const isDay = typeof value === 'string' && DAY.test(value.trim());
	return isDay ? `${value.trim()}T23:59:59` : value;
}

/** A date-time of 1CRM in ISO 8601 with its zone, or null for none; any other text as it is. */
export function decodeMoment(text: string): string | null {
	if (isNoDate(text)) return null;
	return SERVER_DATE_TIME.test(text) ? `${text.replace(' ', 'T')}Z` : text;
}

/** A moment in milliseconds since 1970, in 1CRM's form. */
export function asSecond(moment: number): string {
	return new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
}

/** The second that comes so many milliseconds after another one, both in 1CRM's form. */
export function secondAfter(second: string, milliseconds: number): string {
	return asSecond(Date.parse(`${second.replace(' ', 'T')}Z`) + milliseconds);
}

function parseMoment(owner: Owner, value: unknown, timezone: string, expected: string) {
	const written = typeof value === 'string' ? value.trim() : value;
	const isText = typeof written === 'string';
	if (isText && !WRITTEN_DATE.test(written) && !HTTP_DATE.test(written)) {
		throw invalidValue(owner, value, expected);
	}
	// The parser would read a list of one text like the text itself, in whatever form.
	if (!isText && (typeof written !== 'object' || Array.isArray(written))) {
		throw invalidValue(owner, value, expected);
	}
	// The parser would turn February 30 into March 2.
	if (isText && WRITTEN_DATE.test(written) && !isCalendarDay(written.slice(0, 10))) {
		throw invalidValue(owner, value, expected);
	}
	const zone = isText && SERVER_DATE_TIME.test(written) ? 'utc' : timezone;
	try {
		return tryToParseDateTime(written, zone);
	} catch {
		throw invalidValue(owner, value, expected);
	}
}

/** Whether a day `YYYY-MM-DD` is one that the calendar has. */
function isCalendarDay(day: string): boolean {
	const [year, month, date] = day.split('-').map(Number);
	// A day that the month doesn't have lies in another one.
	return new Date(Date.UTC(year, month - 1, date)).getUTCMonth() === month - 1;
}
