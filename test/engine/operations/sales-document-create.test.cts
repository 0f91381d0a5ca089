import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { StoredRecord } from '../../sandbox/sandbox.cts';
import { clientOf } from '../../support/client.cts';
import { insertAccount, insertTaxCode, quoteHeader } from '../../support/sales.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

type Rows = IDataObject[];

const parameters = (
	linesJson: Rows,
	adjustmentsJson: Rows = [],
	more: INodeParameters = {},
): INodeParameters => ({
	resource: 'salesDocument',
	operation: 'create',
	module: 'Quote',
	fields: quoteHeader(),
	linesMode: 'json',
	linesJson: JSON.stringify(linesJson),
	adjustmentsJson: JSON.stringify(adjustmentsJson),
	...more,
});

const line = (unitPrice: number | string, quantity: number | string, taxCode = '', more = {}) => ({
	name: 'Thing',
	unitPrice,
	quantity,
	taxCode,
	...more,
});
const V13 = 'VAT 13%';
const V19 = 'VAT 19%';
const V7 = 'VAT 7%';

/** Of subtotal, discount, shipping, taxes, pretax and total. */
type Amounts = [string, string, string, string[], string, string];

/** Of a group: subtotal and total, what its lines come to, and its adjustments with type, rate and amount. */
type Stored = [string, string, string[], ...Array<[string, string | null, string]>];

const TAX = 'StandardTax';
const PERCENT = 'StdPercentDiscount';

const GOLDEN: Array<
	[name: string, lines: Rows, adjustments: Rows, amounts: Amounts, ...stored: Stored[]]
> = [
	[
		'G1',
		[line('248.40', 1, V13)],
		[{ type: 'percentDiscount', value: 20 }],
		['248.40', '49.68', '0.00', ['25.83'], '198.72', '224.55'],
		['248.40', '224.55', ['248.40'], [PERCENT, '20', '49.68'], [TAX, '13', '25.83']],
	],
	[
		'G2',
		[line(248.4, '1', V13)],
		[{ type: 'taxedShipping', value: 10, taxCode: V13 }],
		['248.40', '0.00', '10.00', ['33.59'], '258.40', '291.99'],
		['248.40', '291.99', ['248.40'], ['TaxedShipping', null, '10.00'], [TAX, '13', '33.59']],
	],
	[
		'G3',
		[line('33.33333', 3, V13), line('0.005', 1, V13)],
		[],
		['100.01', '0.00', '0.00', ['13.00'], '100.01', '113.01'],
		['100.01', '113.01', ['100.00', '0.01'], [TAX, '13', '13.00']],
	],
	[
		'G4',
		[1, 2, 3].map(() => line('0.35', 1, V13)),
		[],
		['1.05', '0.00', '0.00', ['0.14'], '1.05', '1.19'],
		['1.05', '1.19', ['0.35', '0.35', '0.35'], [TAX, '13', '0.14']],
	],
	[
		'G5',
		[1, 2, 3].map(() => line('0.33', 1, V13)),
		[{ type: 'percentDiscount', value: '10' }],
		['0.99', '0.09', '0.00', ['0.12'], '0.90', '1.02'],
		['0.99', '1.02', ['0.33', '0.33', '0.33'], [PERCENT, '10', '0.09'], [TAX, '13', '0.12']],
	],
	[
		'G6',
		[line(60, 1, V13), line(40, 1)],
		[{ type: 'fixedDiscount', value: 10 }],
		['100.00', '10.00', '0.00', ['7.02'], '90.00', '97.02'],
		[
			'100.00',
			'97.02',
			['60.00', '40.00'],
			['StandardDiscount', null, '10.00'],
			[TAX, '13', '7.02'],
		],
	],
	[
		'G7',
		[line(100, 1, 'GST and QST')],
		[],
		['100.00', '0.00', '0.00', ['5.00', '9.98'], '100.00', '114.98'],
		['100.00', '114.98', ['100.00'], [TAX, '5', '5.00'], ['CompoundedTax', '9.5', '9.98']],
	],
	[
		'G8',
		[line(100, 1, V13)],
		[{ type: 'untaxedShipping', value: 10 }],
		['100.00', '0.00', '10.00', ['13.00'], '110.00', '123.00'],
		['100.00', '123.00', ['100.00'], [TAX, '13', '13.00'], ['UntaxedShipping', null, '10.00']],
	],
	[
		'G9',
		[
			line('49.99', 2, V19, { group: 'One' }),
			line('12.50', 1, V7, { group: 'One' }),
			line(80, 1.5, V19, { group: 'Two' }),
		],
		[{ type: 'percentDiscount', value: 5, group: 'Two' }],
		['232.48', '6.00', '0.00', ['40.66', '0.88'], '226.48', '268.02'],
		['112.48', '132.36', ['99.98', '12.50'], [TAX, '19', '19.00'], [TAX, '7', '0.88']],
		['120.00', '135.66', ['120.00'], [PERCENT, '5', '6.00'], [TAX, '19', '21.66']],
	],
	[
		'G10',
		[line(100, 1, V13)],
		[
			{ type: 'percentDiscount', value: 10 },
			{ type: 'percentDiscount', value: 5 },
		],
		['100.00', '15.00', '0.00', ['11.05'], '85.00', '96.05'],
		[
			'100.00',
			'96.05',
			['100.00'],
			[PERCENT, '10', '10.00'],
			[PERCENT, '5', '5.00'],
			[TAX, '13', '11.05'],
		],
	],
	[
		'G11',
		[line('19.99', 3, V19), line(5, 1)],
		[
			{ type: 'percentDiscount', value: '12.5' },
			{ type: 'taxedShipping', value: '6.90', taxCode: V19 },
		],
		['64.97', '8.13', '6.90', ['11.28'], '63.74', '75.02'],
		[
			'64.97',
			'75.02',
			['59.97', '5.00'],
			[PERCENT, '12.5', '8.13'],
			['TaxedShipping', null, '6.90'],
			[TAX, '19', '11.28'],
		],
	],
];

