import type { IDataObject } from 'n8n-workflow';
import type { StoredParts } from '../../../../../../nodes/OneCrm/crm/salesDocument/parts';
import { storedOutput } from '../../../../../../nodes/OneCrm/crm/salesDocument/storedOutput';
import { modelOf } from './models.cts';

const TAX_CODES = new Map([['vat', 'VAT 13%']]);

const record = {
	id: 'quote-1',
	prefix: 'Q-',
	number: '17',
	subtotal: '100.000',
	pretax: 90,
	amount: '101.7',
};

const output = (parts: Partial<StoredParts>, header: IDataObject = record) =>
	storedOutput(
		{ model: modelOf('Quote'), record: header, decimals: 2 },
		{ LineGroup: [], Line: [], Comment: [], Adjustment: [], ...parts },
		TAX_CODES,
	);

const group = (id: string, more: IDataObject = {}): IDataObject => ({ id, name: id, ...more });
const inGroup = { line_group_id: 'group-1' };
const adjustmentsOf = (...rows: IDataObject[]) =>
	output({
		LineGroup: [group('group-1')],
		Adjustment: rows.map((row) => ({ ...inGroup, ...row })),
	});

describe('the header', () => {
	it('has its number and its amounts with the decimals of the currency', () => {
		expect(output({})).toEqual({
			...{ id: 'quote-1', module: 'Quote', number: 'Q-17' },
			...{ subtotal: '100.00', discount: '0.00', shipping: '0.00' },
			...{ pretax: '90.00', total: '101.70', taxes: [], groups: [] },
		});
	});

	it('has nothing where the record has no amount', () => {
		const empty = { id: 'quote-1', subtotal: '', pretax: null };
		const nothing = { number: null, subtotal: null, pretax: null, total: null };
		expect(output({}, empty)).toMatchObject(nothing);
	});

	it('adds discounts and shipping costs up over all groups', () => {
		const amounts: Array<[group: string, type: string, amount: string]> = [
			['group-1', 'StandardDiscount', '1'],
			['group-2', 'StdPercentDiscount', '2.5'],
			['group-1', 'TaxedShipping', '10'],
			['group-2', 'UntaxedShipping', '20'],
			['group-2', 'StandardTax', '400'],
			['group-2', 'Agreed discount', '0.05'],
			['group-2', 'Express Shipping', '0.5'],
			['group-2', 'UntaxedShipping', ''],
		];
		const document = output({
			LineGroup: [group('group-1'), group('group-2')],
			Adjustment: amounts.map(([line_group_id, type, amount]) => ({ line_group_id, type, amount })),
		});
		expect(document).toMatchObject({ discount: '3.55', shipping: '30.50' });
	});
});

