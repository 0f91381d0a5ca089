import type { FieldFacts } from './modules/definition.cts';

const WHOLE = ['int', 'number', 'percent', 'progress', 'duration', 'reminder', 'star_rating'];
const DECIMAL = ['decimal', 'double', 'float'];
const MONEY = ['currency', 'base_currency', 'raw_currency'];

export const isNumeric = (type: string) =>
	[...WHOLE, ...DECIMAL, ...MONEY, 'sequence_number', 'item_number'].includes(type);

/** The moment as 1CRM stores it: UTC, without a zone. */
export function timestamp(date: Date): string {
	return date.toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * A value as its column stores it: a text or null. Accepts only what is documented, so that a client can't
 * rely on leniency that a real server may lack. For example, an ISO date-time is lost, as in a database that
 * isn't strict.
 */
export function columnValue(field: FieldFacts, value: unknown): string | null {
	if (field.type === 'bool') return isTrue(value) ? '1' : '0';
	const text = asText(value);
	if (text === null) return null;
	if (field.type === 'date') return dateColumn(text, /^\d{4}-\d\d-\d\d$/, '0000-00-00');
	if (field.type === 'datetime') {
		return dateColumn(text, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, '0000-00-00 00:00:00');
	}
	if (field.type === 'id') return text === '' ? null : text;
	if (isNumeric(field.type)) return numberColumn(field.type, text);
	return field.len !== undefined && text.length > field.len ? text.slice(0, field.len) : text;
}

/** Whether a value is true in a column, and in a filter on one. */
export function isTrue(value: unknown): boolean {
	return value === true || ['1', 'on', 'yes'].includes(String(value));
}

/** Whether a request asks for something with a flag, which 1CRM's callers also write as "true". */
export function isFlagSet(value: unknown): boolean {
	return isTrue(value) || value === 'true';
}

function asText(value: unknown): string | null {
	if (value === null || value === undefined) return null;
	if (typeof value === 'boolean') return value ? '1' : '';
	// PHP turns an array into this word.
	if (typeof value === 'object') return 'Array';
	return String(value);
}

function dateColumn(text: string, form: RegExp, zero: string): string | null {
	if (text === '') return null;
	return form.test(text) ? text : zero;
}

function numberColumn(type: string, text: string): string | null {
	if (text === '') return null;
	const number = Number.parseFloat(text);
	if (Number.isNaN(number)) return '0';
	if (MONEY.includes(type)) return moneyColumn(number);
	return String(WHOLE.includes(type) ? Math.round(number) : number);
}

/** Amounts are kept as floating point numbers: as many decimals as were sent, at least two of them shown. */
function moneyColumn(number: number): string {
	const decimals = /\.(\d+)$/.exec(String(number))?.[1].length ?? 0;
	return number.toFixed(Math.max(2, decimals));
}
