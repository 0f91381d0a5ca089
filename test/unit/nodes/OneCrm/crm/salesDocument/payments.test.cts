import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { ModuleMetadata } from '../../../../../../nodes/OneCrm/crm/metadata';
import { addPayment } from '../../../../../../nodes/OneCrm/crm/salesDocument/payment';
import { decimal } from '../decimals.cts';
import { type Answer, failed, listOf, lost, oneOf, pagesOf, StandIn } from '../stand-in.cts';
import { everyField, withFields } from './models.cts';

const INVOICE: IDataObject = {
	...{ id: 'invoice-1', amount: '100.10', amount_due: '100.10' },
	...{ billing_account_id: 'account-1', currency_id: '-99', exchange_rate: '1' },
};
const LINKED = 'GET data/Invoice/invoice-1/payments';
const LINKING = 'POST data/Invoice/invoice-1/payments';
const PAYMENTS = 'GET data/Payment';
const REMOVING = 'DELETE data/Payment/payment-1';

const server = (
	answers: Record<string, Answer> = {},
	Payment: ModuleMetadata = withFields(
		...['account_id', 'direction', 'payment_date', 'payment_type', 'currency_id'],
		...['exchange_rate', 'amount', 'total_amount', 'related_invoice_id', 'applied_amount'],
		...['description', 'customer_reference'],
	),
) =>
	new StandIn(
		{
			'GET data/Invoice/invoice-1': oneOf(INVOICE),
			'PATCH data/Invoice/invoice-1': { result: true },
			'POST data/Payment': { id: 'payment-1' },
			[LINKED]: listOf(),
			[PAYMENTS]: listOf(),
			[LINKING]: { result: true },
			[REMOVING]: { result: true },
			...answers,
		},
		{ Payment, Invoice: everyField },
	);

type Payment = Parameters<typeof addPayment>[1];

const pay = async ({ crm }: StandIn, payment: Partial<Payment> = {}) =>
	await addPayment(crm, {
		...{ invoiceId: 'invoice-1', amount: decimal('30.5'), reference: '' },
		...{ paymentDate: '2026-07-14', paymentType: 'Cash', allowOverpayment: false, ...payment },
	});

const withInvoice = (more: IDataObject) => ({
	'GET data/Invoice/invoice-1': oneOf({ ...INVOICE, ...more }),
});

const PAID = { id: 'payment-1', invoiceId: 'invoice-1', amount: '30.50', amountDue: '69.60' };
const VALUES = {
	...{ account_id: 'account-1', direction: 'incoming', payment_date: '2026-07-14' },
	...{ payment_type: 'Cash', currency_id: '-99', exchange_rate: '1' },
	...{ amount: '30.50', total_amount: '30.50', applied_amount: '30.50' },
	related_invoice_id: 'invoice-1',
};
const POSTED = ['POST data/Payment', { data: VALUES }];
const LINK_BODY = { records: [], records_with_data: [{ amount: '30.50', id: 'payment-1' }] };
const posts = ({ written }: StandIn) => written.map(([request]) => request);

it('a payment is written, linked, and taken from what is due', async () => {
	const standIn = server();
	expect(await pay(standIn)).toEqual({ payment: PAID, isRepeat: false });
	expect(standIn.written).toEqual([
		POSTED,
		[LINKING, LINK_BODY],
		['PATCH data/Invoice/invoice-1', { data: { amount_due: '69.60' }, create: false }],
	]);
	expect(standIn.requests).not.toContain(LINKED);
});

it.each([
	['a list', ['payment-1', 'more']],
	['a text', 'payment-1'],
])('its ID may be %s', async (_, id) => {
	const standIn = server({ 'POST data/Payment': { id } as IDataObject });
	expect((await pay(standIn)).payment.id).toBe('payment-1');
});

it('values that the invoice does not have are not written', async () => {
	const standIn = server(withInvoice({ billing_account_id: null, exchange_rate: undefined }));
	await pay(standIn);
	const { account_id: _account, exchange_rate: _rate, ...rest } = VALUES;
	expect(standIn.written[0][1]).toEqual({ data: rest });
	expect(Object.values((standIn.written[0][1] as { data: object }).data)).not.toContain('null');
});

