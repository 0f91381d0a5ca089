import { ACTIVITY_LINKS, systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { bool, date, field, recordName, ref, sequence, status, text } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';
import { totals } from './sales-documents.cts';
import { type DocumentKind, partLinks, partModules } from './sales-parts.cts';

const BILL: DocumentKind = { model: 'Bill', column: 'bills_id' };
const SHIPPING: DocumentKind = { model: 'Shipping', column: 'shipping_id' };

/** The groups, lines, comments and adjustments of bills and deliveries. */
export const deliveryParts: ModuleDefinition[] = [BILL, SHIPPING].flatMap(partModules);

const billFields: Fields = {
	...systemFields(),
	...text('prefix', 'Prefix', 10),
	...sequence('bill_number', 'Bill Number'),
	...recordName('name', 'Subject', 100, { unified_search: true }),
	...ref('supplier', 'Supplier', { model: 'Account', facts: { required: true } }),
	...ref('from_purchase_order', 'From Purchase Order', { model: 'PurchaseOrder' }),
	...text('invoice_reference', 'Invoice Reference', 50),
	...date('bill_date', 'Bill Date', { required: true }),
	...date('due_date', 'Due Date', { required: true }),
	...field('amount_due', 'currency', 'Amount Due', { editable: false, dbType: 'double' }),
	...bool('cancelled', 'Cancelled', { audited: true }),
	...totals(),
};

/** What a supplier wants to be paid. */
export const bill: ModuleDefinition = {
	model: 'Bill',
	module: 'Bills',
	label: 'Bills',
	fields: billFields,
	filters: {
		...standardFilters(),
		...plainFilters(billFields, 'Bills', ['name', 'bill_number', 'due_date']),
	},
	links: { ...ACTIVITY_LINKS, ...partLinks(BILL) },
	listFields: ['name', 'id', 'bill_number', 'amount', 'due_date'],
	nameField: 'name',
	duplicateKeys: [],
};

const shippingFields: Fields = {
	...systemFields(),
	...text('prefix', 'Prefix', 10),
	...sequence('shipping_number', 'Shipping Number'),
	...recordName('name', 'Subject', 100, { unified_search: true }),
	...status('shipping_stage', 'Shipping Stage', ['None', 'Pending', 'Shipped'], {
		default: 'None',
	}),
	...text('tracking_number', 'Tracking Number', 100),
	...date('date_shipped', 'Date Shipped'),
	...ref('invoice', 'Invoice', { model: 'Invoice' }),
	...ref('so', 'Sales Order', { model: 'SalesOrder' }),
	...ref('shipping_account', 'Shipping Account', { model: 'Account' }),
	...ref('shipping_provider', 'Shipping Provider', { model: 'ShippingProvider' }),
	...totals(),
};

/** A delivery to a customer. */
export const shipping: ModuleDefinition = {
	model: 'Shipping',
	module: 'Shipping',
	label: 'Shipping',
	fields: shippingFields,
	filters: {
		...standardFilters(),
		...plainFilters(shippingFields, 'Shipping', ['name', 'shipping_number', 'shipping_stage']),
	},
	links: { ...ACTIVITY_LINKS, ...partLinks(SHIPPING) },
	listFields: ['name', 'id', 'shipping_number', 'shipping_stage'],
	nameField: 'name',
	duplicateKeys: [],
};
