import { tryToParseDateTime, UserError } from 'n8n-workflow';

import type { Field, Filter } from './metadata';

/** Between the values of a multi-select, as 1CRM stores them. */
const MULTI_SELECT_SEPARATOR = '^,^';

const TRUE_WORDS = new Set(['1', 'true', 'yes', 'on']);
const FALSE_WORDS = new Set(['0', 'false', 'no', 'off']);

/** A date, alone or with a time behind it. Nothing else reaches the parser, which would guess. */
const WRITTEN_DATE = /^\d{4}-\d{2}-\d{2}(?=$|[T\s])/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HTTP_DATE = /^[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4} /;
/** How MySQL writes that there is none. */
const NO_DATE = /^0000-00-00/;
/** As 1CRM itself writes date-times, always in UTC. */
const SERVER_DATE_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?$/;

/** A field or filter, as far as its values are concerned. */
export type ValueOwner = Pick<Field | Filter, 'kind' | 'label' | 'options'>;

/** What 1CRM takes as a field's value. */
export type ServerValue = string | number | null;

/**
 * A value in 1CRM's encoding: booleans 1 and 0, numbers as written (no float in between), dates
 * `YYYY-MM-DD`, date-times `YYYY-MM-DD HH:MM:SS` in UTC, a multi-select joined with `^,^`.
 *
 * `value` may be what n8n gives: a string, number, boolean, array, JavaScript date or luxon date-time.
 * A date-time without a zone is one of `timezone` (IANA name), unless it has the form in which 1CRM
 * gives it back, which is UTC. Null and an empty text clear the field. Throws a `UserError` that names
 * field and value when the field cannot hold it.
 */
export function encodeValue(owner: ValueOwner, value: unknown, timezone: string): ServerValue {
	if (value === null || value === undefined || value === '') return emptyValue(owner);
	switch (owner.kind) {
		case 'boolean':
			return encodeBoolean(owner, value);
		case 'integer':
			return encodeNumber(owner, value, /^[+-]?\d+$/, 'a whole number');
		case 'decimal':
			return encodeNumber(owner, value, /^[+-]?\d+(\.\d+)?$/, 'a number, written like 1234.56');
		case 'date':
			return encodeDate(owner, value, timezone);
		case 'dateTime':
			return encodeDateTime(owner, value, timezone);
		case 'picklist':
			return encodeOption(owner, value);
		case 'multiSelect':
			return multiSelectValues(owner, value)
				.map((single) => encodeOption(owner, single))
				.join(MULTI_SELECT_SEPARATOR);
		case 'file':
		case 'text':
			return encodeText(owner, value);
	}
}

/** A database column for text takes an empty text; one for dates or numbers takes none. */
function emptyValue({ kind }: ValueOwner): ServerValue {
	if (kind === 'boolean') return 0;
	return kind === 'date' || kind === 'dateTime' || kind === 'decimal' || kind === 'integer'
		? null
		: '';
}

function encodeBoolean(owner: ValueOwner, value: unknown): number {
	const word = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
	if (TRUE_WORDS.has(word)) return 1;
	if (FALSE_WORDS.has(word)) return 0;
	throw unfit(owner, value, 'true or false');
}

function encodeNumber(owner: ValueOwner, value: unknown, form: RegExp, expected: string): string {
	const written =
		typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	if (!form.test(written)) throw unfit(owner, value, expected);
	return written.replace(/^\+/, '');
}

function encodeDate(owner: ValueOwner, value: unknown, timezone: string): string {
	const expected = 'a date, e.g. 2026-07-14';
	const written = typeof value === 'string' ? WRITTEN_DATE.exec(value.trim())?.[0] : undefined;
	// A written day is taken as it is; parsing it in UTC, which skips no day, tells whether it is one.
	const day = written ?? parseMoment(owner, value, timezone, expected).toISODate();
	if (written !== undefined) parseMoment(owner, value, 'utc', expected);
	if (day === null || !DAY.test(day)) throw unfit(owner, value, expected);
	return day;
}

/** `toISO` writes Western digits whatever the locale of a date is, `toFormat` does not. */
function encodeDateTime(owner: ValueOwner, value: unknown, timezone: string): string {
	const expected = 'a date and time, e.g. 2026-07-14T09:30:00+02:00';
	const moment = parseMoment(owner, value, timezone, expected).toUTC().toISO();
	const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/.exec(moment ?? '');
	if (parts === null) throw unfit(owner, value, expected);
	return `${parts[1]} ${parts[2]}`;
}