describe('what is due', () => {
	it('is the whole amount if nothing else is said', async () => {
		const { payment } = await pay(server(withInvoice({ amount_due: null, amount: '40' })));
		expect(payment.amountDue).toBe('9.50');
	});

	it('has the decimals of the currency', async () => {
		const yen = { ...withInvoice({ currency_id: 'yen' }) };
		const standIn = server({ ...yen, 'GET data/Currency/yen': oneOf({ iso4217: 'JPY' }) });
		expect((await pay(standIn, { amount: decimal('30.0') })).payment).toMatchObject({
			...{ amount: '30', amountDue: '70' },
		});
		await expect(pay(standIn)).rejects.toEqual(
			new UserError('The amount "30.5" has more decimals than its currency'),
		);
	});

	it.each([null, '', undefined])('is in the base currency without another (%j)', async (none) => {
		const { payment } = await pay(server(withInvoice({ currency_id: none })));
		expect(payment).toEqual(PAID);
	});

	it('is the whole amount where nothing is an empty text', async () => {
		const { payment } = await pay(server(withInvoice({ amount_due: '', amount: '40' })));
		expect(payment.amountDue).toBe('9.50');
	});

	it('has to be known', async () => {
		const standIn = server(withInvoice({ amount_due: 'all', amount: '5' }));
		await expect(pay(standIn)).rejects.toEqual(
			new UserError('1CRM doesn\'t say what is due on Invoice "invoice-1"'),
		);
		expect(standIn.written).toEqual([]);
	});

	it('can be paid in full', async () => {
		const { payment } = await pay(server(), { amount: decimal('100.10') });
		expect(payment.amountDue).toBe('0.00');
	});

	it('can be overpaid only if that is allowed', async () => {
		const standIn = server();
		const amount = decimal('100.11');
		await expect(pay(standIn, { amount })).rejects.toEqual(
			new UserError(
				'The payment of 100.11 is more than the 100.10 that is due. Nothing was written',
			),
		);
		expect(standIn.written).toEqual([]);
		const { payment } = await pay(standIn, { amount, allowOverpayment: true });
		expect(payment.amountDue).toBe('-0.01');
	});
});

