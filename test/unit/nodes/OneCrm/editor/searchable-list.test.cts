import fc from 'fast-check';
import { containing } from '../../../../../nodes/OneCrm/editor/searchableList';
import { CASES } from '../../cases.cts';

const ENTRIES = [
	{ name: 'Cases (aCase)', value: 'aCase' },
	{ name: 'Invoices (Invoice)', value: 'Invoice' },
	{ name: 'Yes', value: 1 },
];

describe('The entries of a list that contain what is typed', () => {
	it('have it in a part of their name or value, in any case', () => {
		expect(containing(ENTRIES, ' aCAS ')).toEqual([ENTRIES[0]]);
		expect(containing(ENTRIES, 'voices')).toEqual([ENTRIES[1]]);
		expect(containing(ENTRIES, '1')).toEqual([ENTRIES[2]]);
		expect(containing(ENTRIES, 'x')).toEqual([]);
	});

	it('are all where nothing is typed', () => {
		for (const typed of [undefined, '', ' ']) expect(containing(ENTRIES, typed)).toEqual(ENTRIES);
	});

	it('have it as it is typed, not as a pattern', () => {
		const name = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
		fc.assert(
			fc.property(name, (text) => {
				const entry = { name: `a${text}b`, value: 'v' };
				expect(containing([entry], text)).toEqual([entry]);
			}),
			CASES,
		);
		expect(containing(ENTRIES, '.*')).toEqual([]);
	});
});
