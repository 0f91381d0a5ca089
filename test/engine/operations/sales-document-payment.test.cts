import type { INodeParameters } from 'n8n-workflow';
import { insertAccount } from '../../support/sales.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

beforeEach(() => {
	insertAccount(sandbox);
	sandbox.insert('Invoice', {
		id: 'invoice-1',
		name: 'Delivery',
		billing_account_id: 'account-1',
		due_date: '2026-12-31',
		amount: 100.1,
		amount_due: 100.1,
	});
});

const payment = (amount: unknown, options: INodeParameters = {}): INodeParameters => ({
	resource: 'salesDocument',
	operation: 'addPayment',
	recordId: 'invoice-1',
	amount: String(amount),
	paymentDate: '2026-07-14',
	paymentType: 'Bank Transfer',
	options,
});
const posts = (path: RegExp) => ({ method: 'POST', path });
const due = () => sandbox.record('Invoice', 'invoice-1')?.amount_due;

it('records the payment, links it, and reduces what is due', async () => {
	const [paid] = await engine.items(payment('30.05', { reference: 'TX-1' }));
	const [row] = sandbox.records('Payment');
	expect(paid).toEqual({ id: row.id, invoiceId: 'invoice-1', amount: '30.05', amountDue: '70.05' });
	expect(row).toMatchObject({
		account_id: 'account-1',
		direction: 'incoming',
		payment_date: '2026-07-14',
		payment_type: 'Bank Transfer',
		amount: '30.05',
		total_amount: '30.05',
		related_invoice_id: 'invoice-1',
		customer_reference: 'TX-1',
	});
	expect([...sandbox.linked('Invoice', 'invoice-1', 'payments')]).toEqual([
		[row.id, { amount: '30.05' }],
	]);
	expect(due()).toBe('70.05');
	expect(
		sandbox.requests
			.filter(({ method }) => method !== 'GET')
			.map(({ method, path }) => [method, path]),
	).toEqual([
		['POST', '/data/Payment'],
		['POST', '/data/Invoice/invoice-1/payments'],
		['PATCH', '/data/Invoice/invoice-1'],
	]);
});

it.each(['0000-00-00', '2026-02-30', 'soon'])('refuses the date %s', async (paymentDate) => {
	const error = await engine.failure({ ...payment('1'), paymentDate });
	expect(error.message).toMatch(/^'Payment Date' takes a date/);
	expect(sandbox.records('Payment')).toEqual([]);
});

it('refuses a reference without a value, by which no repeat would be recognized', async () => {
	const error = await engine.failure(payment('1', { reference: '={{ $json.transaction }}' }));
	expect(error.message).toBe(
		"The expression in 'Reference' has an empty result, which would record a repeat again",
	);
	expect(sandbox.records('Payment')).toEqual([]);
});

it('refuses a date without a value, which would be today', async () => {
	const error = await engine.failure({ ...payment('1'), paymentDate: '={{ $json.date }}' });
	expect(error.message).toBe(
		"The expression in 'Payment Date' has an empty result, which would mean today",
	);
	expect(sandbox.records('Payment')).toEqual([]);
});

it('refuses more than is due, unless that is allowed', async () => {
	const error = await engine.failure(payment('100.11'));
	expect(error.message).toContain('100.11 is more than the 100.10 that is due');
	expect(sandbox.records('Payment')).toEqual([]);
	const [paid] = await engine.items(payment('100.11', { allowOverpayment: true }));
	expect(paid.amountDue).toBe('-0.01');
});

it.each(['0', '-5', 'ten', '=', '1.001'])('refuses an amount of "%s"', async (amount) => {
	await engine.failure(payment(amount));
	expect(sandbox.records('Payment')).toEqual([]);
});

it('does not record a payment with the same reference again', async () => {
	const [first] = await engine.items(payment('30', { reference: 'TX-1' }));
	const [again] = await engine.items(payment('30', { reference: 'TX-1' }));
	expect(again).toEqual(first);
	expect(sandbox.records('Payment')).toHaveLength(1);
	expect(due()).toBe('70.10');
	const error = await engine.failure(payment('31', { reference: 'TX-1' }));
	expect(error.message).toContain('with another amount: 30.00');
});

it('recognizes a reference that the server keeps with entities', async () => {
	sandbox.variants.htmlEntities = 'stored';
	const reference = 'Order 17 & 18';
	sandbox.failNext({ kind: 'status', status: 403 }, posts(/payments$/));
	sandbox.failNext({ kind: 'status', status: 403 }, { method: 'DELETE' });
	await engine.failure(payment('30', { reference }));
	const [linked] = await engine.items(payment('30', { reference }));
	const [again] = await engine.items(payment('30', { reference }));
	expect(again).toEqual(linked);
	expect(sandbox.records('Payment')).toHaveLength(1);
	expect(due()).toBe('70.10');
});

it.each(['text', 'list'] as const)(
	'links by a row of its own where the invoice does not take it, whose id is a %s',
	async (linkRowId) => {
		Object.assign(sandbox.variants.sales, { paymentsLink: false, linkRowId });
		const [paid] = await engine.items(payment('30'));
		expect(paid.amountDue).toBe('70.10');
		expect([...sandbox.linked('Invoice', 'invoice-1', 'payments')]).toEqual([
			[paid.id, { amount: '30.00' }],
		]);
	},
);

