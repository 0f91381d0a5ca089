import { changeRecord } from '../support/change-record.cts';
import { recordsClient } from '../support/client.cts';
import { INSTALLATION_LIMIT } from '../support/n8n/installation.cts';
import type { Stage } from '../support/n8n/stage.cts';
import { runExample } from './example-run.cts';
import {
	paymentsFile,
	sendForm,
	sendToWebhook,
	triggerOf,
	whileActive,
} from './example-trigger.cts';
import type { Example } from './example.cts';
import { type ExampleStage, itInVersion2, startExampleStage } from './example-stage.cts';
import type { Services } from './services/services.cts';
import { shopOrder } from './shop-order.cts';

let started: ExampleStage;
let stage: Stage;
let services: Services;

beforeAll(async () => {
	started = await startExampleStage();
	({ stage, services } = started);
}, INSTALLATION_LIMIT);

afterAll(async () => {
	await started?.stop();
});

const example = (name: string): Example => started.example(name);

const last = (model: string) => stage.sandbox.records(model).at(-1)!;

describe('the example of a shop order', () => {
	const shop = () => example('shop order to sales order');

	it('makes an account, a contact and a sales order that comes to the total of the shop', async () => {
		const order = shopOrder();
		const { status } = await sendToWebhook(shop(), stage, order);
		expect(status).toBe('success');
		const { billing } = order;
		const account = last('Account');
		expect(account.name).toBe(`${billing.first_name} ${billing.last_name}`);
		const contact = last('Contact');
		expect(contact).toMatchObject({
			...{ email1: billing.email, last_name: billing.last_name },
			primary_account_id: account.id,
		});
		const sale = last('SalesOrder');
		expect(sale).toMatchObject({
			name: `Shop order ${order.number}`,
			...{ billing_account_id: account.id, billing_contact_id: contact.id },
			...{ subtotal: '130.00', pretax: '123.90', amount: '145.98' },
		});
		const rows = (model: string) =>
			stage.sandbox
				.records(model)
				.filter((row) => row.sales_orders_id === sale.id)
				.sort((a, b) => Number(a.position) - Number(b.position));
		expect(rows('SalesOrderLine')).toMatchObject([
			{ name: 'Kettle', quantity: '2', unit_price: '50.00', ext_price: '100.00' },
			{ name: 'Cookbook', quantity: '1', ext_price: '30.00' },
		]);
		expect(rows('SalesOrderAdjustment').map(({ type, amount }) => [type, amount])).toEqual([
			['StandardDiscount', '13.00'],
			['TaxedShipping', '6.90'],
			['StandardTax', '19.38'],
			['StandardTax', '2.70'],
		]);
	});

	it('enters an order once, and two orders of a customer on one account', async () => {
		const order = shopOrder();
		await sendToWebhook(shop(), stage, order);
		const counts = () =>
			['Account', 'Contact', 'SalesOrder'].map((model) => stage.sandbox.records(model).length);
		const before = counts();
		const again = await sendToWebhook(shop(), stage, order);
		expect(again.status).toBe('success');
		expect(counts()).toEqual(before);
		await sendToWebhook(shop(), stage, { ...shopOrder(), billing: order.billing });
		expect(counts()).toEqual([before[0], before[1], before[2] + 1]);
	});

	it.each([
		['with another total', { total: '146.00' }, 'comes to 145.98, but 146.00 was expected'],
		[
			'with an unknown tax',
			{ line_items: shopOrder().line_items.map((line) => ({ ...line, tax_class: 'luxury' })) },
			'no tax code "luxury"',
		],
	])('leaves one %s to a person', async (_, changes, reason) => {
		const orders = stage.sandbox.records('SalesOrder').length;
		const order = shopOrder(changes);
		const { status } = await sendToWebhook(shop(), stage, order);
		expect(status).toBe('success');
		expect(stage.sandbox.records('SalesOrder')).toHaveLength(orders);
		expect(last('Task')).toMatchObject({
			name: `Shop order ${order.number} could not be entered`,
			description: expect.stringContaining(reason),
		});
	});
});

