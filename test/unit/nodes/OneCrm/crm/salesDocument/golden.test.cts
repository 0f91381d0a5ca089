import { UserError } from 'n8n-workflow';
import {
	documentTotals,
	type DocumentTotals,
	type PricedGroup,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/totals';
import { decimal } from '../decimals.cts';
import { adjustment, group, line, taxed } from './drafts.cts';

const vat13 = taxed('13');
const vat19 = taxed('19');
const vat7 = taxed('7');

interface Expected {
	subtotal: string;
	discount: string;
	shipping: string;
	taxes: string[];
	pretax: string;
	total: string;
}

function texts(totals: DocumentTotals): Expected {
	return {
		subtotal: totals.subtotal.toFixed(2),
		discount: totals.discount.toFixed(2),
		shipping: totals.shipping.toFixed(2),
		taxes: totals.taxes.map(({ amount }) => amount.toFixed(2)),
		pretax: totals.pretax.toFixed(2),
		total: totals.total.toFixed(2),
	};
}

const expected = (
	...[subtotal, discount, shipping, taxes, pretax, total]: [
		string,
		string,
		string,
		string[],
		string,
		string,
	]
): Expected => ({ subtotal, discount, shipping, taxes, pretax, total });

const GOLDEN: Array<[name: string, groups: PricedGroup[], expected: Expected]> = [
	[
		'a percentage discount, as in the official example',
		[group([line('248.40', '1', vat13)], adjustment('percentDiscount', '20'))],
		expected('248.40', '49.68', '0.00', ['25.83'], '198.72', '224.55'),
	],
	[
		'taxed shipping, as in the official example',
		[group([line('248.40', '1', vat13)], adjustment('taxedShipping', '10', vat13))],
		expected('248.40', '0.00', '10.00', ['33.59'], '258.40', '291.99'),
	],
	[
		'lines rounded on their own',
		[group([line('33.33333', '3', vat13), line('0.005', '1', vat13)])],
		expected('100.01', '0.00', '0.00', ['13.00'], '100.01', '113.01'),
	],
	[
		'a tax rounded once',
		[group([1, 2, 3].map(() => line('0.35', '1', vat13)))],
		expected('1.05', '0.00', '0.00', ['0.14'], '1.05', '1.19'),
	],
	[
		'a discount rounded for each line',
		[
			group(
				[1, 2, 3].map(() => line('0.33', '1', vat13)),
				adjustment('percentDiscount', '10'),
			),
		],
		expected('0.99', '0.09', '0.00', ['0.12'], '0.90', '1.02'),
	],
	[
		'a fixed discount, spread over taxed and exempt lines',
		[group([line('60', '1', vat13), line('40', '1')], adjustment('fixedDiscount', '10'))],
		expected('100.00', '10.00', '0.00', ['7.02'], '90.00', '97.02'),
	],
	[
		'a compounded tax',
		[group([line('100', '1', taxed('5', '~9.5'))])],
		expected('100.00', '0.00', '0.00', ['5.00', '9.98'], '100.00', '114.98'),
	],
	[
		'untaxed shipping',
		[group([line('100', '1', vat13)], adjustment('untaxedShipping', '10'))],
		expected('100.00', '0.00', '10.00', ['13.00'], '110.00', '123.00'),
	],
	[
		'two groups with two rates',
		[
			group([line('49.99', '2', vat19), line('12.50', '1', vat7)]),
			group([line('80', '1.5', vat19)], adjustment('percentDiscount', '5')),
		],
		expected('232.48', '6.00', '0.00', ['40.66', '0.88'], '226.48', '268.02'),
	],
	[
		'two percentage discounts, which add up',
		[
			group(
				[line('100', '1', vat13)],
				adjustment('percentDiscount', '10'),
				adjustment('percentDiscount', '5'),
			),
		],
		expected('100.00', '15.00', '0.00', ['11.05'], '85.00', '96.05'),
	],
	[
		'a discount and taxed shipping',
		[
			group(
				[line('19.99', '3', vat19), line('5', '1')],
				adjustment('percentDiscount', '12.5'),
				adjustment('taxedShipping', '6.90', vat19),
			),
		],
		expected('64.97', '8.13', '6.90', ['11.28'], '63.74', '75.02'),
	],
	[
		'tax codes of what is not taxed by itself',
		[
			group(
				[line('100', '1')],
				adjustment('percentDiscount', '10', vat13),
				adjustment('fixedDiscount', '5', vat13),
				adjustment('untaxedShipping', '20', vat13),
			),
		],
		expected('100.00', '15.00', '20.00', [], '105.00', '105.00'),
	],
	[
		'another currency',
		[group([line('1000', '2', vat19)])],
		expected('2000.00', '0.00', '0.00', ['380.00'], '2000.00', '2380.00'),
	],
];

it.each(GOLDEN)('%s comes out to the cent', (_, groups, amounts) => {
	expect(texts(documentTotals(groups, 2))).toEqual(amounts);
});

it('lines and adjustments keep their order, whatever is between them', () => {
	const lines = [line('10', '2'), line('3.335', '1')];
	const { groups } = documentTotals(
		[
			group(
				lines,
				adjustment('untaxedShipping', '4.005'),
				adjustment('percentDiscount', '10'),
				adjustment('taxedShipping', '6', vat7),
				adjustment('fixedDiscount', '1'),
			),
		],
		2,
	);
	const amounts = [...groups[0].extPrices, ...groups[0].adjustmentAmounts];
	expect(amounts.map((amount) => amount.toFixed(2))).toEqual([
		...['20.00', '3.34'],
		...['4.01', '2.33', '6.00', '1.00'],
	]);
});

it('a tax has the name, the rate and the ID of what it was made of', () => {
	const taxes = [{ id: '~9.5', name: '9.5 %', rate: decimal('9.5'), isCompounded: true }];
	const totals = documentTotals([group([line('100', '1', taxed('~9.5'))])], 2);
	expect(totals.taxes).toEqual([{ ...taxes[0], amount: decimal('9.50') }]);
	expect(totals.groups[0].taxes).toEqual(totals.taxes);
});

it('taxes of one rate are one, though two tax codes or two groups have it', () => {
	const both = { ...taxed('19'), id: 'another code' };
	const groups = [
		group([line('0.05', '1', vat19), line('0.05', '1', both)]),
		group([line('100', '1', both), line('1', '1', vat7)]),
	];
	const { taxes } = documentTotals(groups, 2);
	expect(taxes.map(({ id, amount }) => [id, amount.toFixed(2)])).toEqual([
		['19', '19.02'],
		['7', '0.07'],
	]);
});

it('converts into the base currency by the exchange rate', () => {
	const { total } = documentTotals([group([line('1000', '2', vat19)])], 2);
	expect(total.dividedBy(decimal('0.8'), 2).toFixed(2)).toBe('2975.00');
});

it('adds a thousand lines of three times 0.1 up to 300.00', () => {
	const lines = Array.from({ length: 1000 }, () => line('0.1', '3'));
	expect(documentTotals([group(lines)], 2).total.toFixed(2)).toBe('300.00');
});

it('refuses a fixed discount on lines that come to nothing', () => {
	const groups = [group([line('0', '1')], adjustment('fixedDiscount', '5'))];
	expect(() => documentTotals(groups, 2)).toThrow(
		new UserError('A fixed discount of 5.00 needs lines to take it from, and these come to 0'),
	);
});
