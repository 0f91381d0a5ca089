import { ACTIVITY_LINKS, addressFields, systemFields } from './common-fields.cts';
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
import { INVOICES_PAYMENTS } from './payments.cts';
import { type DocumentKind, partLinks, partModules } from './sales-parts.cts';

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
const ORDER_STAGES = [
	'Ordered',
	'On Hold',
	'Delivered',
	'Closed - Shipped and Invoiced',
	'Cancelled',
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

const KINDS = {
	quote: { model: 'Quote', column: 'quote_id' },
	salesOrder: { model: 'SalesOrder', column: 'sales_orders_id' },
	invoice: { model: 'Invoice', column: 'invoice_id' },
	purchaseOrder: { model: 'PurchaseOrder', column: 'purchase_orders_id' },
} satisfies Record<string, DocumentKind>;

/** The groups, lines, comments and adjustments of these kinds of documents. */
export const salesParts: ModuleDefinition[] = Object.values(KINDS).flatMap(partModules);

/** The total and its copy in the base currency, which the server works out for a header. */
const headerAmount = (name: string, label: string): Fields => ({
	...field(name, 'currency', label, { dbType: 'double' }),
	...field(`${name}_usd`, 'base_currency', `${label} (base currency)`, {
		dbType: 'double',
		editable: false,
	}),
});

/** The amounts of a document as a whole, and their currency. */
export const totals = (): Fields => ({
	...currency({ required: true }),
	...amount('amount', 'Amount', { audited: true }),
	...headerAmount('subtotal', 'Subtotal'),
	...headerAmount('pretax', 'Pre-tax Total'),
	...text('terms', 'Terms', 50),
	...longText('description', 'Description'),
});

const quoteFields: Fields = {
	...systemFields(),
	...text('prefix', 'Prefix', 10),
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
	links: { ...ACTIVITY_LINKS, ...partLinks(KINDS.quote) },
	listFields: ['name', 'id', 'amount'],
	nameField: 'name',
	closed: { field: 'quote_stage', values: ['Closed Accepted', 'Closed Lost', 'Closed Dead'] },
	duplicateKeys: [],
};

const invoiceFields: Fields = {
	...systemFields(),
	...text('prefix', 'Prefix', 10),
	...sequence('invoice_number', 'Invoice Number'),
	...recordName('name', 'Subject', 255, { unified_search: true }),
	...status('shipping_stage', 'Shipping Stage', SHIPPING_STAGES, { default: 'None' }),
	...date('invoice_date', 'Invoice Date'),
	...date('due_date', 'Due Date', { required: true, audited: true }),
	...ref('from_quote', 'From Quote', { model: 'Quote' }),
	...ref('from_so', 'From Sales Order', { model: 'SalesOrder' }),
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
	links: {
		...ACTIVITY_LINKS,
		payments: { kind: 'join', model: 'Payment', table: INVOICES_PAYMENTS },
		...partLinks(KINDS.invoice),
	},
	listFields: ['name', 'id', 'invoice_number', 'amount', 'due_date'],
	nameField: 'name',
	closed: { field: 'cancelled', values: ['1'] },
	duplicateKeys: [],
};

const salesOrderFields: Fields = {
	...systemFields(),
	...text('prefix', 'Prefix', 10),
	...sequence('so_number', 'Sales Order Number'),
	...recordName('name', 'Subject', 255, { unified_search: true }),
	...status('so_stage', 'Stage', ORDER_STAGES, { default: 'Ordered' }),
	...date('due_date', 'Due Date'),
	...ref('related_quote', 'Related Quote', { model: 'Quote' }),
	...text('purchase_order_num', 'Purchase Order Number', 50),
	...billing(),
	...totals(),
};

export const salesOrder: ModuleDefinition = {
	model: 'SalesOrder',
	module: 'SalesOrders',
	label: 'Sales Orders',
	fields: salesOrderFields,
	filters: {
		...standardFilters(),
		...viewClosedFilter(),
		...plainFilters(salesOrderFields, 'SalesOrders', ['name', 'so_number', 'so_stage']),
		...plainFilter(salesOrderFields, 'SalesOrders', 'billing_account', { basic: true }),
	},
	links: { ...ACTIVITY_LINKS, ...partLinks(KINDS.salesOrder) },
	listFields: ['name', 'id', 'so_number', 'amount'],
	nameField: 'name',
	closed: { field: 'so_stage', values: ['Closed - Shipped and Invoiced', 'Cancelled'] },
	duplicateKeys: [],
};

const purchaseOrderFields: Fields = {
	...systemFields(),
	...text('prefix', 'Prefix', 10),
	...sequence('po_number', 'Purchase Order Number'),
	...recordName('name', 'Subject', 255, { unified_search: true }),
	...status('shipping_stage', 'Stage', ['Draft', 'Sent', 'Received'], { default: 'Draft' }),
	...ref('supplier', 'Supplier', { model: 'Account', facts: { required: true } }),
	...ref('from_so', 'From Sales Order', { model: 'SalesOrder' }),
	...totals(),
};

export const purchaseOrder: ModuleDefinition = {
	model: 'PurchaseOrder',
	module: 'PurchaseOrders',
	label: 'Purchase Orders',
	fields: purchaseOrderFields,
	filters: {
		...standardFilters(),
		...plainFilters(purchaseOrderFields, 'PurchaseOrders', ['name', 'po_number']),
	},
	links: { ...ACTIVITY_LINKS, ...partLinks(KINDS.purchaseOrder) },
	listFields: ['name', 'id', 'po_number', 'amount'],
	nameField: 'name',
	duplicateKeys: [],
};
