import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { insertAccount, insertTaxCode, quoteHeader } from '../../support/sales.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

const V13 = 'VAT 13%';

beforeEach(() => {
	insertAccount(sandbox);
	insertTaxCode(sandbox, V13, '13');
});

async function create(lines: IDataObject[], adjustments: IDataObject[] = []): Promise<IDataObject> {
	const [document] = await engine.items({
		...{ resource: 'salesDocument', operation: 'create', module: 'Quote' },
		...{ fields: quoteHeader(), linesMode: 'json' },
		...{ linesJson: JSON.stringify(lines), adjustmentsJson: JSON.stringify(adjustments) },
	});
	return document;
}

const LINES = [
	{ name: 'Pump', unitPrice: '100', taxCode: V13, group: 'Parts' },
	{ comment: 'Delivered on pallets', group: 'Parts' },
	{ name: 'Pump', unitPrice: '50', quantity: 2, group: 'Parts' },
	{ name: 'Work', unitPrice: '80', taxCode: V13, group: 'Service' },
];
const ADJUSTMENTS = [
	{ type: 'percentDiscount', value: 10 },
	{ type: 'untaxedShipping', value: 5 },
];

const getting = (id: unknown, options: INodeParameters = {}): INodeParameters => ({
	...{ resource: 'salesDocument', operation: 'get', module: 'Quote', recordId: String(id) },
	options,
});

const LINKS = /^\/data\/Quote\/[^/]+\/\w+_link$/;
const TALLY = /^\/tally\//;

it.each(['map', 'list'] as const)('reads the tally with its groups as a %s', async (shape) => {
	sandbox.variants.sales.tallyGroups = shape;
	const document = await create(LINES, ADJUSTMENTS);
	sandbox.clearRequests();
	const [{ record, ...read }] = await engine.items(getting(document.id));
	expect(read).toEqual(document);
	expect(record).toMatchObject({ id: document.id, name: 'Offer' });
	expect(sandbox.requests.filter(({ path }) => TALLY.test(path))).toHaveLength(1);
});

it('shows the amounts of the tally for rows that somebody wrote without', async () => {
	const document = await create(LINES);
	for (const line of sandbox.records('QuoteLine')) line.ext_price = null;
	for (const group of sandbox.records('QuoteLineGroup')) Object.assign(group, { total: null });
	Object.assign(sandbox.record('Quote', String(document.id))!, { amount: null, subtotal: null });
	const [read] = await engine.items(getting(document.id));
	expect(read).toMatchObject({ groups: document.groups, subtotal: '280.00', total: '303.40' });
});

it.each([
	['without a tally', () => void (sandbox.variants.sales.tally = false)],
	[
		'with a tally that fails',
		() => sandbox.failNext({ kind: 'status', status: 500 }, { path: TALLY, times: Infinity }),
	],
	[
		'with a tally of another form',
		() => sandbox.failNext({ kind: 'status', status: 200, body: { totals: [] } }, { path: TALLY }),
	],
])('reads all rows by the links of a server %s', async (_, plan) => {
	const document = await create(LINES, ADJUSTMENTS);
	plan();
	const [{ record, ...read }] = await engine.items(getting(document.id));
	expect(read).toEqual(document);
	expect(record).toMatchObject({ id: document.id, name: 'Offer' });
});

it('reads a tally alone where the links are not offered', async () => {
	const document = await create(LINES, ADJUSTMENTS);
	sandbox.failNext({ kind: 'status', status: 404 }, { path: LINKS, times: Infinity });
	const [read] = await engine.items(getting(document.id));
	const { id, number, subtotal, discount, shipping, pretax, total, taxes } = document;
	expect(read).toMatchObject({ id, number, subtotal, discount, shipping, pretax, total, taxes });
	expect(read).toMatchObject({
		check: 'same',
		groups: [
			{
				...{ id: null, name: 'Parts', subtotal: '200.00' },
				lines: [
					{ name: 'Pump', quantity: '1', unitPrice: '100.00', extPrice: '100.00', comment: null },
					{ name: null, comment: 'Delivered on pallets' },
					{ name: 'Pump', quantity: '2', unitPrice: '50.00', extPrice: '100.00' },
				],
				adjustments: [
					{ type: 'percentDiscount', rate: '10', amount: '20.00' },
					{ type: 'tax', amount: '11.70' },
					{ type: 'untaxedShipping', amount: '5.00' },
				],
			},
			{ name: 'Service', total: '90.40' },
		],
	});
});

it('fails if neither the links nor the tally can be read', async () => {
	const document = await create(LINES);
	sandbox.variants.sales.tally = false;
	sandbox.failNext(
		{ kind: 'status', status: 403, message: 'No rights' },
		{ path: LINKS, times: Infinity },
	);
	expect((await engine.failure(getting(document.id))).message).toContain('No rights');
});

it('keeps to the stored rows if the tally shows others', async () => {
	const document = await create(LINES);
	const [first] = sandbox.records('QuoteLine');
	sandbox.failNext(
		{
			...{ kind: 'status', status: 200 },
			body: {
				groups: [{ name: 'Parts', line_items: [{ name: first.name, ext_price: '1.00' }] }],
				totals: { total: '303.40' },
			},
		},
		{ path: TALLY },
	);
	const [read] = await engine.items(getting(document.id));
	expect(read).toMatchObject({ groups: document.groups, check: 'same' });
});

it.each([true, false])(
	'reads every line of a long document, with a tally: %s',
	async (tally) => {
		const lines = Array.from({ length: 450 }, (_, index) => ({ name: `${index}`, unitPrice: 1 }));
		const document = await create(lines);
		sandbox.variants.sales.tally = tally;
		const [read] = await engine.items(getting(document.id));
		const [group] = read.groups as Array<{ lines: Array<{ name: string; id: string }> }>;
		expect(group.lines.map(({ name }) => name)).toEqual(lines.map(({ name }) => name));
		expect(new Set(group.lines.map(({ id }) => id)).size).toBe(450);
		expect(read).toMatchObject({ total: '450.00', check: 'same' });
	},
	30_000,
);

it('says what 1CRM shows if the header has another total', async () => {
	const document = await create(LINES);
	sandbox.record('Quote', String(document.id))!.amount = '300.00';
	const [read] = await engine.items(getting(document.id));
	expect(read).toMatchObject({ total: '300.00', check: 'different', checkTotal: '303.40' });
});

it('says that a document is not there', async () => {
	expect((await engine.failure(getting('none'))).message).toBe('Quote "none" was not found');
});