describe('a reference', () => {
	const reference = 'TX-1';
	const linked = (...payments: IDataObject[]) => ({ [LINKED]: listOf(...payments) });

	it.each([
		[['description', 'payment_reference', 'reference', 'customer_reference'], 'customer_reference'],
		[['description', 'payment_reference', 'reference'], 'reference'],
		[['description', 'payment_reference'], 'payment_reference'],
		[['description'], 'description'],
	])('goes into the best of %j', async (names, column) => {
		const standIn = server({}, withFields('amount', ...names));
		await pay(standIn, { reference });
		expect(standIn.written[0][1]).toEqual({ data: { amount: '30.50', [column]: 'TX-1' } });
	});

	it('needs a field', async () => {
		const standIn = server({}, withFields('amount'));
		await expect(pay(standIn, { reference })).rejects.toEqual(
			new UserError('Payments of this 1CRM have no field for a reference of 4 characters'),
		);
		expect(standIn.written).toEqual([]);
	});

	it.each([
		[4, 'customer_reference'],
		[3, 'description'],
	])('goes into a field with room for it (%d characters)', async (length, column) => {
		const Payment = withFields('amount', 'description', 'customer_reference');
		Object.assign(Payment.fields.get('customer_reference') ?? {}, { length });
		const standIn = server({}, Payment);
		await pay(standIn, { reference });
		expect(standIn.written[0][1]).toEqual({ data: { amount: '30.50', [column]: 'TX-1' } });
	});

	it('that a linked payment has keeps the payment from being recorded again', async () => {
		const others = [
			{ id: 'a', customer_reference: null, amount: '30.5' },
			{ id: 'b', customer_reference: 'TX-2', amount: '30.5' },
		];
		const own = { id: 'payment-7', customer_reference: ' TX-1 ', amount: '30.500' };
		const standIn = server({ ...withInvoice({ amount_due: '8.60' }), ...linked(...others, own) });
		expect(await pay(standIn, { reference })).toEqual({
			payment: { ...PAID, id: 'payment-7', amountDue: '8.60' },
			isRepeat: true,
		});
		expect(standIn.written).toEqual([]);
		const read = standIn.sent.find(({ path }) => path.endsWith('/payments'));
		expect(read?.query).toMatchObject({ fields: ['customer_reference', 'amount'] });
	});

	it.each([
		['nothing else was paid', [], '100.10', true],
		['more was paid', [{ id: 'a', amount: '20' }], '80.10', true],
		['it was taken from what is due', [], '69.60', false],
		['a payment has no amount', [{ id: 'a', amount: null }], '100.10', true],
		['something else was taken', [], '99.10', false],
	])(
		'of a linked payment is taken from what is due if an earlier run did not do so: %s',
		async (_, others, amount_due, isTaken) => {
			const own = { id: 'payment-7', customer_reference: 'TX-1', amount: '30.5' };
			const standIn = server({ ...withInvoice({ amount_due }), ...linked(...others, own) });
			const due = (Number(amount_due) - (isTaken ? 30.5 : 0)).toFixed(2);
			expect(await pay(standIn, { reference })).toEqual({
				payment: { ...PAID, id: 'payment-7', amountDue: due },
				isRepeat: !isTaken,
			});
			const data = { amount_due: due };
			const patched = ['PATCH data/Invoice/invoice-1', { data, create: false }];
			expect(standIn.written).toEqual(isTaken ? [patched] : []);
		},
	);

	it('of a linked payment was taken from what is due, if the invoice has no amount', async () => {
		const own = { id: 'payment-7', customer_reference: 'TX-1', amount: '30.5' };
		const standIn = server({ ...withInvoice({ amount: null }), ...linked(own) });
		expect(await pay(standIn, { reference })).toMatchObject({ isRepeat: true });
		expect(standIn.written).toEqual([]);
	});

	it('is found though the payments of an invoice are more than fit on a page', async () => {
		const payments = pagesOf(201, { customer_reference: 'TX-1', amount: '30.5' });
		const standIn = server({ [LINKED]: payments });
		expect(await pay(standIn, { reference })).toMatchObject({ isRepeat: true });
		expect(standIn.sent.at(-1)?.query).toMatchObject({ order: 'id' });
	});

	it.each([
		['31', '31'],
		[null, 'null'],
	])('of a linked payment of %j belongs to another payment', async (amount, shown) => {
		const other = { id: 'a', customer_reference: 'TX-1', amount } as IDataObject;
		await expect(pay(server(linked(other)), { reference })).rejects.toEqual(
			new UserError(`Payment "a" has the reference "TX-1" already, with another amount: ${shown}`),
		);
	});

	const stored = { customer_reference: 'TX-1', amount: '30.5', related_invoice_id: 'invoice-1' };

	it('of a payment that is not linked yet has it linked', async () => {
		const others = [
			{ ...stored, id: 'a', related_invoice_id: 'invoice-2' },
			{ ...stored, id: 'b', amount: '31' },
			{ ...stored, id: 'c', customer_reference: 'TX-2' },
		];
		const payments = listOf(...others, { ...stored, id: 'payment-1' });
		const standIn = server({ [PAYMENTS]: payments });
		expect(await pay(standIn, { reference })).toEqual({ payment: PAID, isRepeat: false });
		expect(posts(standIn)).toEqual([LINKING, 'PATCH data/Invoice/invoice-1']);
		expect(standIn.sent.find(({ path }) => path === 'data/Payment')?.query).toEqual({
			fields: ['customer_reference', 'amount', 'related_invoice_id'],
			...{ order: 'date_entered DESC', limit: 20 },
		});
	});

	it('says nothing where a payment does not name its invoice', async () => {
		const standIn = server(
			{ [PAYMENTS]: listOf({ ...stored, id: 'a' }) },
			withFields('customer_reference', 'amount'),
		);
		expect((await pay(standIn, { reference })).payment.id).toBe('payment-1');
		expect(posts(standIn)).toContain('POST data/Payment');
		expect(standIn.requests).not.toContain(PAYMENTS);
	});
});

