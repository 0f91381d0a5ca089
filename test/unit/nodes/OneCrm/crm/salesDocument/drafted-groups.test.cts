import { UserError } from 'n8n-workflow';
import type { CrmClient } from '../../../../../../nodes/OneCrm/crm/client';
import {
	type AdjustmentEntry,
	asAmount,
	draftGroups,
	type LineEntry,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/draft';
import { decimal } from '../decimals.cts';

/** For lines without products and tax codes, nothing is asked for. */
const crm = { http: { slots: { width: 2 } } } as unknown as CrmClient;

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
