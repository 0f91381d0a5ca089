import { documentTotals } from '../../../../../../nodes/OneCrm/crm/salesDocument/totals';
import { adjustment, group, line, taxed } from './drafts.cts';

/** What is left of each line: a tax of 100 % of its own is as much as the line. */
function left(prices: string[], discount: string, decimals = 2): string[] {
	const lines = prices.map((price, index) => {
		const [rate] = taxed('100').rates;
		const own = { ...rate, id: `rate ${index}` };
		return line(price, '1', { id: `code ${index}`, name: 'All', rates: [own] });
	});
	const { taxes } = documentTotals([group(lines, adjustment('fixedDiscount', discount))], decimals);
	return taxes.map(({ amount }) => amount.toFixed(decimals));
}

it.each<[what: string, prices: string[], discount: string, left: string[]]>([
	['in proportion to their prices', ['60', '40'], '10', ['54.00', '36.00']],
	['the odd cent from the first of equal lines', ['1', '1', '1'], '1', ['0.66', '0.67', '0.67']],
	['two odd cents from two of three lines', ['1', '1', '1'], '0.02', ['0.99', '0.99', '1.00']],
	['a cent from where most of it belongs', ['10', '20', '30'], '0.01', ['10.00', '20.00', '29.99']],
	[
		'each cent from where most of it belongs',
		['10', '20', '30'],
		'0.02',
		['10.00', '19.99', '29.99'],
	],
	['less than nothing from a line that is taken back', ['100', '-20'], '8', ['90.00', '-18.00']],
	[
		'odd cents from what is sold before what is taken back',
		['100', '-20'],
		'0.03',
		['99.96', '-19.99'],
	],
	[
		'cents from lines that are all taken back',
		['-10', '-20', '-30'],
		'0.02',
		['-10.00', '-20.01', '-30.01'],
	],
	['a cent although more is taken back than sold', ['10', '-40'], '0.01', ['10.00', '-40.01']],
	['half a cent as a whole one', ['1', '1'], '0.015', ['0.99', '0.99']],
	['nothing if it is nothing', ['60', '40'], '0', ['60.00', '40.00']],
])('a fixed discount takes %s', (_, prices, discount, expected) => {
	expect(left(prices, discount)).toEqual(expected);
});

it('a fixed discount takes whole units of a currency without decimals', () => {
	expect(left(['100', '50', '50'], '3', 0)).toEqual(['99', '49', '49']);
});

it('a fixed discount of nothing fits lines that come to nothing', () => {
	expect(left(['0', '0'], '0')).toEqual(['0.00', '0.00']);
});
