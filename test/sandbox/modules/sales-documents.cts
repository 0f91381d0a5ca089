import { addressFields, systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import {
	amount,
	currency,
	date,
	field,
	longText,
	recordName,
	ref,
	sequence,
	status,
	text,
} from './fields.cts';
import { plainFilter, plainFilters, standardFilters, viewClosedFilter } from './filters.cts';

const QUOTE_STAGES = [
	'Draft',
	'Negotiation',
	'Delivered',
	'On Hold',
	'Confirmed',
	'Closed Accepted',
	'Closed Lost',
	'Closed Dead',
];
const SHIPPING_STAGES = ['None', 'Pending', 'Partially Shipped', 'Shipped'];

const billing = (): Fields => ({
	...ref('billing_account', 'Billing Account', {
		model: 'Account',
		facts: { required: true, audited: true },
		idFacts: { required: true, audited: true },
	}),
	...ref('billing_contact', 'Billing Contact', { model: 'Contact' }),
	...addressFields('billing_address', 'Billing Address'),
	...ref('shipping_account', 'Shipping Account', { model: 'Account' }),
	...addressFields('shipping_address', 'Shipping Address'),
});

const totals = (): Fields => ({
	...currency({ required: true }),
	...amount('amount', 'Amount', { audited: true }),
	...amount('subtotal', 'Subtotal'),
	...text('terms', 'Terms', 50),
	...longText('description', 'Description'),
});

const quoteFields: Fields = {
	...systemFields(),
	...sequence('quote_number', 'Quote Number'),
	...recordName('name', 'Subject', 255, { unified_search: true }),
	...status('quote_stage', 'Quote Stage', QUOTE_STAGES, { default: 'Draft' }),
	...date('valid_until', 'Valid Until', { required: true }),
	...ref('opportunity', 'Opportunity', { model: 'Opportunity' }),
	...billing(),
	...totals(),
};

export const quote: ModuleDefinition = {
	model: 'Quote',
	module: 'Quotes',
	label: 'Quotes',
	fields: quoteFields,
	filters: {
		...standardFilters(),
		...viewClosedFilter(),
		...plainFilters(quoteFields, 'Quotes', ['name', 'quote_number', 'quote_stage', 'valid_until']),
		...plainFilter(quoteFields, 'Quotes', 'billing_account', { basic: true }),
	},
	links: { notes: { kind: 'parent', model: 'Note' } },
	listFields: ['name', 'id', 'amount'],
	nameField: 'name',
	closed: { field: 'quote_stage', values: ['Closed Accepted', 'Closed Lost', 'Closed Dead'] },
	duplicateKeys: [],
};

const invoiceFields: Fields = {
	...systemFields(),
	...sequence('invoice_number', 'Invoice Number'),
	...recordName('name', 'Subject', 255, { unified_search: true }),
	...status('shipping_stage', 'Shipping Stage', SHIPPING_STAGES, { default: 'None' }),
	...date('invoice_date', 'Invoice Date'),
	...date('due_date', 'Due Date', { required: true, audited: true }),
	...ref('from_quote', 'From Quote', { model: 'Quote' }),
	...field('amount_due', 'currency', 'Amount Due', { editable: false, dbType: 'double' }),
	...field('cancelled', 'bool', 'Cancelled', { default: 0, audited: true }),
	...text('purchase_order_num', 'Purchase Order Number', 50),
	...billing(),
	...totals(),
};

export const invoice: ModuleDefinition = {
	model: 'Invoice',
	module: 'Invoice',
	label: 'Invoices',
	fields: invoiceFields,
	filters: {
		...standardFilters(),
		...viewClosedFilter(),
		...plainFilters(invoiceFields, 'Invoice', ['name', 'invoice_number', 'shipping_stage']),
		...plainFilters(invoiceFields, 'Invoice', ['due_date', 'purchase_order_num']),
		...plainFilter(invoiceFields, 'Invoice', 'billing_account', { basic: true }),
	},
	links: { notes: { kind: 'parent', model: 'Note' } },
	listFields: ['name', 'id', 'invoice_number', 'amount', 'due_date'],
	nameField: 'name',
	closed: { field: 'cancelled', values: ['1'] },
	duplicateKeys: [],
};
