import { INDUSTRIES } from './choices.cts';
import { ACTIVITY_LINKS, addressFields, photoFields, systemFields } from './common-fields.cts';
import { customFields, CUSTOM_FILTERS } from './custom-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import {
	bool,
	choice,
	currency,
	datetime,
	email,
	field,
	longText,
	phone,
	recordName,
	ref,
	text,
	textBool,
} from './fields.cts';
import { combinedFilter, plainFilter, plainFilters, standardFilters } from './filters.cts';

const TYPES = [
	'Analyst',
	'Competitor',
	'Customer',
	'Integrator',
	'Investor',
	'Partner',
	'Press',
	'Prospect',
	'Reseller',
	'Supplier',
	'Other',
];

const TERMS = ['COD', 'Due on Receipt', 'Net 7 Days', 'Net 15 Days', 'Net 30 Days'];

/** What is owed, in the base currency. The server adds it up. */
const balance = (name: string, label: string): Fields =>
	field(name, 'base_currency', label, { editable: false, dbType: 'double', default: 0 });

/** An amount in the currency of the account, with its copy in the base currency. */
const limit = (name: string, label: string): Fields => ({
	...field(name, 'currency', label, { dbType: 'double', audited: true }),
	...field(`${name}_usd`, 'base_currency', label, {
		dbType: 'double',
		inferred: true,
		editable: false,
	}),
});

const fields: Fields = {
	...systemFields(),
	...recordName('name', 'Account Name', 150, { unified_search: true, audited: true }),
	...choice('account_type', 'Type', TYPES, { audited: true }),
	...choice('industry', 'Industry', INDUSTRIES),
	...field('annual_revenue', 'varchar', 'Annual Revenue', { len: 25 }),
	...field('employees', 'number', 'Employees', { len: 10 }),
	...choice('rating', 'Rating', ['Hot', 'Warm', 'Cold']),
	...text('ticker_symbol', 'Ticker Symbol', 10),
	...text('ownership', 'Ownership'),
	...text('sic_code', 'SIC Code', 10),
	...phone('phone_office', 'Office Phone', { audited: true }),
	...phone('phone_alternate', 'Other Phone'),
	...phone('phone_fax', 'Fax Number', { type: 'fax' }),
	...email('email1', 'Email', { audited: true }),
	...email('email2', 'Other Email'),
	...bool('invalid_email', 'Invalid Email', { required: true }),
	...textBool('email_opt_out', 'Email Opt Out', { required: true }),
	...field('website', 'url', 'Website', { len: 255, dbType: 'varchar', width: 18 }),
	...addressFields('billing_address', 'Billing Address', true),
	...addressFields('shipping_address', 'Shipping Address'),
	...longText('description', 'Description'),
	...ref('member_of', 'Member of', {
		model: 'Account',
		idName: 'parent_id',
		facts: { audited: true },
	}),
	...ref('primary_contact', 'Primary Contact', { model: 'Contact' }),
	...bool('is_supplier', 'Is Supplier'),
	...bool('account_popups', 'Pop-up Notices'),
	...longText('account_popup', 'Account Pop-up'),
	...longText('sales_popup', 'Sales Pop-up'),
	...longText('service_popup', 'Service Pop-up'),
	...balance('balance', 'Balance Receivable'),
	...balance('balance_payable', 'Balance Payable'),
	...limit('credit_limit', 'Sales Credit Limit'),
	...limit('purchase_credit_limit', 'Purchase Credit Limit'),
	...currency(),
	...choice('default_terms', 'Default Sales Terms', TERMS, { audited: true }),
	...choice('default_purchase_terms', 'Default Purchase Terms', TERMS, { audited: true }),
	...ref('default_discount', 'Default Sales Discount', { model: 'Discount' }),
	...ref('default_purchase_discount', 'Default Purchase Discount', { model: 'Discount' }),
	...ref('default_shipper', 'Default Shipping Provider', { model: 'ShippingProvider' }),
	...ref('default_purchase_shipper', 'Default Purchase Shipping Provider', {
		model: 'ShippingProvider',
	}),
	...ref('default_pricebook', 'Default Price Book', { model: 'PriceBook' }),
	...ref('partner', 'Partner', { model: 'Partner' }),
	...ref('tax_code', 'Tax Code', { model: 'TaxCode' }),
	...ref('first_invoice', 'First Sale', { model: 'Invoice', facts: { editable: false } }),
	...ref('last_invoice', 'Last Sale', { model: 'Invoice', facts: { editable: false } }),
	...choice('temperature', 'Temperature', ['Hot', 'Warm', 'Cold']),
	...text('invoice_as', 'Invoice As'),
	...text('stripe_customer_id', 'Stripe Customer'),
	...datetime('last_activity_date', 'Last Activity Date', { editable: false }),
	...text('tax_information', 'Tax Information', 150),
	...photoFields(),
	...customFields(false),
};

export const account: ModuleDefinition = {
	model: 'Account',
	module: 'Accounts',
	label: 'Accounts',
	fields,
	filters: {
		...standardFilters(),
		...plainFilters(fields, 'Accounts', ['name', 'account_type', 'industry', 'rating']),
		...plainFilter(fields, 'Accounts', 'member_of', { basic: true }),
		...combinedFilter('any_phone', 'Any Phone', 'phone', [
			'phone_office',
			'phone_alternate',
			'phone_fax',
		]),
		...combinedFilter('any_email', 'Any Email', 'email', ['email1', 'email2']),
		...combinedFilter('address_city', 'Any City', 'varchar', [
			'billing_address_city',
			'shipping_address_city',
		]),
		...combinedFilter('address_country', 'Any Country', 'varchar', [
			'billing_address_country',
			'shipping_address_country',
		]),
		...plainFilters(fields, 'Accounts', ['is_supplier', 'website', 'date_modified']),
		...plainFilters(fields, 'Accounts', CUSTOM_FILTERS),
	},
	links: {
		contacts: { kind: 'join', model: 'Contact', table: 'accounts_contacts' },
		opportunities: { kind: 'reference', model: 'Opportunity', column: 'account_id' },
		cases: { kind: 'reference', model: 'aCase', column: 'account_id' },
		quotes: { kind: 'reference', model: 'Quote', column: 'billing_account_id' },
		invoice: { kind: 'reference', model: 'Invoice', column: 'billing_account_id' },
		project: { kind: 'reference', model: 'Project', column: 'account_id' },
		members: { kind: 'reference', model: 'Account', column: 'parent_id' },
		documents: { kind: 'join', model: 'Document', table: 'documents_accounts' },
		leads: { kind: 'reference', model: 'Lead', column: 'account_id' },
		bugs: { kind: 'join', model: 'Bug', table: 'accounts_bugs' },
		salesorders: { kind: 'reference', model: 'SalesOrder', column: 'billing_account_id' },
		purchaseorders: { kind: 'reference', model: 'PurchaseOrder', column: 'supplier_id' },
		bills: { kind: 'reference', model: 'Bill', column: 'supplier_id' },
		...ACTIVITY_LINKS,
	},
	listFields: [
		'balance',
		'balance_payable',
		'is_supplier',
		'credit_limit',
		'purchase_credit_limit',
		'currency_id',
		'id',
		'credit_limit_usd',
		'currency',
		'exchange_rate',
		'purchase_credit_limit_usd',
		'name',
	],
	nameField: 'name',
	duplicateKeys: [['name']],
};
