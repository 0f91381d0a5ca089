import fc from 'fast-check';
import { readNames } from '../../../../../nodes/OneCrm/item/values';
import { CASES } from '../../cases.cts';

const read = (value: unknown) => readNames({ displayName: 'Types' }, value);

describe('readNames', () => {
	it('reads the same names from an array, its JSON, and a text with commas', () => {
		const names = fc.array(fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/));
		const gap = fc.constantFrom('', ' ', '\n');
		fc.assert(
			fc.property(names, gap, (given, space) => {
				expect(read(given.map((name) => `${space}${name}${space}`))).toEqual(given);
				expect(read(JSON.stringify(given, null, space))).toEqual(given);
				expect(read(given.join(`${space},${space}`))).toEqual(given);
			}),
			CASES,
		);
	});

	it.each([[undefined], [null], [''], [' , ,'], [[]]])('reads none from %j', (value) => {
		expect(read(value)).toEqual([]);
	});

	it.each([[['a', '']], [[' ']], [[null]], [[{ name: 'a' }]], [{ name: 'a' }], [true], ['["a"']])(
		'refuses %j',
		(value) => {
			expect(() => read(value)).toThrow(/^'Types' takes names, as a list/);
		},
	);
});
