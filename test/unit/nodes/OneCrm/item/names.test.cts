import fc from 'fast-check';
import { readNames } from '../../../../../nodes/OneCrm/item/values';
import { CASES } from '../../cases.cts';

describe('readNames', () => {
	it('reads the same names from an array, its JSON, and a text with commas', () => {
		const names = fc.array(fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/));
		const gap = fc.constantFrom('', ' ', '\n');
		fc.assert(
			fc.property(names, gap, (given, space) => {
				expect(readNames(given.map((name) => `${space}${name}${space}`))).toEqual(given);
				expect(readNames(JSON.stringify(given, null, space))).toEqual(given);
				expect(readNames(given.join(`${space},${space}`))).toEqual(given);
			}),
			CASES,
		);
	});

	it.each([[undefined], [null], [''], [' , ,'], [[]], [['', ' ']]])(
		'reads none from %j',
		(value) => {
			expect(readNames(value)).toEqual([]);
		},
	);
});