describe('the example of an accepted quote', () => {
	const accepting = () => example('accepted quote to order and invoice');

	itInVersion2('makes an order and an invoice of it, and sends the invoice', async () => {
		const run = await runExample(accepting(), stage);
		expect(run.problems).toEqual([]);
		const { sandbox } = stage;
		const [quote, order, invoice] = ['Quote', 'SalesOrder', 'Invoice'].map(last);
		expect(order).toMatchObject({
			...{ related_quote_id: quote.id, amount: '240.00', name: `Order for ${quote.name}` },
			billing_account_id: quote.billing_account_id,
		});
		expect(invoice).toMatchObject({
			...{ from_so_id: order.id, amount: '240.00', amount_due: '240.00' },
		});
		const [line] = sandbox.records('QuoteLine').filter(({ quote_id }) => quote_id === quote.id);
		for (const [model, column, id] of [
			['SalesOrderLine', 'sales_orders_id', order.id],
			['InvoiceLine', 'invoice_id', invoice.id],
		]) {
			const lines = sandbox.records(model).filter((row) => row[column] === id);
			expect(lines).toMatchObject([
				{ name: line.name, related_id: line.related_id, tax_class_id: line.tax_class_id },
			]);
		}
		const mail = services.mail.mails.at(-1)!;
		const contact = sandbox.record('Contact', String(quote.billing_contact_id))!;
		expect(mail.to).toMatchObject([{ address: contact.email1 }]);
		expect(mail.text).toContain(`our invoice ${invoice.invoice_number} of 240.00`);
		expect(mail.attachments).toMatchObject([{ mimeType: 'application/pdf' }]);
	});

	itInVersion2('handles a quote once, however often it is saved', async () => {
		const { sandbox, client } = stage;
		const [quote, orders] = [last('Quote'), sandbox.records('SalesOrder').length];
		const { status } = await whileActive(accepting(), stage, async () => {
			await recordsClient(sandbox, 'Quote').patch(`/${quote.id}`, { data: { terms: 'Net 30' } });
		});
		expect(status).toBe('success');
		expect(sandbox.records('SalesOrder')).toHaveLength(orders);
		expect(await client.executions(accepting().id)).not.toEqual([]);
	});

	it('leaves a quote that is still open alone', async () => {
		const { sandbox } = stage;
		const orders = sandbox.records('SalesOrder').length;
		const { status } = await whileActive(accepting(), stage, async () => {
			const [{ id }] = sandbox.records('Account');
			const open = { name: 'Open', billing_account_id: id, valid_until: '2099-12-31' };
			await changeRecord(sandbox, triggerOf(accepting()), { ...open, quote_stage: 'Draft' });
		});
		expect(status).toBe('success');
		expect(sandbox.records('SalesOrder')).toHaveLength(orders);
	});

	it('asks somebody where the totals differ', async () => {
		const { sandbox } = stage;
		const invoices = sandbox.records('Invoice').length;
		const [{ id }] = sandbox.records('Account');
		const { status } = await whileActive(accepting(), stage, async () => {
			const quote = { name: 'Wrong', billing_account_id: id, valid_until: '2099-12-31' };
			const stored = { ...quote, quote_stage: 'Closed Accepted', amount: '1.00' };
			await changeRecord(sandbox, triggerOf(accepting()), stored);
		});
		expect(status).toBe('success');
		expect(sandbox.records('Invoice')).toHaveLength(invoices);
		expect(last('Task')).toMatchObject({
			parent_id: last('Quote').id,
			description: expect.stringContaining('comes to 240.00, but 1.00 was expected'),
		});
	});
});

describe('the example of payments', () => {
	const paying = () => example('payments from a CSV file');

	it('adds each payment once, and leaves those without an invoice to a person', async () => {
		const { sandbox } = stage;
		const [account] = sandbox.records('Account');
		const invoice = (amount: string) =>
			sandbox.record(
				'Invoice',
				sandbox.insert('Invoice', {
					...{ name: 'Delivery', billing_account_id: account.id, due_date: '2026-12-31' },
					...{ amount, amount_due: amount },
				}),
			)!;
		const [one, other, paid] = [invoice('100.00'), invoice('50.50'), invoice('10.00')];
		paid.amount_due = '0.00';
		const file = paymentsFile([
			[one.invoice_number, '40.00', '2026-07-14', 'TX-10'],
			[other.invoice_number, '50.50', '2026-07-14', 'TX-11'],
			['999999', '5.00', '2026-07-14', 'TX-12'],
			[paid.invoice_number, '10.00', '2026-07-14', 'TX-13'],
			[one.invoice_number, '10.00', '2026-07-15', 'TX-14'],
		]);
		for (let turn = 1; turn <= 2; turn++) {
			const { status } = await sendForm(paying(), stage, { 'field-0': file });
			expect(status).toBe('success');
			expect([one.amount_due, other.amount_due]).toEqual(['50.00', '0.00']);
			const paidBy = sandbox.records('Payment').map((row) => row.customer_reference);
			expect(paidBy.filter((text) => /^TX-1\d$/.test(String(text)))).toEqual([
				'TX-10',
				'TX-11',
				'TX-14',
			]);
			const tasks = sandbox
				.records('Task')
				.filter(({ name }) => /^Payment TX-1/.test(String(name)));
			expect(tasks.map(({ name }) => name).sort()).toEqual(
				['TX-12', 'TX-13']
					.flatMap((reference) => Array<string>(turn).fill(reference))
					.map((reference) => `Payment ${reference} could not be assigned`),
			);
		}
	});
});

describe('the example of reminders', () => {
	itInVersion2('reminds of each overdue invoice once a week', async () => {
		const { sandbox } = stage;
		const [contact] = sandbox.records('Contact');
		const account = contact.primary_account_id;
		const insert = (name: string, values: object) =>
			sandbox.insert('Invoice', {
				...{ name, billing_account_id: account, billing_contact_id: contact.id },
				...{ due_date: '2026-01-31', amount: '99.50', amount_due: '99.50', ...values },
			});
		const overdue = insert('Overdue', {});
		insert('Paid', { amount_due: '0.00' });
		insert('Cancelled', { cancelled: 1 });
		insert('Due today', { due_date: new Date().toISOString().slice(0, 10) });
		const silent = insert('Without a contact', { billing_contact_id: '' });

		const reminding = example('remind of overdue invoices');
		const before = services.mail.mails.length;
		const run = await runExample(reminding, stage);
		expect(run.problems).toEqual([]);
		const sent = services.mail.mails.slice(before);
		const expected = sandbox
			.records('Invoice')
			.filter(
				({ amount_due: due, due_date: day, cancelled, billing_contact_id: to }) =>
					Number(due) > 0 &&
					String(day) < new Date().toISOString().slice(0, 10) &&
					cancelled !== '1' &&
					to,
			);
		expect(sent.map(({ subject }) => subject).sort()).toEqual(
			expected.map((row) => `Reminder: invoice ${row.invoice_number}`).sort(),
		);
		const number = sandbox.record('Invoice', overdue)!.invoice_number;
		const mail = sent.find(({ subject }) => subject === `Reminder: invoice ${number}`)!;
		expect(mail.text).toContain('was due on 2026-01-31. 99.50 is still open');
		expect(mail.attachments).toHaveLength(1);
		expect(last('Task')).toMatchObject({ parent_id: silent });

		await runExample(reminding, stage);
		expect(services.mail.mails).toHaveLength(before + sent.length);
	});
});
