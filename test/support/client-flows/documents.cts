import type { Sandbox } from '../../sandbox/sandbox.cts';
import { insertAccount, insertTaxCode } from '../sales.cts';
import { type Flow, withEither } from './flow.cts';
import type { OfficialClient } from './official-client.cts';

const NAME = 'Annual Subscription for 1 User';
const AMOUNTS = { cost: '138.00', subtotal: '248.40' };

/** What every document needs: an account, a contact, a product, a tax and a discount. */
function insertBasics(sandbox: Sandbox) {
	return {
		account: insertAccount(sandbox),
		contact: sandbox.insert('Contact', { last_name: 'Berg' }),
		product: sandbox.insert('Product', { name: NAME }),
		taxCode: insertTaxCode(sandbox, 'Standard', '13'),
		taxRate: sandbox.records('TaxRate')[0].id,
		discount: sandbox.insert('Discount', { name: 'Preferred Customer' }),
	};
}

/** Header, group and line, as each of the three examples begins. */
async function createWithLine(
	client: OfficialClient,
	model: string,
	column: string,
	header: Record<string, string>,
) {
	const basics = insertBasics(client.sandbox);
	const id = await client.create(model, {
		name: NAME,
		terms: 'Due on Receipt',
		description: 'Annual Subscription',
		billing_contact_id: basics.contact,
		billing_account_id: basics.account,
		...header,
	});
	const group = await client.create(`${model}LineGroup`, {
		...{ parent_id: id, name: '', position: 1, status: 'Draft', ...AMOUNTS },
		...{ total: header.amount, group_type: 'products' },
	});
	const place = { [column]: id, line_group_id: group };
	await client.create(`${model}Line`, {
		...{ ...place, name: NAME, position: 1, quantity: 1, related_type: 'ProductCatalog' },
		...{ related_id: basics.product, mfr_part_no: 'SW-Ent', tax_class_id: basics.taxCode },
		...{ cost_price: '138.00', list_price: '276.00', unit_price: '248.40', net_price: '198.72' },
	});
	const tax = (amount: string) => ({
		...{ ...place, name: 'HST', position: 1, related_type: 'TaxRates', rate: 13 },
		...{ related_id: basics.taxRate, type: 'StandardTax', amount },
	});
	return { id, place, tax, ...basics };
}

const totalOf = async (client: OfficialClient, model: string, id: string) =>
	(await client.get<{ totals: { total: string } }>(`/tally/${model}/${id}`)).totals.total;

/** Quotes, orders and invoices with their lines. */
export const documents: Flow[] = [
	withEither({
		source: 'examples/create-quote',
		shows: 'Create a quote with a line, a comment, a discount and a tax',
		standsFor: 'Sales Document > Create',
		async run({ client }) {
			const header = { quote_stage: 'Draft', valid_until: '2020-01-01', amount: '224.55' };
			const quote = await createWithLine(client, 'Quote', 'quote_id', header);
			const { id, place, discount, tax } = quote;
			await client.create('QuoteComment', { ...place, position: 2, body: 'Upgrade instance' });
			await client.create('QuoteAdjustment', {
				...{ ...place, name: 'Preferred Customer', position: 0, related_type: 'Discounts' },
				...{ related_id: discount, rate: 20, type: 'StandardDiscount', amount: '49.68' },
			});
			await client.create('QuoteAdjustment', tax('25.83'));
			expect(await totalOf(client, 'Quote', id)).toBe('224.55');
		},
	}),
	withEither({
		source: 'examples/create-so',
		shows: 'Create an order with a line, a comment, taxed shipping and a tax',
		standsFor: 'Sales Document > Create',
		async run({ client }) {
			const header = { so_stage: 'Ordered', due_date: '2020-01-01', amount: '291.99' };
			const order = await createWithLine(client, 'SalesOrder', 'sales_orders_id', header);
			const { id, place, taxCode, tax } = order;
			await client.create('SalesOrderComment', { ...place, position: 2, body: 'Upgrade instance' });
			await client.create('SalesOrderAdjustment', {
				...{ ...place, name: '', position: 0, related_type: 'ShippingProviders' },
				...{ type: 'TaxedShipping', amount: '10', tax_class_id: taxCode },
			});
			await client.create('SalesOrderAdjustment', tax('33.59'));
			expect(await totalOf(client, 'SalesOrder', id)).toBe('291.99');
		},
	}),
	withEither({
		source: 'examples/create-invoice',
		shows: 'Create an invoice, and a payment that pays it',
		standsFor: 'Sales Document > Create, Sales Document > Add Payment',
		async run({ client, sandbox }) {
			const dates = { invoice_date: '2020-01-01', due_date: '2020-01-01' };
			const amounts = { amount: '224.55', amount_due: '224.55' };
			const header = { shipping_stage: 'None', ...dates, ...amounts };
			const invoice = await createWithLine(client, 'Invoice', 'invoice_id', header);
			const { id, account, tax } = invoice;
			await client.create('InvoiceAdjustment', tax('25.83'));
			const payment = await client.create('Payment', {
				...{ account_id: account, direction: 'incoming', payment_date: '2020-01-01' },
				...{ payment_type: 'Credit Card', amount: '224.55', total_amount: '224.55' },
				...{ related_invoice_id: id, applied_amount: '224.55' },
			});
			const pair = { payment_id: payment, invoice_id: id, amount: '224.55' };
			expect(await client.create('invoices_payments', pair)).toEqual(expect.any(String));
			expect(await client.update('Invoice', id, { amount_due: 0 })).toEqual({ result: true });
			expect(Number(sandbox.record('Invoice', id)?.amount_due)).toBe(0);
			expect(await client.related(['Invoice', id, 'payments'])).toMatchObject({
				records: [{ id: payment }],
			});
		},
	}),
	withEither({
		source: 'examples/quote-structure',
		shows: 'Put a quote together from its groups, lines, comments and adjustments',
		standsFor: 'Sales Document > Get',
		async run({ client, sandbox }) {
			const quote = sandbox.insert('Quote', { name: 'Offer' });
			const group = sandbox.insert('QuoteLineGroup', { name: 'Group 1', parent_id: quote });
			const place = { quote_id: quote, line_group_id: group };
			const line = sandbox.insert('QuoteLine', { ...place, name: 'MacBook', position: 4 });
			sandbox.insert('QuoteComment', { ...place, position: 9, body: 'This is a comment' });
			sandbox.insert('QuoteAdjustment', {
				...{ ...place, position: 1, line_id: line, related_type: 'Discounts' },
				type: 'StdPercentDiscount',
			});
			const rows = async (link: string, fields?: string[]) =>
				(await client.related(['Quote', quote, link], { fields })).records;
			const id = expect.any(String) as string;
			const shown = (name: string | null) => ({ id, name, _display: name });
			expect(await rows('line_groups_link')).toEqual([shown('Group 1')]);
			expect(await rows('lines_link', ['position', 'line_group_id'])).toEqual([
				{ position: '4', line_group_id: group, ...shown('MacBook') },
			]);
			expect(await rows('comments_link', ['position', 'line_group_id', 'body'])).toEqual([
				{ position: '9', line_group_id: group, body: 'This is a comment', ...shown(null) },
			]);
			const names = ['position', 'line_group_id', 'line_id', 'related_type', 'type', 'related_id'];
			expect(await rows('adjustments_link', names)).toEqual([
				{
					...{ position: '1', line_group_id: group, line_id: line, related_type: 'Discounts' },
					...{ type: 'StdPercentDiscount', related_id: null, ...shown(null) },
				},
			]);
		},
	}),
];
