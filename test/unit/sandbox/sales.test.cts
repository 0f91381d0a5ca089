import { clientOf } from '../../support/client.cts';
import { insertAccount, insertTaxCode } from '../../support/sales.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

const sandbox = sandboxForTests({ perTest: true });

beforeEach(() => {
	insertAccount(sandbox);
});

/** Creates a record as 1CRM's own client does, and returns its id. */
async function create(model: string, data: object): Promise<string> {
	const answer = await clientOf(sandbox).post(`/data/${model}`, { data });
	expect(answer.status).toBe(200);
	return answer.data.id;
}

const HEADERS = {
	Quote: { column: 'quote_id', values: { valid_until: '2026-12-31' } },
	SalesOrder: { column: 'sales_orders_id', values: {} },
	Invoice: { column: 'invoice_id', values: { due_date: '2026-12-31' } },
};

/** The flow of the client's examples: header, group, line, discount, tax. */
async function createDocument(model: keyof typeof HEADERS): Promise<string> {
	const { column, values } = HEADERS[model];
	const header = { name: 'Doc', billing_account_id: 'account-1', amount: 224.55, ...values };
	const id = await create(model, header);
	const group = await create(`${model}LineGroup`, {
		...{ parent_id: id, name: 'Group', position: 0, status: 'Draft', cost: 0 },
		...{ subtotal: 248.4, total: 224.55, group_type: 'products' },
	});
	const place = { [column]: id, line_group_id: group };
	await create(`${model}Line`, {
		...{ ...place, name: 'Thing', position: 0, quantity: 1, related_type: 'ProductCatalog' },
		...{ list_price: 248.4, unit_price: 248.4, ext_price: 248.4, net_price: 248.4 },
	});
	await create(`${model}Comment`, { ...place, position: 1, body: 'Text' });
	await create(`${model}Adjustment`, {
		...{ ...place, position: 0, type: 'StdPercentDiscount', name: '20%', rate: 20, amount: 49.68 },
	});
	await create(`${model}Adjustment`, {
		...{ ...place, position: 1, type: 'StandardTax', name: 'Tax', rate: 13, amount: 25.83 },
	});
	return id;
}

it.each(['Quote', 'SalesOrder', 'Invoice'] as const)('creates a %s row by row', async (model) => {
	const id = await createDocument(model);
	const client = clientOf(sandbox);
	const links = ['line_groups_link', 'lines_link', 'comments_link', 'adjustments_link'];
	const totals = await Promise.all(
		links.map(async (link) => {
			const { data } = await client.get(`/data/${model}/${id}/${link}`);
			return data.total_results;
		}),
	);
	expect(totals).toEqual([1, 1, 1, 2]);
	const { data } = await client.get(`/tally/${model}/${id}`);
	expect(data.totals).toMatchObject({
		subtotal: '248.40',
		discount: '49.68',
		total: '224.55',
		taxes: [{ name: 'Tax', amount: '25.83' }],
	});
	expect(data.groups[0].line_items).toMatchObject([
		{ name: 'Thing', is_comment: '0' },
		{ name: 'Text', is_comment: '1' },
	]);
	expect(data.record).toMatchObject({ id, name: 'Doc' });
});

it('calculates nothing of groups and lines', async () => {
	const group = await create('QuoteLineGroup', { name: 'Group' });
	const line = await create('QuoteLine', { name: 'Thing', quantity: 2, unit_price: 5 });
	expect(sandbox.record('QuoteLineGroup', group)?.total).toBeUndefined();
	expect(sandbox.record('QuoteLine', line)?.ext_price).toBeUndefined();
	expect(sandbox.record('QuoteLine', line)?.unit_price_usd).toBeUndefined();
});

it('copies the lines of a source, and closes a quote', async () => {
	const quote = await createDocument('Quote');
	const order = await create('SalesOrder', {
		...{ name: 'Order', billing_account_id: 'account-1', related_quote_id: quote },
	});
	const invoice = await create('Invoice', {
		...{ name: 'Invoice', billing_account_id: 'account-1', from_so_id: order },
	});
	expect(sandbox.record('Quote', quote)?.quote_stage).toBe('Closed Accepted');
	const { data } = await clientOf(sandbox).get(`/tally/Invoice/${invoice}`);
	expect(data.totals.total).toBe('224.55');
	sandbox.variants.sales.copiesLines = false;
	await create('SalesOrder', { name: 'Empty', related_quote_id: quote });
	expect(sandbox.records('SalesOrderLine')).toHaveLength(1);
});

