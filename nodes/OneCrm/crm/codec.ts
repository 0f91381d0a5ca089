import { readBoolean } from './boolean';
import { decodeMoment, encodeDate, encodeMoment, isNoDate } from './moment';
import type { ServerValue, ValueOwner } from './value';
import { invalidValue } from './value';

/** Between the values of a multi-select, as 1CRM stores them. */
const MULTI_SELECT_SEPARATOR = '^,^';

/**
 * A value in 1CRM's encoding: booleans 1 and 0, numbers as written (no float in between), dates
 * `YYYY-MM-DD`, date-times `YYYY-MM-DD HH:MM:SS` in UTC, a multi-select joined with `^,^`.
 *
 * `value` may be what n8n passes: a string, number, boolean, array, JavaScript date or luxon date-time. A date-time
 * without a zone is in `timezone` (IANA name), but in UTC if it has the form in which 1CRM returns it. Null and an
 * empty text clear the field. Throws a `UserError` that names field and value if the field can't contain it.
 *
 * With `onUnlisted`, a picklist takes a value that its list doesn't contain, and `onUnlisted` is called.
 */
export function encodeValue(
	owner: ValueOwner,
	value: unknown,
	timezone: string,
	onUnlisted?: () => void,
): ServerValue {
	if (value === null || value === undefined || value === '') return emptyValue(owner, value);
	switch (owner.kind) {
		case 'boolean':
			return encodeBoolean(owner, value);
		case 'integer':
			return encodeNumber(owner, value, /^[+-]?\d+$/, 'a whole number');
		case 'decimal':
			return encodeNumber(owner, value, /^[+-]?\d+(\.\d+)?$/, 'a number, written like 1234.56');
		case 'date':
			return isNoDate(value) ? null : encodeDate(owner, value, timezone);
		case 'dateTime':
			return isNoDate(value) ? null : encodeMoment(owner, value, timezone).second;
		case 'picklist':
			return encodeOption(owner, value, onUnlisted);
		case 'multiSelect':
			return multiSelectValues(owner, value)
				.map((single) => encodeOption(owner, single, onUnlisted))
				.join(MULTI_SELECT_SEPARATOR);
		case 'file':
		case 'text':
			return encodeText(owner, value);
	}
}

/**
 * A database column for text takes an empty text. One for dates or numbers doesn't, and takes null. Which of the two
 * clears a reference is not documented: there the user decides.
 */
function emptyValue({ kind, type }: ValueOwner, value: '' | null | undefined): ServerValue {
	if (type === 'id') return value ?? null;
	if (kind === 'boolean') return 0;
	return kind === 'date' || kind === 'dateTime' || kind === 'decimal' || kind === 'integer'
		? null
		: '';
}

function encodeBoolean(owner: ValueOwner, value: unknown): number {
	const truth = readBoolean(value);
	if (truth === undefined) throw invalidValue(owner, value, 'true or false');
	return truth ? 1 : 0;
}

function encodeNumber(owner: ValueOwner, value: unknown, form: RegExp, expected: string): string {
	const written =
		typeof value === 'number' || typeof value === 'string' ? plainNumber(value).trim() : '';
	if (!form.test(written)) throw invalidValue(owner, value, expected);
	return written.replace('+', '');
}

/** JavaScript writes very small and large numbers with an exponent, e.g. 1e-7, which no column takes. */
function plainNumber(value: number | string): string {
	const parts = /(-?)(\d)\.?(\d*)e([+-]\d+)/.exec(String(value));
	if (typeof value === 'string' || parts === null) return String(value);
	const [, sign, first, rest, exponent] = parts;
	return exponent.startsWith('+')
		? BigInt(value).toString()
		: `${sign}0.${'0'.repeat(-1 - Number(exponent))}${first}${rest}`;
}

/**
 * The stored value of a picklist entry, given by value or, if only one has it, by label. A picklist whose options 1CRM
 * doesn't list takes any text.
 */
function encodeOption(owner: ValueOwner, value: unknown, onUnlisted?: () => void): string {
	const text = encodeText(owner, value).trim();
	if (owner.options.length === 0) return text;
	const exact = owner.options.find((option) => option.value.trim() === text);
	if (exact) return exact.value;
	const labelled = owner.options.filter(
		(option) => option.label.toLowerCase() === text.toLowerCase(),
	);
	if (labelled.length === 1) return labelled[0].value;
	if (onUnlisted) {
		onUnlisted();
		return text;
	}
	throw invalidValue(
		owner,
		value,
		`one of: ${owner.options.map((option) => option.value).join(', ')}`,
	);
}

/**
 * The single values of a multi-select. A text is one value, values in 1CRM's own encoding, a JSON array, or values with
 * commas between them. A text that is itself an option isn't split at its commas.
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
			throw invalidValue(owner, value, 'a list of values, e.g. ["A", "B"]');
		}
	}
	return text.split(',');
}

function encodeText(owner: ValueOwner, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
		return String(value);
	}
	if (value instanceof Date) return value.toISOString();
	throw invalidValue(owner, value, 'text');
}

/**
 * A value of 1CRM as JSON: booleans, numbers (as text if JavaScript would lose digits),
 * arrays for multi-selects, date-times in ISO 8601 with zone. Anything else is left as it is.
 */
export function decodeValue(owner: Pick<ValueOwner, 'kind'>, value: unknown): unknown {
	// 1CRM returns either if nothing is chosen.
	if (owner.kind === 'multiSelect' && (value === null || value === '')) return [];
	if (value === '' && owner.kind !== 'text' && owner.kind !== 'picklist') return null;
	if (typeof value !== 'string' && typeof value !== 'number') return value;
	const text = String(value).trim();
	switch (owner.kind) {
		case 'boolean':
			return readBoolean(text) ?? value;
		case 'integer':
		case 'decimal':
			return decodeNumber(text) ?? value;
		case 'dateTime':
			return decodeMoment(text);
		case 'date':
			return isNoDate(text) ? null : value;
		case 'multiSelect':
			return text.split(MULTI_SELECT_SEPARATOR);
		default:
			return value;
	}
}

/** 15 significant digits survive a double. */
function decodeNumber(text: string): number | undefined {
	const isNumber = /^-?\d+(\.\d+)?$/.test(text);
	const digits = text.replace(/\D/g, '').replace(/^0+/, '').length;
	return isNumber && digits <= 15 ? Number(text) : undefined;
}