beforeEach(() => {
	insertAccount(sandbox);
	insertTaxCode(sandbox, V13, '13');
	insertTaxCode(sandbox, V19, '19');
	insertTaxCode(sandbox, V7, '7');
	// A server may list them in any order.
	insertTaxCode(sandbox, 'GST and QST', '~9.5', '5');
});

/** What is stored of each group of a quote in the base currency, in which every amount has its copy. */
function storedGroups(id: string): Stored[] {
	const rows = (model: string, belongs: (row: StoredRecord) => boolean): StoredRecord[] =>
		sandbox
			.records(model)
			.filter(belongs)
			.sort((a, b) => Number(a.position) - Number(b.position));
	const amount = (row: StoredRecord, name: string): string => {
		expect([name, row[`${name}_usd`]]).toEqual([name, row[name]]);
		return String(row[name]);
	};
	return rows('QuoteLineGroup', (row) => row.parent_id === id).map((group): Stored => {
		const isOwn = (row: StoredRecord) => row.quote_id === id && row.line_group_id === group.id;
		const lines = rows('QuoteLine', isOwn);
		for (const line of lines) expect(amount(line, 'net_price')).toBe(line.ext_price);
		return [
			amount(group, 'subtotal'),
			amount(group, 'total'),
			lines.map((line) => amount(line, 'ext_price')),
			...rows('QuoteAdjustment', isOwn).map((row): [string, string | null, string] => [
				String(row.type),
				row.rate ?? null,
				amount(row, 'amount'),
			]),
		];
	});
}

const posted = () => sandbox.requests.filter(({ method }) => method !== 'GET');

it('says that there is no tax if 1CRM has no rates for a tax code', async () => {
	insertTaxCode(sandbox, 'Export');
	const { items, hints } = await engine.run(parameters([line(100, 1, 'Export')]));
	expect(items).toMatchObject([{ json: { total: '100.00', taxes: [] } }]);
	expect(hints.map(({ message }) => message)).toEqual([
		'Written without tax, because 1CRM has no rates for the tax code: Export',
	]);
	const { hints: none } = await engine.run(parameters([line(100, 1, V13)]));
	expect(none).toEqual([]);
});