describe('an answer that is lost', () => {
	const stored = (id: string, more: IDataObject = {}): IDataObject => ({ id, ...VALUES, ...more });
	const losing = { 'POST data/Payment': lost() };

	it('is looked up for the payment, which then is there once', async () => {
		const payments = listOf(
			stored('linked'),
			stored('other', { amount: '31' }),
			stored('payment-1', { amount: '30.5' }),
		);
		const standIn = server({
			...{ ...losing, [PAYMENTS]: payments, [LINKED]: listOf({ id: 'linked' }) },
		});
		expect(await pay(standIn)).toEqual({ payment: PAID, isRepeat: false });
		expect(posts(standIn)).toEqual([
			...['POST data/Payment', LINKING, 'PATCH data/Invoice/invoice-1'],
		]);
	});

	it.each<[string, Answer]>([
		['no payment fits', listOf(stored('other', { amount: '31' }))],
		['two payments fit', listOf(stored('a'), stored('b'))],
		['1CRM answers without a list', {}],
		['1CRM does not tell', failed(500)],
	])('is an error if %s', async (_, payments) => {
		const standIn = server({ 'POST data/Payment': lost(), [PAYMENTS]: payments });
		await expect(pay(standIn)).rejects.toThrow(/^No answer$/);
		expect(posts(standIn)).toEqual(['POST data/Payment']);
	});

	it('is not looked up for a payment that was refused', async () => {
		const answers = { 'POST data/Payment': failed(400), [PAYMENTS]: listOf(stored('payment-1')) };
		await expect(pay(server(answers))).rejects.toThrow(/^Status 400$/);
	});

	it('is looked up for a link, which then is there once', async () => {
		const links = listOf({ id: 'other' }, { id: 'payment-1' });
		const standIn = server({ [LINKING]: lost(), [LINKED]: links });
		expect((await pay(standIn)).payment).toEqual(PAID);
		expect(posts(standIn)).not.toContain(REMOVING);
	});

	it.each<[string, Answer]>([
		['is not there', listOf({ id: 'other' })],
		['can not be looked up', failed(500)],
	])('of a link that %s removes the payment', async (_, links) => {
		const standIn = server({ [LINKING]: lost(), [LINKED]: links });
		await expect(pay(standIn)).rejects.toThrow('and was removed again: No answer');
		expect(posts(standIn)).toEqual(['POST data/Payment', LINKING, REMOVING]);
	});
});

describe('a payment that can not be linked', () => {
	const done = 'Payment "payment-1" was created, but could not be linked to Invoice "invoice-1"';

	it('is removed again', async () => {
		const standIn = server({ [LINKING]: failed(403, { message: 'No' }) });
		await expect(pay(standIn)).rejects.toThrow(new RegExp(`^${done}, and was removed again: No$`));
		expect(posts(standIn)).toEqual(['POST data/Payment', LINKING, REMOVING]);
	});

	it('is removed again though a link seems to be there', async () => {
		const links = { [LINKED]: listOf({ id: 'payment-1' }) };
		const standIn = server({ [LINKING]: failed(403), ...links });
		await expect(pay(standIn)).rejects.toThrow('and was removed again');
	});

	it('may be gone already', async () => {
		const standIn = server({ [LINKING]: failed(403, { message: 'No' }), [REMOVING]: failed(404) });
		await expect(pay(standIn)).rejects.toThrow(new RegExp(`^${done}, and was removed again: No$`));
	});

	it('is named if it can not be removed', async () => {
		const standIn = server({ [LINKING]: failed(403, { message: 'No' }), [REMOVING]: failed(403) });
		await expect(pay(standIn)).rejects.toThrow(new RegExp(`^${done} or removed again: No$`));
	});

	it('is linked by a record of its own where the invoice has no such link', async () => {
		const standIn = server({ [LINKING]: failed(404), 'POST data/invoices_payments': { id: 'x' } });
		expect((await pay(standIn)).payment).toEqual(PAID);
		expect(standIn.written[2]).toEqual([
			'POST data/invoices_payments',
			{ data: { invoice_id: 'invoice-1', payment_id: 'payment-1', amount: '30.50' } },
		]);
	});
});

it('says what was done if only the amount due could not be changed', async () => {
	const refused = failed(403, { message: 'No' });
	await expect(pay(server({ 'PATCH data/Invoice/invoice-1': refused }))).rejects.toThrow(
		/^Payment "payment-1" was created and linked, but the amount due of Invoice "invoice-1" could not be set to 69.60: No$/,
	);
});