it('goes on with a payment that an earlier run could not link or remove', async () => {
	sandbox.failNext({ kind: 'status', status: 403 }, posts(/payments$/));
	sandbox.failNext({ kind: 'status', status: 403 }, { method: 'DELETE' });
	const error = await engine.failure(payment('30', { reference: 'TX-1' }));
	const [row] = sandbox.records('Payment');
	expect(error.message).toContain(`Payment "${row.id}" was created`);
	const [paid] = await engine.items(payment('30', { reference: 'TX-1' }));
	expect(paid).toMatchObject({ id: row.id, amountDue: '70.10' });
	expect(sandbox.records('Payment')).toHaveLength(1);
	expect(sandbox.linked('Invoice', 'invoice-1', 'payments').size).toBe(1);
});

it('takes no payment of another invoice for a repeat', async () => {
	const other = { billing_account_id: 'account-1', due_date: '2026-12-31', amount_due: 50 };
	sandbox.insert('Invoice', { id: 'invoice-2', name: 'Other', ...other });
	await engine.items({ ...payment('30', { reference: 'TX-1' }), recordId: 'invoice-2' });
	await engine.items(payment('30', { reference: 'TX-1' }));
	expect(sandbox.records('Payment')).toHaveLength(2);
	expect(due()).toBe('70.10');
});

it('looks a lost answer up instead of paying twice', async () => {
	sandbox.failNext({ kind: 'resetAfter' }, posts(/^\/data\/Payment$/));
	sandbox.failNext({ kind: 'resetAfter' }, posts(/payments$/));
	const [paid] = await engine.items(payment('30'));
	expect(paid.amountDue).toBe('70.10');
	expect(sandbox.records('Payment')).toHaveLength(1);
	expect(sandbox.linked('Invoice', 'invoice-1', 'payments').size).toBe(1);
});

it('removes the payment if it cannot be linked', async () => {
	sandbox.failNext({ kind: 'status', status: 403, message: 'No' }, posts(/payments$/));
	const error = await engine.failure(payment('30'));
	expect(error.message).toContain('was removed again: ');
	expect(sandbox.records('Payment')).toEqual([]);
	expect(due()).toBe('100.10');
});

it('says what was done if only the amount due could not be changed', async () => {
	sandbox.failNext({ kind: 'status', status: 403 }, { method: 'PATCH', path: /Invoice/ });
	const error = await engine.failure(payment('30'));
	const [row] = sandbox.records('Payment');
	expect(error.message).toContain(`Payment "${row.id}" was created and linked`);
});

it('goes on with a payment of which only the amount due could not be changed', async () => {
	sandbox.failNext({ kind: 'status', status: 403 }, { method: 'PATCH', path: /Invoice/ });
	await engine.failure(payment('30', { reference: 'TX-1' }));
	expect(due()).toBe('100.10');
	for (const run of ['second', 'third']) {
		const [paid] = await engine.items(payment('30', { reference: 'TX-1' }));
		expect([run, paid.amountDue, due()]).toEqual([run, '70.10', '70.10']);
	}
	expect(sandbox.records('Payment')).toHaveLength(1);
	expect(sandbox.linked('Invoice', 'invoice-1', 'payments').size).toBe(1);
});

it('refuses a reference that 1CRM would cut off, and so could not be found again', async () => {
	const error = await engine.failure(payment('30', { reference: 'T'.repeat(101) }));
	expect(error.message).toBe(
		'Payments of this 1CRM have no field for a reference of 101 characters',
	);
	expect(sandbox.records('Payment')).toEqual([]);
	for (const run of [1, 2]) {
		await engine.items(payment('30', { reference: 'T'.repeat(100) }));
		expect([run, sandbox.records('Payment').length]).toEqual([run, 1]);
	}
});

describe('the type of the payment', () => {
	const withType = (paymentType: string) => ({ ...payment('30'), paymentType });

	it.each([
		['bank transfer', 'Bank Transfer'],
		['', null],
	])('"%s" is written as %j', async (paymentType, stored) => {
		await engine.items(withType(paymentType));
		expect(sandbox.records('Payment')[0].payment_type ?? null).toBe(stored);
		const [created] = sandbox.requests.filter(({ path }) => path === '/data/Payment');
		expect('payment_type' in (created.body as { data: object }).data).toBe(stored !== null);
	});

	it('has to be one that 1CRM has', async () => {
		const error = await engine.failure(withType('Shells'));
		expect(error.message).toMatch(/^'Payment Type' takes one of: Cash, /);
		expect(sandbox.records('Payment')).toEqual([]);
	});
});

it('writes nothing if 1CRM does not describe the invoice', async () => {
	sandbox.failNext(
		{ kind: 'status', status: 500 },
		{ method: 'GET', path: /meta\/fields\/Invoice/ },
	);
	await engine.failure(payment('30'));
	expect(sandbox.records('Payment')).toEqual([]);
});