it.each(GOLDEN)('%s comes out to the cent: output, rows and tally', async (_, ...golden) => {
	const [lines, adjustments, amounts, ...stored] = golden;
	const [subtotal, discount, shipping, taxes, pretax, total] = amounts;
	const [document] = await engine.items(parameters(lines, adjustments));
	expect(document).toMatchObject({
		...{ module: 'Quote', number: '1', check: 'same' },
		...{ subtotal, discount, shipping, pretax, total },
		taxes: taxes.map((amount) => ({ amount })),
	});

	const header = sandbox.record('Quote', String(document.id));
	expect(header).toMatchObject({ subtotal, pretax, amount: total, name: 'Offer' });
	expect(storedGroups(String(document.id))).toEqual(stored);

	const { data } = await clientOf(sandbox).get(`/tally/Quote/${String(document.id)}`);
	expect(data.totals).toMatchObject({ subtotal, discount, shipping, total });

	const get = { resource: 'salesDocument', operation: 'get', module: 'Quote' };
	const [read] = await engine.items({ ...get, recordId: String(document.id) });
	const { record, ...rest } = read;
	expect(rest).toEqual(document);
	expect(record).toMatchObject({ id: document.id, name: 'Offer' });
});

it('G12: writes the copies in the base currency at the exchange rate of the document', async () => {
	sandbox.insert('Currency', { id: 'eur', name: 'Euro', iso4217: 'EUR', conversion_rate: 0.8 });
	const header = { fields: quoteHeader({ currency_id: 'eur' }) };
	const [document] = await engine.items(parameters([line(1000, 2, V19)], [], header));
	expect(document).toMatchObject({ subtotal: '2000.00', total: '2380.00', check: 'same' });
	expect(sandbox.records('QuoteLineGroup')).toMatchObject([
		{ total: '2380.00', total_usd: '2975.00', subtotal_usd: '2500.00' },
	]);
	expect(sandbox.records('QuoteLine')).toMatchObject([
		{ unit_price: '1000.00', unit_price_usd: '1250.00', ext_price_usd: '2500.00' },
	]);
	expect(sandbox.record('Quote', String(document.id))).toMatchObject({
		exchange_rate: '0.8',
		amount_usdollar: '2975.00',
	});
});

it.each([
	['JPY', '333.4', '1000', ['130'], '1130', '7.53'],
	['EUR', '333.4', '1000.20', ['130.03'], '1130.23', '7.53'],
	['KWD', '0.3335', '1.001', ['0.130'], '1.131', '0.01'],
])('keeps to the decimals of %s', async (iso4217, price, subtotal, taxes, total, base) => {
	sandbox.insert('Currency', { id: 'own', name: iso4217, iso4217, conversion_rate: 150 });
	const header = { fields: quoteHeader({ currency_id: 'own' }) };
	const [document] = await engine.items(parameters([line(price, 3, V13)], [], header));
	expect(document).toMatchObject({ subtotal, total, check: 'same' });
	expect(document.taxes).toMatchObject(taxes.map((amount) => ({ amount })));
	expect(sandbox.records('QuoteLineGroup')).toMatchObject([{ total_usd: base }]);
	const get = { resource: 'salesDocument', operation: 'get', module: 'Quote' };
	const [{ record: _record, ...read }] = await engine.items({
		...{ ...get, recordId: String(document.id) },
	});
	expect(read).toEqual(document);
});

it('adds a thousand lines of three times 0.1 up to 300.00, in their order', async () => {
	const lines = Array.from({ length: 1000 }, (_, index) =>
		line('0.1', 3, '', { name: `${index}` }),
	);
	const [document] = await engine.items(parameters(lines));
	expect(document).toMatchObject({ total: '300.00', check: 'same' });
	const positions = sandbox.records('QuoteLine').map(({ name, position }) => [name, position]);
	expect(positions.every(([name, position]) => name === position)).toBe(true);
	expect(new Set(positions.map(([name]) => name)).size).toBe(1000);
}, 60_000);

