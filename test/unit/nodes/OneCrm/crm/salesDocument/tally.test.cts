import {
	fetchTally,
	isComment,
	tallyTotal,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/tally';
import { decimal } from '../decimals.cts';
import { type Answer, failed, StandIn } from '../stand-in.cts';

const fetched = async (answer: Answer) =>
	await fetchTally(new StandIn({ 'GET tally/Quote/quote-1': answer }).crm, {
		...{ module: 'Quote', id: 'quote-1' },
	});

const line = { name: 'Pump', is_comment: '0' };
const adjustment = { type: 'StandardTax', value: '1.30' };
const group = { name: 'Parts', subtotal: '10.00', total: '11.30' };
const totals = { total: '11.30', taxes: [{ name: 'VAT' }] };

it('a tally has its groups with their rows, its totals and its taxes', async () => {
	const groups = [{ ...group, line_items: [line], adjusts: [adjustment] }];
	expect(await fetched({ groups, totals })).toEqual({
		groups: [{ ...group, lines: [line], adjustments: [adjustment] }],
		totals,
		taxes: [{ name: 'VAT' }],
	});
});

it('lists with gaps are maps, in which what is no object is no row', async () => {
	const groups = {
		2: { ...group, line_items: { 1: line, 3: 'none' }, adjusts: { 0: null, 7: adjustment } },
	};
	expect(await fetched({ groups, totals: { taxes: { 5: { name: 'VAT' } } } })).toMatchObject({
		groups: [{ ...group, lines: [line], adjustments: [adjustment] }],
		taxes: [{ name: 'VAT' }],
	});
});

it('a tally may leave everything out but its totals', async () => {
	expect(await fetched({ totals: {} })).toEqual({ groups: [], totals: {}, taxes: [] });
	expect(await fetched({ groups: [{ name: null }], totals: {} })).toMatchObject({
		groups: [{ name: '', lines: [], adjustments: [] }],
	});
});

it.each<[string, Answer]>([
	['an error', failed(500)],
	['no totals', { groups: [group] }],
	['a list of totals', { groups: [], totals: [] }],
])('%s is no tally', async (_, answer) => {
	expect(await fetched(answer)).toBeUndefined();
});

it.each([
	['1', true],
	[true, true],
	['0', false],
	[undefined, false],
	['maybe', false],
])('a row of which is_comment is %j is a comment: %j', (is_comment, expected) => {
	expect(isComment({ is_comment })).toBe(expected);
});

it('the total is that of the totals', () => {
	const tally = { groups: [], taxes: [] };
	expect(tallyTotal({ ...tally, totals: { total: '11.30' } })).toEqual(decimal('11.30'));
	expect(tallyTotal({ ...tally, totals: {} })).toBeUndefined();
	expect(tallyTotal(undefined)).toBeUndefined();
});