describe('groups', () => {
	const none = { line_group_id: null };
	const rows: Partial<StoredParts> = {
		Line: [{ id: 'line-1', line_group_id: 'gone' }],
		Comment: [{ id: 'comment-1', ...none, body: 'Left', position: '1' }],
		Adjustment: [{ id: 'tax-1', ...none, type: 'StandardTax' }],
	};
	const contents = ({ groups }: ReturnType<typeof output>) =>
		groups.map(({ id, lines, adjustments }) => [
			id,
			[...lines, ...adjustments].map((row) => row.id),
		]);

	it('have rows without a group, or of one that is gone, in the first', () => {
		const document = output({ ...rows, LineGroup: [group('group-1'), group('group-2')] });
		expect(contents(document)).toEqual([
			['group-1', ['line-1', 'comment-1', 'tax-1']],
			['group-2', []],
		]);
	});

	it('are one without a name if there are only lines', () => {
		expect(contents(output(rows))).toEqual([[null, ['line-1', 'comment-1', 'tax-1']]]);
		expect(output(rows).groups[0].name).toBe('');
	});

	it('have their own lines, comments and adjustments, by position', () => {
		const { groups } = output({
			LineGroup: [
				group('group-1', { name: 'Parts', subtotal: '12', total: '13.5' }),
				group('group-2', { name: null }),
			],
			Line: [
				{ id: 'line-2', ...inGroup, name: 'Second', position: '10' },
				{ id: 'line-1', ...inGroup, name: 'First', position: '2' },
				{ id: 'line-3', line_group_id: 'group-2', name: 'Third', position: '0' },
			],
			Comment: [
				{ id: 'comment-1', ...inGroup, body: 'Between', position: '9' },
				{ id: 'comment-2', line_group_id: 'group-2', body: null, position: '1' },
			],
			Adjustment: [{ id: 'discount-1', line_group_id: 'group-2', type: 'StandardDiscount' }],
		});
		expect(groups).toMatchObject([
			{
				...{ id: 'group-1', name: 'Parts', subtotal: '12.00', total: '13.50' },
				lines: [{ id: 'line-1' }, { id: 'comment-1' }, { id: 'line-2' }],
				adjustments: [],
			},
			{
				...{ id: 'group-2', name: '', subtotal: null, total: null },
				lines: [{ id: 'line-3' }, { id: 'comment-2', comment: '' }],
				adjustments: [{ id: 'discount-1' }],
			},
		]);
	});

	it('have lines with everything that is stored of them', () => {
		const line = { id: 'line-1', name: 'Pump', quantity: '2.500', unit_price: '3.33333' };
		const { groups } = output({
			LineGroup: [group('group-1')],
			Line: [{ ...line, ...inGroup, ext_price: '8.333', tax_class_id: 'vat' }],
			Comment: [{ id: 'comment-1', ...inGroup, body: 'By ship', position: 1 }],
		});
		expect(groups[0].lines).toEqual([
			{
				...{ id: 'line-1', name: 'Pump', quantity: '2.5' },
				...{ unitPrice: '3.33333', extPrice: '8.33', taxCode: 'VAT 13%', comment: null },
			},
			{
				...{ id: 'comment-1', name: null, quantity: null },
				...{ unitPrice: null, extPrice: null, taxCode: null, comment: 'By ship' },
			},
		]);
	});

	it('have lines without what is not stored of them', () => {
		const { groups } = output({ LineGroup: [group('group-1')], Line: [inGroup] });
		expect(groups[0].lines).toEqual([
			{
				...{ id: null, name: null, quantity: null },
				...{ unitPrice: null, extPrice: null, taxCode: null, comment: null },
			},
		]);
	});

	it.each([
		['3.1', '3.10'],
		['3.100', '3.10'],
		['3.125', '3.125'],
		[3, '3.00'],
	])('have a line with the unit price %j as %s', (unit_price, unitPrice) => {
		const Line = [{ ...inGroup, unit_price }];
		const { groups } = output({ LineGroup: [group('group-1')], Line });
		expect(groups[0].lines).toMatchObject([{ unitPrice }]);
	});

	it.each([
		['vat', 'VAT 13%'],
		['a code whose name nobody knows', 'a code whose name nobody knows'],
		['-99', null],
		['', null],
		[null, null],
	])('have a line with the tax code %j as %j', (tax_class_id, taxCode) => {
		const Line = [{ ...inGroup, tax_class_id }];
		const { groups } = output({ LineGroup: [group('group-1')], Line });
		expect(groups[0].lines).toMatchObject([{ taxCode }]);
	});

	it.each([
		['CompoundedTax', 'tax'],
		['StandardDiscount', 'fixedDiscount'],
		['StandardTax', 'tax'],
		['StdPercentDiscount', 'percentDiscount'],
		['TaxedShipping', 'taxedShipping'],
		['UntaxedShipping', 'untaxedShipping'],
		['Gift', 'Gift'],
		['constructor', 'constructor'],
		[null, ''],
	])('have an adjustment of the type %s as %s', (stored, type) => {
		expect(adjustmentsOf({ type: stored }).groups[0].adjustments).toMatchObject([{ type }]);
	});

	it('have adjustments with everything that is stored of them', () => {
		const tax = { id: 'tax-1', type: 'StandardTax', name: 'VAT', rate: '13.00', amount: '1.5' };
		const { groups } = adjustmentsOf(tax, {});
		expect(groups[0].adjustments).toEqual([
			{ id: 'tax-1', type: 'tax', name: 'VAT', rate: '13', amount: '1.50' },
			{ id: null, type: '', name: null, rate: null, amount: null },
		]);
	});
});

describe('taxes', () => {
	const tax = { type: 'StandardTax', related_id: 'rate-1', name: 'VAT', rate: '13.0', amount: '1' };

	it('are added up by their rate', () => {
		const compounded = { ...tax, type: 'CompoundedTax', related_id: 'rate-2', amount: '7' };
		const { taxes } = adjustmentsOf(tax, compounded, { ...tax, amount: '2.25' });
		expect(taxes).toEqual([
			{ name: 'VAT', rate: '13', amount: '3.25' },
			{ name: 'VAT', rate: '13', amount: '7.00' },
		]);
	});

	it.each([null, ''])('are added up by name and rate if the ID of the rate is %j', (related_id) => {
		const nameless = { ...tax, related_id };
		const lower = { ...nameless, rate: '7' };
		const other = { ...nameless, name: 'GST' };
		const { taxes } = adjustmentsOf(nameless, lower, other, nameless);
		expect(taxes).toEqual([
			{ name: 'VAT', rate: '13', amount: '2.00' },
			{ name: 'VAT', rate: '7', amount: '1.00' },
			{ name: 'GST', rate: '13', amount: '1.00' },
		]);
	});

	it('have no rate and no name if none is stored, and come to nothing without an amount', () => {
		expect(adjustmentsOf({ type: 'StandardTax' }).taxes).toEqual([
			{ name: '', rate: '', amount: '0.00' },
		]);
	});

	it('are neither discounts nor shipping', () => {
		const others = ['StandardDiscount', 'TaxedShipping', 'Gift', 'constructor', undefined];
		expect(adjustmentsOf(...others.map((type) => ({ ...tax, type }))).taxes).toEqual([]);
	});
});