it('takes prices, part numbers and tax codes from products, and puts comments between lines', async () => {
	const taxCode = sandbox.records('TaxCode').find(({ name }) => name === V13)?.id;
	const product = { name: 'Pump', manufacturers_part_no: 'PN-1', list_price: 50, cost: 20 };
	const id = sandbox.insert('Product', { ...product, tax_code_id: taxCode });
	const [document] = await engine.items(
		parameters([
			{ productNumber: 'PN-1', quantity: 2 },
			{ comment: 'Delivered on pallets' },
			{ productId: id, unitPrice: '45.5' },
		]),
	);
	expect(document).toMatchObject({
		subtotal: '145.50',
		total: '164.42',
		groups: [
			{
				lines: [
					{ name: 'Pump', quantity: '2', unitPrice: '50.00', extPrice: '100.00', taxCode: V13 },
					{ comment: 'Delivered on pallets', quantity: null },
					{ unitPrice: '45.50', extPrice: '45.50' },
				],
			},
		],
	});
	expect(sandbox.records('QuoteLine')).toMatchObject([
		{ related_type: 'ProductCatalog', related_id: id, mfr_part_no: 'PN-1', cost_price: '20.00' },
		{ list_price: '50.00', unit_price: '45.50', position: '2' },
	]);
	expect(sandbox.records('QuoteComment')).toMatchObject([{ position: '1' }]);
});

it.each<
	[problem: string, lines: Rows, adjustments: Rows, options: INodeParameters, message: string]
>([
	['an unknown tax code', [line(1, 1, 'None such')], [], {}, 'Line 1: 1CRM has no tax code'],
	['a price that is no number', [line('1,50', 1)], [], {}, 'unitPrice must be a number'],
	['no price', [{ name: 'Thing' }], [], {}, 'needs a unitPrice'],
	['an unknown part number', [{ productNumber: 'X' }], [], {}, 'no product with the part number'],
	['an unknown product', [{ productId: 'x' }], [], {}, 'no product with the ID'],
	['no line at all', [], [], {}, 'at least one line'],
	['a misspelled key', [{ price: 1 }], [], {}, 'doesn\'t support "price"'],
	[
		'another total than expected',
		[line(100, 1, V13)],
		[],
		{ expectedTotal: '113.01' },
		'comes to 113.00, but 113.01 was expected',
	],
	[
		'an expected total without a value',
		[line(1, 1)],
		[],
		{ expectedTotal: '={{ $json.total }}' },
		"The expression in 'Expected Total' has an empty result",
	],
	[
		'a source without a value',
		[line(1, 1)],
		[],
		{ sourceDocument: '={{ $json.quoteId }}' },
		"The expression in 'Source Document' has an empty result, which would name no source",
	],
	[
		'an unknown group',
		[line(1, 1)],
		[{ type: 'fixedDiscount', value: 1, group: 'X' }],
		{},
		'group',
	],
	['an unknown type', [line(1, 1)], [{ type: 'gift', value: 1 }], {}, 'Adjustment 1: the type'],
	['an unknown source', [line(1, 1)], [], { sourceDocument: 'none' }, 'could be made from'],
])('refuses %s before anything is written', async (_, lines, adjustments, options, message) => {
	const error = await engine.failure(parameters(lines, adjustments, { options }));
	expect(error.message).toContain(message);
	expect(posted()).toEqual([]);
});

it('refuses an unknown currency before anything is written', async () => {
	const fields = quoteHeader({ currency_id: 'none' });
	const error = await engine.failure(parameters([line(1, 1)], [], { fields }));
	expect(error.message).toContain('no currency with the ID "none"');
	expect(posted()).toEqual([]);
});

it('names the source of an order after its own lines are there, so that they are not doubled', async () => {
	const [quote] = await engine.items(parameters([line(5, 1)]));
	const order = {
		module: 'SalesOrder',
		fields: {
			mappingMode: 'defineBelow',
			value: { name: 'Order', billing_account_id: 'account-1' },
		},
		options: { sourceDocument: String(quote.id) },
	};
	const [document] = await engine.items(parameters([line(5, 1)], [], order));
	expect(document).toMatchObject({ module: 'SalesOrder', total: '5.00', check: 'same' });
	expect(sandbox.records('SalesOrderLine')).toHaveLength(1);
	expect(sandbox.record('SalesOrder', String(document.id))?.related_quote_id).toBe(quote.id);
});