it('applies a payment by a linking record', async () => {
	const invoice = await createDocument('Invoice');
	const payment = await create('Payment', {
		...{ account_id: 'account-1', direction: 'incoming', payment_date: '2026-07-14' },
		...{ amount: 24.55, total_amount: 24.55, related_invoice_id: invoice, applied_amount: 24.55 },
	});
	const row = { invoice_id: invoice, payment_id: payment, amount: 24.55 };
	expect(await create('invoices_payments', row)).toEqual(expect.any(String));
	sandbox.variants.sales.linkRowId = 'list';
	expect(await create('invoices_payments', row)).toEqual([expect.any(String)]);
	const client = clientOf(sandbox);
	expect((await client.get(`/data/Invoice/${invoice}/payments`)).data.total_results).toBe(1);
	await client.patch(`/data/Invoice/${invoice}`, { data: { amount_due: 200 } });
	expect(sandbox.record('Invoice', invoice)?.amount_due).toBe('200.00');
});

it('takes the exchange rate from the currency, and derives the copies of a header only', async () => {
	sandbox.insert('Currency', { id: 'eur', name: 'Euro', iso4217: 'EUR', conversion_rate: 0.8 });
	const id = await create('Quote', { name: 'Offer', currency_id: 'eur', amount: 2380 });
	expect(sandbox.record('Quote', id)).toMatchObject({
		exchange_rate: '0.8',
		amount_usdollar: '2975.00',
	});
});

it('lists the rates of a tax code', async () => {
	const code = insertTaxCode(sandbox, 'GST and QST', '5', '~9.5');
	const { data } = await clientOf(sandbox).get(`/data/TaxCode/${code}/taxrates`, {
		params: { fields: ['name', 'rate', 'compounding'] },
	});
	expect(data.records).toMatchObject([
		{ rate: '5', compounding: '0' },
		{ rate: '9.5', compounding: '1' },
	]);
	sandbox.variants.sales.taxRatesLink = false;
	expect((await clientOf(sandbox).get(`/data/TaxCode/${code}/taxrates`)).status).toBe(404);
});

it('deletes a header with or without its parts, and may refuse to delete invoices', async () => {
	const client = clientOf(sandbox);
	await client.delete(`/data/Quote/${await createDocument('Quote')}`);
	expect(sandbox.records('QuoteLine')).toHaveLength(1);
	sandbox.variants.sales.deletedHeader = 'takesParts';
	await client.delete(`/data/SalesOrder/${await createDocument('SalesOrder')}`);
	expect(sandbox.records('SalesOrderLine')).toEqual([]);
	sandbox.variants.sales.undeletableInvoice = true;
	const invoice = await createDocument('Invoice');
	expect((await client.delete(`/data/Invoice/${invoice}`)).status).toBe(403);
});

it('may have no tally, give groups as a map, truncate, or recompute totals', async () => {
	const client = clientOf(sandbox);
	const { sales } = sandbox.variants;
	const id = await createDocument('Quote');
	sales.tallyGroups = 'map';
	const { data } = await client.get(`/tally/Quote/${id}`);
	expect(Array.isArray(data.groups)).toBe(false);
	const [line] = sandbox.records('QuoteLine');
	await client.patch(`/data/QuoteLine/${line.id}`, { data: { unit_price: 248.399 } });
	const subtotal = async () => (await client.get(`/tally/Quote/${id}`)).data.totals.subtotal;
	expect(await subtotal()).toBe('248.40');
	sales.tallyRounding = 'truncate';
	expect(await subtotal()).toBe('248.39');
	expect(sandbox.record('Quote', id)?.amount).toBe('224.55');
	sales.headerTotals = 'recomputed';
	expect((await client.get(`/data/Quote/${id}`)).data.record.amount).toBe('224.54');
	sales.tally = false;
	expect((await client.get(`/tally/Quote/${id}`)).status).toBe(404);
});
