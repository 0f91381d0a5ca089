import { systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { amount, choice, currency, date, field, ref, sequence, text } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

const TYPES = ['Cash', 'Check', 'Credit Card', 'Bank Transfer', 'PayPal', 'Other'];

/** The pairs of invoices and payments, with what each payment pays of each invoice. */
export const INVOICES_PAYMENTS = 'invoices_payments';

const fields: Fields = {
	...systemFields(),
	...sequence('payment_id', 'Payment Number'),
	...ref('account', 'Account', { model: 'Account', facts: { required: true } }),
	...choice('direction', 'Direction', ['incoming', 'outgoing', 'credit'], {
		default: 'incoming',
	}),
	...date('payment_date', 'Payment Date', { required: true }),
	...choice('payment_type', 'Payment Type', TYPES),
	...amount('amount', 'Amount', { required: true }),
	...amount('total_amount', 'Total Amount'),
	...ref('related_invoice', 'Related Invoice', { model: 'Invoice' }),
	...field('applied_amount', 'currency', 'Applied Amount', { dbType: 'double' }),
	...text('customer_reference', 'Customer Reference', 100),
	...currency(),
};

export const payment: ModuleDefinition = {
	model: 'Payment',
	module: 'Payments',
	label: 'Payments',
	fields,
	filters: {
		...standardFilters(),
		...plainFilters(fields, 'Payments', ['account', 'payment_date', 'payment_type']),
	},
	links: { invoices: { kind: 'join', model: 'Invoice', table: INVOICES_PAYMENTS } },
	listFields: ['payment_id', 'id', 'amount', 'payment_date'],
	nameField: 'payment_id',
	duplicateKeys: [],
};

const pairFields: Fields = {
	...systemFields(),
	...ref('invoice', 'Invoice', { model: 'Invoice' }),
	...ref('payment', 'Payment', { model: 'Payment' }),
	...field('amount', 'currency', 'Amount', { dbType: 'double' }),
};

export const invoicesPayments: ModuleDefinition = {
	model: INVOICES_PAYMENTS,
	module: INVOICES_PAYMENTS,
	label: 'Payments of Invoices',
	fields: pairFields,
	filters: standardFilters(),
	links: {},
	listFields: ['id', 'invoice_id', 'payment_id', 'amount'],
	nameField: 'id',
	duplicateKeys: [],
	isPart: true,
};