function parseMoment(owner: ValueOwner, value: unknown, timezone: string, expected: string) {
	const written = typeof value === 'string' ? value.trim() : value;
	const isText = typeof written === 'string';
	if (isText && !WRITTEN_DATE.test(written) && !HTTP_DATE.test(written)) {
		throw unfit(owner, value, expected);
	}
	if (!isText && typeof written !== 'object') throw unfit(owner, value, expected);
	// The parser would make the 2nd of March of the 30th of February.
	if (isText && WRITTEN_DATE.test(written) && !isCalendarDay(written.slice(0, 10))) {
		throw unfit(owner, value, expected);
	}
	const zone = isText && SERVER_DATE_TIME.test(written) ? 'utc' : timezone;
	try {
		return tryToParseDateTime(written, zone);
	} catch {
		throw unfit(owner, value, expected);
	}
}

/** Whether a day `YYYY-MM-DD` is one that the calendar has. */
function isCalendarDay(day: string): boolean {
	const [year, month, date] = day.split('-').map(Number);
	const moment = new Date(Date.UTC(year, month - 1, date));
	return moment.getUTCMonth() === month - 1 && moment.getUTCDate() === date;
}

/**
 * The stored value of a picklist entry, given by value or, where that is unmistakable, by label.
 * A picklist whose options 1CRM does not tell takes any text.
 */
function encodeOption(owner: ValueOwner, value: unknown): string {
	const text = encodeText(owner, value).trim();
	if (owner.options.length === 0) return text;
	const exact = owner.options.find((option) => option.value.trim() === text);
	if (exact) return exact.value;
	const labelled = owner.options.filter(
		(option) => option.label.toLowerCase() === text.toLowerCase(),
	);
	if (labelled.length === 1) return labelled[0].value;
	throw unfit(owner, value, `one of: ${owner.options.map((option) => option.value).join(', ')}`);
}

/**
 * The single values of a multi-select. A text is one value, values in 1CRM's own encoding, a JSON
 * array, or values with commas between them; a comma that belongs to a value wins.
 */
function multiSelectValues(owner: ValueOwner, value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	const text = encodeText(owner, value).trim();
	if (owner.options.some((option) => option.value === text || option.label === text)) return [text];
	if (text.includes(MULTI_SELECT_SEPARATOR)) return text.split(MULTI_SELECT_SEPARATOR);
	if (text.startsWith('[')) {
		try {
			return JSON.parse(text) as unknown[];
		} catch {
			throw unfit(owner, value, 'a list of values, e.g. ["A", "B"]');
		}
	}
	return text.split(',').map((part) => part.trim());
}

function encodeText(owner: ValueOwner, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
		return String(value);
	}
	if (value instanceof Date) return value.toISOString();
	throw unfit(owner, value, 'text');
}

function unfit({ label }: ValueOwner, value: unknown, expected: string): UserError {
	const shown = typeof value === 'string' ? value : JSON.stringify(value);
	return new UserError(`'${label}' takes ${expected}, not "${String(shown).slice(0, 200)}"`);
}

/**
 * A value of 1CRM as JSON: booleans, numbers (as text where JavaScript could not hold every digit),
 * arrays for multi-selects, date-times in ISO 8601 with zone. Anything else is left as it is.
 */
export function decodeValue(owner: Pick<ValueOwner, 'kind'>, value: unknown): unknown {
	if (value === undefined) return value;
	// 1CRM gives either where nothing is chosen.
	if (owner.kind === 'multiSelect' && (value === null || value === '')) return [];
	if (value === null) return value;
	if (value === '' && owner.kind !== 'text' && owner.kind !== 'picklist') return null;
	if (typeof value !== 'string' && typeof value !== 'number') return value;
	const text = String(value).trim();
	switch (owner.kind) {
		case 'boolean':
			if (TRUE_WORDS.has(text.toLowerCase())) return true;
			return FALSE_WORDS.has(text.toLowerCase()) ? false : value;
		case 'integer':
		case 'decimal':
			return decodeNumber(text) ?? value;
		case 'dateTime':
			if (NO_DATE.test(text)) return null;
			return SERVER_DATE_TIME.test(text) ? `${text.replace(' ', 'T')}Z` : value;
		case 'date':
			return NO_DATE.test(text) ? null : value;
		case 'multiSelect':
			return text.split(MULTI_SELECT_SEPARATOR);
		default:
			return value;
	}
}

/** 15 significant digits survive a double. */
function decodeNumber(text: string): number | undefined {
	const isNumber = /^-?\d+(\.\d+)?$/.test(text);
	const digits = text.replace(/^-?0*|\./g, '').replace(/^0+/, '').length;
	return isNumber && digits <= 15 ? Number(text) : undefined;
}
