import fc from 'fast-check';
import { UserError } from 'n8n-workflow';
import { decodeValue, encodeValue } from '../../../../../nodes/OneCrm/crm/codec';
import { CASES } from '../../cases.cts';
import { KINDS, owner, plainOptions } from './owner.cts';
import { zone } from './zones.cts';

const encode = (kind: Parameters<typeof owner>[0], value: unknown) =>
	encodeValue(owner(kind), value, 'UTC');
const decode = (kind: Parameters<typeof owner>[0], value: unknown) =>
	decodeValue(owner(kind), value);

describe('a boolean', () => {
	it('comes back as it was written', () => {
		for (const value of [true, false])
			expect(decode('boolean', encode('boolean', value))).toBe(value);
	});

	it('is written as 1 or 0, in whatever words it is given', () => {
		const given = (words: string[]) => words.map((word) => encode('boolean', word));
		expect(given(['1', 'true', 'TRUE', ' yes ', 'On'])).toEqual([1, 1, 1, 1, 1]);
		expect(given(['0', 'false', 'False', ' no', 'OFF'])).toEqual([0, 0, 0, 0, 0]);
		expect([1, 0].map((value) => encode('boolean', value))).toEqual([1, 0]);
	});

	it.each(['maybe', 2, -1, {}, [], 'truefalse'])('is never guessed from %j', (value) => {
		expect(() => encode('boolean', value)).toThrow("'Field' takes true or false");
	});

	it('is read from the words of every column type', () => {
		expect(['1', 'on', 'yes', 1].map((value) => decode('boolean', value))).toEqual(
			Array(4).fill(true),
		);
		expect(['0', 'off', 'no', 0].map((value) => decode('boolean', value))).toEqual(
			Array(4).fill(false),
		);
		expect(decode('boolean', 'maybe')).toBe('maybe');
	});
});

describe('a number', () => {
	it('comes back with every digit, as a whole number', () => {
		const safe = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 });
		fc.assert(
			fc.property(safe, (value) => {
				expect(decode('integer', encode('integer', value))).toBe(value);
				expect(encode('integer', String(value))).toBe(String(value));
			}),
			CASES,
		);
	});

	it('comes back with every digit, as a decimal of 15 digits', () => {
		const whole = fc.integer({ min: -9_999_999, max: 9_999_999 });
		const fraction = fc.integer({ min: 0, max: 99_999_999 });
		fc.assert(
			fc.property(whole, fraction, (integer, behind) => {
				const written = `${integer}.${String(behind).padStart(8, '0')}`;
				expect(encode('decimal', written)).toBe(written);
				expect(decode('decimal', written)).toBe(Number(written));
			}),
			CASES,
		);
	});

	it('is written as the number that it is, or refused', () => {
		fc.assert(
			fc.property(fc.double(), (value) => {
				let written;
				try {
					written = encode('decimal', value);
				} catch (error) {
					expect(error).toBeInstanceOf(UserError);
					return;
				}
				expect(written).toMatch(/^-?\d+(\.\d+)?$/);
				// A negative zero is a zero.
				expect(Number(written)).toBe(value + 0);
			}),
			CASES,
		);
	});

	it('is written in full where JavaScript shortens it', () => {
		expect(encode('decimal', 0.3 - 0.1 * 3)).toBe('-0.00000000000000005551115123125783');
		expect(encode('decimal', 1e-7)).toBe('0.0000001');
		expect(encode('integer', 1e21)).toBe('1000000000000000000000');
		expect(() => encode('decimal', NaN)).toThrow('not "NaN"');
	});

	it('is read as text where JavaScript would lose digits of it', () => {
		const digits = fc.stringMatching(/^[1-9][0-9]{15,40}$/);
		fc.assert(
			fc.property(digits, (written) => {
				expect(encode('integer', written)).toBe(written);
				expect(decode('integer', written)).toBe(written);
			}),
			CASES,
		);
	});

	it.each([
		'1,5',
		'1.234,56',
		'1e3',
		'0x10',
		'NaN',
		'Infinity',
		'12 EUR',
		'.5',
		'5.',
		true,
		[5],
		{},
	])('is not read into %j', (value) => {
		expect(() => encode('decimal', value)).toThrow(/'Field' takes a number, written like 1234.56/);
	});

	it.each(['1.5', 1.5, NaN, Infinity])('that is whole is not read into %j', (value) => {
		expect(() => encode('integer', value)).toThrow(/'Field' takes a whole number/);
	});
});

describe('a text', () => {
	it('comes back as it was written, to the last white space', () => {
		const text = fc.string({ unit: 'binary', minLength: 1 });
		fc.assert(
			fc.property(text, (value) => {
				expect(encode('text', value)).toBe(value);
				expect(decode('text', value)).toBe(value);
			}),
			CASES,
		);
	});

	it('takes numbers, booleans and dates, but no objects', () => {
		expect(encode('text', 5)).toBe('5');
		expect(encode('text', false)).toBe('false');
		expect(encode('text', new Date(0))).toBe('1970-01-01T00:00:00.000Z');
		expect(() => encode('text', { a: 1 })).toThrow(`'Field' takes text, not "{"a":1}"`);
		expect(() => encode('text', ['a'])).toThrow(UserError);
	});
});

describe('an empty value', () => {
	it.each([
		['boolean', 0],
		['date', null],
		['dateTime', null],
		['decimal', null],
		['integer', null],
		['multiSelect', ''],
		['picklist', ''],
		['text', ''],
	] as const)('clears a field of the kind %s', (kind, written) => {
		for (const value of [null, undefined, '']) expect(encode(kind, value)).toBe(written);
	});

	it.each([
		['boolean', null],
		['date', null],
		['dateTime', null],
		['decimal', null],
		['integer', null],
		['multiSelect', []],
		['picklist', ''],
		['text', ''],
	] as const)('of the kind %s is read as such', (kind, read) => {
		expect(decode(kind, '')).toEqual(read);
		expect(decode(kind, null)).toEqual(kind === 'multiSelect' ? [] : null);
	});
});

describe.each(KINDS)('any value for a field of the kind %s', (kind) => {
	/** What String() stumbles over, see below. */
	const isOdd = (value: unknown) => /"(toString|valueOf)":/.test(JSON.stringify(value));
	const json = fc.jsonValue().filter((value) => !isOdd(value));

	it('is written as a text, a number or null, or refused in words that name the field', () => {
		fc.assert(
			fc.property(json, zone, fc.boolean(), (value, timezone, hasOptions) => {
				const field = owner(kind, hasOptions ? plainOptions('A', 'B') : []);
				try {
					const written = encodeValue(field, value, timezone);
					expect(written === null || ['string', 'number'].includes(typeof written)).toBe(true);
				} catch (error) {
					expect(error).toBeInstanceOf(UserError);
					expect((error as UserError).message).toMatch(/^'Field' takes .*, not "/s);
					expect((error as UserError).message.length).toBeLessThan(300);
				}
			}),
			CASES,
		);
	});

	it('is read without a failure', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(() => decode(kind, value)).not.toThrow();
			}),
			CASES,
		);
	});
});

it('an object that cannot become a text is refused in words that name the field', () => {
	expect(() => encode('boolean', { toString: null })).toThrow("'Field' takes true or false");
});
