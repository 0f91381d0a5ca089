import type { INodeParameters } from 'n8n-workflow';
import type { SalesVariants } from '../../sandbox/variants.cts';
import { insertAccount, insertTaxCode } from '../../support/sales.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

beforeEach(() => {
	insertAccount(sandbox);
	insertTaxCode(sandbox, 'VAT 13%', '13');
});

const HEADERS = {
	Quote: { billing_account_id: 'account-1', valid_until: '2026-12-31' },
	SalesOrder: { billing_account_id: 'account-1' },
	Invoice: { billing_account_id: 'account-1', due_date: '2026-12-31' },
	PurchaseOrder: { supplier_id: 'account-1' },
	Bill: { supplier_id: 'account-1', bill_date: '2026-07-14', due_date: '2026-12-31' },
	Shipping: { shipping_account_id: 'account-1' },
};

const creating = (
	module: keyof typeof HEADERS,
	options: INodeParameters = {},
	name = 'Document',
): INodeParameters => ({
	...{ resource: 'salesDocument', operation: 'create', module, options },
	fields: { mappingMode: 'defineBelow', value: { name, ...HEADERS[module] } },
	linesMode: 'json',
	linesJson: [
		{ name: 'Pump', unitPrice: '33.33333', quantity: 3, taxCode: 'VAT 13%' },
		{ comment: 'Delivered on pallets' },
	],
});

const rowsOf = (module: string) =>
	['LineGroup', 'Line', 'Comment', 'Adjustment'].map(
		(part) => sandbox.records(`${module}${part}`).length,
	);

const SERVERS: Array<[string, Partial<SalesVariants>]> = [
	['copies lines', { copiesLines: true }],
	['copies no lines', { copiesLines: false }],
	['deletes parts with their header', { deletedHeader: 'takesParts' }],
	['forbids to delete invoices', { undeletableInvoice: true }],
	['has no tally', { tally: false }],
	['has a map of groups', { tallyGroups: 'map' }],
	['truncates', { tallyRounding: 'truncate' }],
	['calculates the totals of headers', { headerTotals: 'recomputed' }],
];

describe.each(SERVERS)('on a server that %s', (_, switches) => {
	beforeEach(() => Object.assign(sandbox.variants.sales, switches));

	it.each(['Quote', 'SalesOrder', 'Invoice', 'PurchaseOrder', 'Bill', 'Shipping'] as const)(
		'writes a %s once, and reads it',
		async (module) => {
			const [document] = await engine.items(creating(module));
			const check = switches.tallyRounding === 'truncate' ? 'different' : 'same';
			expect(document).toMatchObject({ module, subtotal: '100.00', total: '113.00', check });
			expect(sandbox.records(module)).toHaveLength(1);
			expect(rowsOf(module)).toEqual([1, 1, 1, 1]);
			const [read] = await engine.items({
				...{ resource: 'salesDocument', operation: 'get', module },
				recordId: String(document.id),
			});
			const { id, number, taxes } = document;
			expect(read).toMatchObject({ id, number, taxes });
		},
	);

	it('makes an order of a quote, and an invoice of that, without double lines', async () => {
		const [quote] = await engine.items(creating('Quote'));
		const [order] = await engine.items(
			creating('SalesOrder', { sourceDocument: String(quote.id) }),
		);
		const [invoice] = await engine.items(creating('Invoice', { sourceDocument: String(order.id) }));
		expect(rowsOf('SalesOrder')).toEqual([1, 1, 1, 1]);
		expect(rowsOf('Invoice')).toEqual([1, 1, 1, 1]);
		expect(sandbox.record('Invoice', String(invoice.id))?.from_so_id).toBe(order.id);
		const [delivery] = await engine.items(
			creating('Shipping', { sourceDocument: String(order.id) }),
		);
		expect(sandbox.record('Shipping', String(delivery.id))?.so_id).toBe(order.id);
	});

	it.each(['Quote', 'Invoice'] as const)(
		'leaves nothing of a %s that fails, or names it',
		async (module) => {
			const target = { method: 'POST', path: new RegExp(`^/data/${module}Adjustment$`) };
			sandbox.failNext({ kind: 'status', status: 400, message: 'No' }, target);
			const { message } = await engine.failure(creating(module));
			expect(rowsOf(module)).toEqual([0, 0, 0, 0]);
			const left = sandbox.records(module);
			expect(left).toHaveLength(module === 'Invoice' && switches.undeletableInvoice ? 1 : 0);
			for (const { id } of left)
				expect(message).toContain(`Remove what is left of it: Invoice "${id}"`);
		},
	);

	it('looks up a header of which the answer is lost', async () => {
		sandbox.failNext({ kind: 'resetAfter' }, { method: 'POST', path: /^\/data\/Invoice$/ });
		const [document] = await engine.items(creating('Invoice'));
		expect(sandbox.records('Invoice').map(({ id }) => id)).toEqual([document.id]);
		expect(rowsOf('Invoice')).toEqual([1, 1, 1, 1]);
	});
});

describe('documents with the same header in one run', () => {
	const three = [{ json: {} }, { json: {} }, { json: {} }];
	const lost = { method: 'POST', path: /^\/data\/Quote$/ };

	it.each([0, 1, 2])('are three, though the answer for number %s is lost', async (after) => {
		sandbox.failNext({ kind: 'resetAfter' }, { ...lost, after });
		const documents = await engine.items(creating('Quote'), { items: three });
		expect(new Set(documents.map(({ id }) => id)).size).toBe(3);
		expect(sandbox.records('Quote')).toHaveLength(3);
		expect(rowsOf('Quote')).toEqual([3, 3, 3, 3]);
	});

	it.each([0, 1, 2])('get no lines of number %s, which never arrived', async (after) => {
		sandbox.failNext({ kind: 'resetBefore' }, { ...lost, after });
		const run = await engine.run(creating('Quote'), { items: three, continueOnFail: true });
		const failed = run.items.filter(({ json }) => json.error !== undefined);
		expect(failed).toHaveLength(1);
		expect(JSON.stringify(failed[0])).toContain('may have applied');
		expect(sandbox.records('Quote')).toHaveLength(2);
		for (const { id } of sandbox.records('Quote')) {
			const lines = sandbox.records('QuoteLine').filter(({ quote_id }) => quote_id === id);
			expect(lines).toHaveLength(1);
		}
	});
});

it('does not take an older document for one of which the answer is lost', async () => {
	await engine.items(creating('Quote'));
	sandbox.failNext({ kind: 'resetBefore' }, { method: 'POST', path: /^\/data\/Quote$/ });
	const error = await engine.failure(creating('Quote'));
	expect(`${error.description}`).toContain('may have applied');
	expect(sandbox.records('Quote')).toHaveLength(1);
	expect(rowsOf('Quote')).toEqual([1, 1, 1, 1]);
});

it('writes the currency that a purchase order must have', async () => {
	sandbox.variants.missingRequired = 'sqlError';
	await engine.items(creating('PurchaseOrder'));
	const [post] = sandbox.requests.filter(({ method }) => method === 'POST');
	expect(post.body).toMatchObject({ data: { currency_id: '-99', amount: '113.00' } });
});
