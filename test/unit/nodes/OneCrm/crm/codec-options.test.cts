import fc from 'fast-check';
import { UserError } from 'n8n-workflow';
import { decodeValue, encodeValue } from '../../../../../nodes/OneCrm/crm/codec';
import { CASES } from '../../cases.cts';
import { owner, picklist, plainOptions } from './owner.cts';

const STAGES = [
	{ value: 'won', label: 'Closed Won' },
	{ value: 'lost', label: 'Closed Lost' },
	{ value: 'old1', label: 'Archived' },
	{ value: 'old2', label: 'Archived' },
];

/** A picklist and some of its values, each once. */
const chosen = picklist.chain((options) =>
	fc.record({
		options: fc.constant(options),
		values: fc.subarray(options.map(({ value }) => value)),
	}),
);

describe('a picklist', () => {
	const encode = (value: unknown, options = STAGES) =>
		encodeValue(owner('picklist', options), value, 'UTC');

	it('takes each of its values as it is, even one that is the label of another', () => {
		fc.assert(
			fc.property(picklist, (options) => {
				for (const { value } of options) {
					expect(encode(value, options)).toBe(value);
					expect(decodeValue(owner('picklist'), value)).toBe(value);
				}
			}),
			CASES,
		);
	});

	it('takes a label in any case where it is unmistakable', () => {
		expect(encode('Closed Won')).toBe('won');
		expect(encode(' closed LOST ')).toBe('lost');
		expect(() => encode('Archived')).toThrow(UserError);
	});

	it('refuses any other text and names its values', () => {
		fc.assert(
			fc.property(picklist, fc.string({ minLength: 1 }), (options, text) => {
				const known = options.flatMap(({ value, label }) => [value, label.toLowerCase()]);
				fc.pre(!known.includes(text.trim()) && !known.includes(text.trim().toLowerCase()));
				expect(() => encode(text, options)).toThrow(
					`'Field' takes one of: ${options.map(({ value }) => value).join(', ')}`,
				);
			}),
			CASES,
		);
	});

	it('takes a number for a value that is one', () => {
		expect(encode(5, plainOptions('5', '6'))).toBe('5');
	});

	it('takes any text where 1CRM does not tell the options', () => {
		expect(encode('anything', [])).toBe('anything');
	});

	it('takes a value that has white space around it', () => {
		expect(encode('Mr. ', [{ value: 'Mr. ', label: 'Mister' }])).toBe('Mr. ');
	});
});

describe('a multi-select', () => {
	const encode = (value: unknown, options = plainOptions('A', 'B', 'C, D')) =>
		encodeValue(owner('multiSelect', options), value, 'UTC');
	const decode = (value: unknown) => decodeValue(owner('multiSelect'), value);

	it('comes back as the list that was written', () => {
		fc.assert(
			fc.property(chosen, fc.boolean(), ({ options, values }, areKnown) => {
				const written = encode(values, areKnown ? options : []);
				expect(written).toBe(values.join('^,^'));
				expect(decode(written)).toEqual(values);
			}),
			CASES,
		);
	});

	it("takes its values in 1CRM's own encoding and as a JSON array", () => {
		fc.assert(
			fc.property(chosen, ({ options, values }) => {
				fc.pre(values.length > 1);
				const written = values.join('^,^');
				expect(encode(written, options)).toBe(written);
				expect(encode(` ${JSON.stringify(values)}`, options)).toBe(written);
			}),
			CASES,
		);
	});

	it('takes values with commas between them', () => {
		expect(encode('A,B')).toBe('A^,^B');
		expect(encode(' B , A ')).toBe('B^,^A');
	});

	it('lets a comma that belongs to a value win', () => {
		expect(encode('C, D')).toBe('C, D');
		expect(encode('X, Y', [{ value: 'x', label: 'X, Y' }])).toBe('x');
		expect(encode(['C, D', 'A'])).toBe('C, D^,^A');
	});

	it('takes labels', () => {
		expect(encode(['Closed Won', 'lost'], STAGES)).toBe('won^,^lost');
	});

	it.each([[['A', 'X']], ['A,X'], ['["A"'], ['[5]'], [{ A: true }], [[['A']]], [[null]]])(
		'refuses %j',
		(value) => {
			expect(() => encode(value)).toThrow(UserError);
			expect(() => encode(value)).toThrow(/^'Field' takes /);
		},
	);

	it('is cleared by an empty list', () => {
		expect(encode([])).toBe('');
		expect(encode('[]')).toBe('');
	});
});