it.each(['Invoice', 'PurchaseOrder'])('writes the columns of %s', async (module) => {
	const value = {
		name: 'Doc',
		...(module === 'Invoice'
			? { billing_account_id: 'account-1', due_date: '2026-12-31' }
			: { supplier_id: 'account-1' }),
	};
	const fields = { mappingMode: 'defineBelow', value };
	const [document] = await engine.items(parameters([line(5, 1, V19)], [], { module, fields }));
	expect(document).toMatchObject({ module, total: '5.95', check: 'same' });
	expect(sandbox.records(`${module}Line`)).toHaveLength(1);
	if (module === 'Invoice') {
		expect(sandbox.record(module, String(document.id))?.amount_due).toBe('5.95');
	}
});

it.each([
	['truncates', { tallyRounding: 'truncate' as const }, ['different', '112.99']],
	['has no tally', { tally: false }, ['same', undefined]],
	['groups as a map', { tallyGroups: 'map' as const }, ['same', undefined]],
])('checks the total of a server that %s', async (_, variants, expected) => {
	Object.assign(sandbox.variants.sales, variants);
	const [{ check, checkTotal }] = await engine.items(parameters([line('33.33333', 3, V13)]));
	expect([check, checkTotal]).toEqual(expected);
});

describe('a failure on the way', () => {
	const lines = [line(1, 1, V13), line(2, 1, V13), { comment: 'Text' }];
	const LEFT = ['Quote', 'QuoteLineGroup', 'QuoteLine', 'QuoteComment', 'QuoteAdjustment'];
	const left = () => LEFT.flatMap((model) => sandbox.records(model));

	it.each(LEFT.slice(1))('of a %s removes everything again', async (model) => {
		const target = { method: 'POST', path: new RegExp(`^/data/${model}$`) };
		sandbox.failNext({ kind: 'status', status: 400, message: 'No' }, target);
		const error = await engine.failure(parameters(lines));
		expect(error.message).toContain('removed again');
		expect(error.message).toContain('No');
		expect(left()).toEqual([]);
	});

	it.each(LEFT)('of which only the answer is lost, of a %s, goes on', async (model) => {
		const target = { method: 'POST', path: new RegExp(`^/data/${model}$`) };
		sandbox.failNext({ kind: 'resetAfter' }, target);
		const [document] = await engine.items(parameters(lines));
		expect(document).toMatchObject({ total: '3.39', check: 'same' });
		expect(sandbox.records('Quote')).toHaveLength(1);
		expect(sandbox.records('QuoteLine')).toHaveLength(2);
		expect(sandbox.records('QuoteAdjustment')).toHaveLength(1);
	});

	it.each<[string, INodeParameters[string]]>([
		['chosen', { onFailure: 'keep' }],
		['an expression', { onFailure: '={{ "keep" }}' }],
		['options of one expression', '={{ { onFailure: "keep" } }}'],
		['options in JSON text', '{"onFailure": "keep"}'],
	])('can keep what was written (%s), and names it', async (_form, options) => {
		sandbox.failNext({ kind: 'status', status: 400 }, { path: /^\/data\/QuoteComment$/ });
		const error = await engine.failure(parameters(lines, [], { options }));
		const [quote] = sandbox.records('Quote');
		expect(error.message).toContain(quote.id);
		expect(sandbox.records('QuoteLine').every(({ id }) => error.message.includes(id))).toBe(true);
	});

	it('names what can not be removed', async () => {
		sandbox.variants.sales.undeletableInvoice = true;
		sandbox.failNext({ kind: 'status', status: 400 }, { path: /^\/data\/InvoiceLine$/ });
		const fields = {
			mappingMode: 'defineBelow',
			value: { name: 'Bill', billing_account_id: 'account-1', due_date: '2026-12-31' },
		};
		const error = await engine.failure(parameters(lines, [], { module: 'Invoice', fields }));
		const [invoice] = sandbox.records('Invoice');
		expect(error.message).toContain(`Invoice "${invoice.id}"`);
		expect(sandbox.records('InvoiceLineGroup')).toEqual([]);
	});
});
