import fc from 'fast-check';
import { matching } from '../../../../../nodes/OneCrm/module/search';
import { CASES } from '../../cases.cts';

const ENTRIES = [
	{ name: 'Cases (aCase)', value: 'aCase' },
	{ name: 'Invoices (Invoice)', value: 'Invoice' },
	{ name: 'Yes', value: 1 },
];

describe('matching', () => {
	it('finds a part of a name or value, in any case', () => {
		expect(matching(ENTRIES, ' aCAS ')).toEqual([ENTRIES[0]]);
		expect(matching(ENTRIES, 'voices')).toEqual([ENTRIES[1]]);
		expect(matching(ENTRIES, '1')).toEqual([ENTRIES[2]]);
		expect(matching(ENTRIES, 'x')).toEqual([]);
	});

	it('keeps all where nothing is typed', () => {
		for (const typed of [undefined, '', ' ']) expect(matching(ENTRIES, typed)).toEqual(ENTRIES);
	});

	it('takes what is typed as it is, not as a pattern', () => {
		const name = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
		fc.assert(
			fc.property(name, (text) => {
				const entry = { name: `a${text}b`, value: 'v' };
				expect(matching([entry], text)).toEqual([entry]);
			}),
			CASES,
		);
		expect(matching(ENTRIES, '.*')).toEqual([]);
	});
});
