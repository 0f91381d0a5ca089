import { systemFields } from './common-fields.cts';
import type { Fields, Link, ModuleDefinition } from './definition.cts';
import { bool, field, recordName, text } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

/** What documents refer to for their amounts: currencies, taxes, discounts, carriers. */
function pricingModule(
	model: string,
	module: string,
	label: string,
	own: Fields,
	links: Record<string, Link> = {},
): ModuleDefinition {
	const fields = { ...systemFields(), ...recordName('name', 'Name'), ...own };
	return {
		model,
		module,
		label,
		fields,
		filters: { ...standardFilters(), ...plainFilters(fields, module, ['name']) },
		links,
		listFields: ['name', 'id'],
		nameField: 'name',
		duplicateKeys: [],
	};
}

export const currencyModule = pricingModule('Currency', 'Currencies', 'Currencies', {
	...text('symbol', 'Symbol', 10),
	...text('iso4217', 'ISO 4217 Code', 3),
	...field('conversion_rate', 'float', 'Conversion Rate', { default: 1 }),
});

export const taxCode = pricingModule('TaxCode', 'TaxCodes', 'Tax Codes', text('code', 'Code', 30), {
	taxrates: { kind: 'join', model: 'TaxRate', table: 'taxcodes_rates' },
});

export const taxRate = pricingModule('TaxRate', 'TaxRates', 'Tax Rates', {
	...field('rate', 'float', 'Rate'),
	...bool('compounding', 'Compounding'),
});

export const discount = pricingModule('Discount', 'Discounts', 'Discounts', {
	...field('rate', 'float', 'Rate'),
	...field('fixed_amount', 'currency', 'Fixed Amount', { dbType: 'double' }),
});

export const shippingProvider = pricingModule(
	'ShippingProvider',
	'ShippingProviders',
	'Shipping Providers',
	{},
);
