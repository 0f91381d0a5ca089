import type { IDataObject } from 'n8n-workflow';
import { compareTotals } from '../../../../../../nodes/OneCrm/crm/salesDocument/check';
import { totalOfParts } from '../../../../../../nodes/OneCrm/crm/salesDocument/parts';
import { decimal } from '../decimals.cts';

describe('compareTotals', () => {
	it.each([
		['113.00', '113', 2],
		['113.00', '113.004', 2],
		['113.004', '113.00', 2],
		['1131', '1130.6', 0],
		['-5.00', '-5', 2],
	])('takes %s and %s in 1CRM for the same with %i decimals', (total, own, decimals) => {
		const checked = { total: decimal(total), decimals };
		expect(compareTotals(checked, decimal(own))).toEqual({ check: 'same' });
	});

	it.each([
		['113.00', '112.99', 2, '112.99'],
		['113.00', '113.005', 2, '113.01'],
		['113.000', '113.001', 3, '113.001'],
	])('tells %s from %s in 1CRM with %i decimals', (total, own, decimals, checkTotal) => {
		const checked = { total: decimal(total), decimals };
		expect(compareTotals(checked, decimal(own))).toEqual({ check: 'different', checkTotal });
	});

	it('says that there is nothing to compare with', () => {
		const checked = { total: decimal('113'), decimals: 2 };
		expect(compareTotals(checked, undefined)).toEqual({ check: 'unavailable' });
	});
});

describe('totalOfParts', () => {
	const total = (Line: IDataObject[], Adjustment: IDataObject[]): string | undefined =>
		totalOfParts({ LineGroup: [], Comment: [], Line, Adjustment })?.toString();

	it('takes discounts from the lines, and adds shipping and taxes', () => {
		const lines = [{ ext_price: '100.00' }, { ext_price: 20 }];
		const adjustments = [
			{ type: 'StdPercentDiscount', amount: '12' },
			{ type: 'StandardDiscount', amount: '5.5' },
			{ type: 'TaxedShipping', amount: '10' },
			{ type: 'StandardTax', amount: '13.25' },
			{ type: 'DiscountTax', amount: '1' },
		];
		expect(total(lines, adjustments)).toBe('126.75');
	});

	it('is nothing for a document without rows', () => {
		expect(total([], [])).toBe('0');
	});

	it.each<[what: string, lines: IDataObject[], adjustments: IDataObject[]]>([
		['a line', [{ ext_price: '1' }, { ext_price: null }], []],
		['a discount', [{ ext_price: '1' }], [{ type: 'StandardDiscount', amount: '' }]],
		['a tax', [{ ext_price: '1' }], [{ type: 'StandardTax' }]],
	])('is not known if %s has no amount', (_, lines, adjustments) => {
		expect(total(lines, adjustments)).toBeUndefined();
	});
});
