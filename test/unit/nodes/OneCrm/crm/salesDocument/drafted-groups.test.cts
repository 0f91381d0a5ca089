import { UserError } from 'n8n-workflow';
import {
	type AdjustmentEntry,
	asAmount,
	draftGroups,
	type LineEntry,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/draft';
import { decimal } from '../decimals.cts';
import { failed, listOf, oneOf, StandIn } from '../stand-in.cts';
import { withFields } from './models.cts';

const PUMP = { id: 'pump', name: 'Pump', list_price: '50', cost: '20', currency_id: 'eur' };
const productNumber = withFields('vendor_part_no');
const { label, type, kind, options } = productNumber.fields.get('vendor_part_no')!;
const filter = { name: 'vendor_part_no', label, type, kind, options, fields: [] };
productNumber.filters.set('vendor_part_no', filter);

const { crm } = new StandIn(
	{
		'GET data/Product/pump': oneOf({ ...PUMP, tax_code_id: 'vat', vendor_part_no: 'PN-1' }),
		'GET data/Product/dollars': oneOf({ ...PUMP, id: 'dollars', currency_id: '' }),
		'GET data/Product/free': oneOf({ id: 'free', name: 'Gift', currency_id: 'eur' }),
		'GET data/Product': listOf({ id: 'pump', vendor_part_no: 'PN-1' }),
		'GET data/TaxCode': listOf({ id: 'vat', name: 'VAT' }, { id: 'gst', name: 'GST' }),
		'GET data/TaxCode/vat/taxrates': listOf(),
		'GET data/TaxCode/gst/taxrates': listOf(),
	},
	{ Product: productNumber },
);

const drafted = async (lines: LineEntry[], adjustments: AdjustmentEntry[] = []) =>
	await draftGroups(crm, lines, adjustments, 'eur');

const pump: LineEntry = { name: 'Pump', unitPrice: '5' };

describe('a line', () => {
	it('has what is entered', async () => {
		const entry = { name: ' Pump ', quantity: '2.5', unitPrice: 7, listPrice: '8', costPrice: '0' };
		const [{ rows, lines }] = await drafted([entry]);
		expect(lines).toEqual([
			{
				...{ name: 'Pump', product: undefined, taxCode: undefined },
				...{ quantity: decimal('2.5'), unitPrice: decimal('7') },
				...{ listPrice: decimal('8'), costPrice: decimal('0') },
			},
		]);
		expect(rows).toEqual([{ line: lines[0] }]);
	});

	it('is of one piece, and has no other price and no name, unless they are entered', async () => {
		const [{ lines }] = await drafted([{ unitPrice: '5', name: null, listPrice: '' }]);
		expect(lines).toEqual([
			{
				...{ name: '', product: undefined, taxCode: undefined },
				...{ quantity: decimal('1'), unitPrice: decimal('5') },
				...{ listPrice: undefined, costPrice: undefined },
			},
		]);
	});

	it('has its comment behind it', async () => {
		const [{ rows, lines }] = await drafted([{ ...pump, comment: ' By ship ' }, pump]);
		expect(rows).toEqual([{ line: lines[0] }, { comment: 'By ship' }, { line: lines[1] }]);
		expect(lines).toHaveLength(2);
	});

	it('that is exempt has no tax code', async () => {
		const [{ lines }] = await drafted([{ ...pump, taxCode: '-99' }]);
		expect(lines[0].taxCode).toBeUndefined();
	});
});

describe('a line of a product', () => {
	const own = { id: 'pump', name: 'Pump', currencyId: 'eur', taxCodeId: 'vat' };
	const product = {
		...{ ...own, partNumber: 'PN-1' },
		...{ listPrice: decimal('50'), cost: decimal('20') },
	};
	const vat = { id: 'vat', name: 'VAT', rates: [] };

	it.each<[what: string, entry: LineEntry]>([
		['ID', { productId: ' pump ' }],
		['part number', { productNumber: 'PN-1', productId: '' }],
		['ID before its part number', { productId: 'pump', productNumber: 'unknown' }],
	])('has its name, prices and tax code, by its %s', async (_, entry) => {
		const [{ lines }] = await drafted([entry]);
		expect(lines).toEqual([
			{
				...{ name: 'Pump', product, taxCode: vat, quantity: decimal('1') },
				...{ unitPrice: decimal('50'), listPrice: decimal('50'), costPrice: decimal('20') },
			},
		]);
	});

	it('has what is entered instead', async () => {
		const entry = { name: 'Own', unitPrice: 1, listPrice: 2, costPrice: 3, taxCode: 'GST' };
		const [{ lines }] = await drafted([{ productId: 'pump', ...entry }]);
		expect(lines).toMatchObject([
			{
				...{ name: 'Own', product: { id: 'pump' }, taxCode: { id: 'gst' } },
				...{ unitPrice: decimal('1'), listPrice: decimal('2'), costPrice: decimal('3') },
			},
		]);
	});

	it('has no prices in another currency', async () => {
		const [{ lines }] = await drafted([{ productId: 'dollars', unitPrice: '7' }]);
		const [line] = lines;
		expect([line.listPrice, line.costPrice]).toEqual([undefined, undefined]);
		await expect(drafted([{ productId: 'dollars' }])).rejects.toEqual(
			new UserError(
				'Line 1: needs a unitPrice: the list price of "Pump" is in another currency than the document',
			),
		);
	});

	it('needs a price if the product has none', async () => {
		await expect(drafted([{ productId: 'free' }])).rejects.toEqual(
			new UserError('Line 1: needs a unitPrice, or a product with a list price'),
		);
	});

	it('is refused by its number if the product is not there', async () => {
		await expect(drafted([pump, { productId: 'none' }])).rejects.toEqual(
			new UserError('Line 2: 1CRM has no product with the ID "none"'),
		);
	});

	it('fails with what 1CRM says if nobody can tell', async () => {
		const failure = failed(403, { message: 'No access' });
		const refusing = new StandIn({ 'GET data/Product/pump': failure });
		await expect(draftGroups(refusing.crm, [{ productId: 'pump' }], [], 'eur')).rejects.toBe(
			failure,
		);
	});
});

it.each<[what: string, entry: LineEntry]>([
	['a comment alone', { comment: 'By ship' }],
	['a comment beside the quantity of the form', { comment: 'By ship', quantity: 1 }],
	[
		'a comment beside empty fields',
		{ comment: 'By ship', name: '', unitPrice: null, taxCode: ' ' },
	],
])('%s is a text between lines', async (_, entry) => {
	const [{ rows, lines }] = await drafted([pump, entry]);
	expect(rows).toEqual([{ line: lines[0] }, { comment: 'By ship' }]);
	expect(lines).toHaveLength(1);
});

it('a comment may be in a group of its own', async () => {
	const groups = await drafted([pump, { comment: 'By ship', group: 'Delivery' }]);
	expect(groups[1]).toEqual({
		...{ name: 'Delivery', rows: [{ comment: 'By ship' }], lines: [], adjustments: [] },
	});
});

it('an object where a text is expected is taken as its JSON', async () => {
	const [{ rows }] = await drafted([{ comment: { by: 'ship' } }]);
	expect(rows).toEqual([{ comment: '{"by":"ship"}' }]);
});

describe('groups', () => {
	it('come in the order of their first lines, with the rows of each in order', async () => {
		const groups = await drafted([
			{ ...pump, group: 'Parts' },
			{ ...pump, name: 'Work', group: ' Service ', comment: 'By the hour' },
			{ ...pump, name: 'Hose', group: 'Parts' },
			{ comment: 'Thank you' },
		]);
		const shown = groups.map(({ name, rows }) => [
			name,
			...rows.map((row) => ('line' in row ? row.line.name : row.comment)),
		]);
		expect(shown).toEqual([
			['Parts', 'Pump', 'Hose'],
			['Service', 'Work', 'By the hour'],
			['', 'Thank you'],
		]);
		expect(groups.map(({ lines }) => lines.map(({ name }) => name))).toEqual([
			['Pump', 'Hose'],
			['Work'],
			[],
		]);
	});

	it('may have names as long as the column', async () => {
		const name = 'x'.repeat(50);
		expect(await drafted([{ ...pump, group: name }])).toMatchObject([{ name }]);
	});
});

describe('adjustments', () => {
	it('belong to the group that they name, or to the first', async () => {
		const lines = [
			{ ...pump, group: 'Parts' },
			{ ...pump, group: 'Service' },
		];
		const groups = await drafted(lines, [
			{ type: 'percentDiscount', value: '10' },
			{ type: 'untaxedShipping', value: 5, group: ' Service ', name: ' Post ' },
			{ type: 'fixedDiscount', value: '0', group: 'Parts' },
		]);
		expect(groups.map(({ adjustments }) => adjustments)).toEqual([
			[
				{ type: 'percentDiscount', value: decimal('10'), taxCode: undefined, name: 'Discount' },
				{ type: 'fixedDiscount', value: decimal('0'), taxCode: undefined, name: 'Discount' },
			],
			[{ type: 'untaxedShipping', value: decimal('5'), taxCode: undefined, name: 'Post' }],
		]);
	});

	it('of shipping are called so', async () => {
		const [{ adjustments }] = await drafted([pump], [{ type: 'untaxedShipping', value: 1 }]);
		expect(adjustments[0].name).toBe('Shipping');
		const taxed = { type: 'taxedShipping', value: '1', taxCode: 'vat' };
		const groups = await drafted([pump], [taxed]);
		expect(groups[0].adjustments).toEqual([
			{
				...{ type: 'taxedShipping', value: decimal('1'), name: 'Shipping' },
				taxCode: { id: 'vat', name: 'VAT', rates: [] },
			},
		]);
	});
});

describe('refuses', () => {
	it.each<[what: string, lines: LineEntry[], message: string]>([
		['no line', [], 'A sales document needs at least one line'],
		[
			'the second line without a price',
			[pump, { name: 'Hose' }],
			'Line 2: needs a unitPrice, or a product with a list price',
		],
		[
			'an empty line',
			[{ comment: '', quantity: 1 }],
			'Line 1: needs a unitPrice, or a product with a list price',
		],
		[
			'a price with a comma',
			[{ ...pump, unitPrice: '1,50' }],
			'Line 1: unitPrice must be a number, written like 1234.56, not "1,50"',
		],
		[
			'a quantity in words',
			[{ ...pump, quantity: 'two' }],
			'Line 1: quantity must be a number, written like 1234.56, not "two"',
		],
		[
			'a list price that is a list',
			[{ ...pump, listPrice: [1] }],
			'Line 1: listPrice must be a number, written like 1234.56, not "[1]"',
		],
		[
			'costs that are an object',
			[{ ...pump, costPrice: { net: 1 } }],
			'Line 1: costPrice must be a number, written like 1234.56, not "{"net":1}"',
		],
		[
			'the long name of a group',
			[pump, { ...pump, group: 'x'.repeat(51) }],
			`Line 2: the name of a group may have 50 characters, and "${'x'.repeat(51)}" has 51`,
		],
	])('%s', async (_, lines, message) => {
		await expect(drafted(lines)).rejects.toEqual(new UserError(message));
	});

	it.each<[what: string, adjustment: AdjustmentEntry, message: string]>([
		[
			'an unknown group',
			{ type: 'fixedDiscount', value: 1, group: 'Gifts' },
			'no line is in the group "Gifts"',
		],
		[
			'an unknown type',
			{ type: 'gift', value: 1 },
			`the type can't be "gift". Use one of: fixedDiscount, percentDiscount, taxedShipping, untaxedShipping`,
		],
		['no value', { type: 'fixedDiscount' }, 'needs a value'],
		[
			'a value that is no number',
			{ type: 'fixedDiscount', value: '10%' },
			'value must be a number, written like 1234.56, not "10%"',
		],
		[
			'a negative value',
			{ type: 'percentDiscount', value: '-10.50' },
			`the value can't be negative: "-10.5"`,
		],
		[
			'taxed shipping without a tax',
			{ type: 'taxedShipping', value: 1 },
			'taxed shipping needs a tax code',
		],
		[
			'taxed shipping that is exempt',
			{ type: 'taxedShipping', value: 1, taxCode: '-99' },
			'taxed shipping needs a tax code',
		],
	])('%s', async (_, adjustment, message) => {
		const adjustments = [{ type: 'fixedDiscount', value: 1 }, adjustment];
		await expect(drafted([pump], adjustments)).rejects.toEqual(
			new UserError(`Adjustment 2: ${message}`),
		);
	});
});

describe('asAmount', () => {
	it.each(['', '  ', null, undefined])('takes %j for no amount', (value) => {
		expect(asAmount(value, 'Amount')).toBeUndefined();
	});

	it.each([
		['1234.56', '1234.56'],
		[' -3 ', '-3'],
		[0, '0'],
	])('reads %j', (value, amount) => {
		expect(asAmount(value, 'Amount')).toEqual(decimal(amount));
	});

	it.each(['1,50', true, [5], { amount: 5 }])('refuses %j', (value) => {
		expect(() => asAmount(value, "'Amount'")).toThrow("'Amount' must be a number");
	});
});
