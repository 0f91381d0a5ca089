import { photoFields, systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import {
	amount,
	bool,
	choice,
	currency,
	field,
	longText,
	recordName,
	ref,
	text,
} from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

const fields: Fields = {
	...systemFields(),
	...recordName('name', 'Product Name', 150, { unified_search: true }),
	...text('manufacturers_part_no', 'Part Number', 100, { unified_search: true }),
	...text('vendor_part_no', 'Vendor Part Number', 100),
	...ref('supplier', 'Supplier', { model: 'Account' }),
	...amount('cost', 'Cost'),
	...amount('list_price', 'List Price', { audited: true }),
	...amount('purchase_price', 'Sales Price'),
	...ref('tax_code', 'Tax Code', { model: 'TaxCode' }),
	...currency(),
	...field('all_stock', 'decimal', 'In Stock', { editable: false }),
	...choice('track_inventory', 'Track Inventory', ['manual', 'semiauto', 'untracked'], {
		default: 'manual',
	}),
	...field('weight_1', 'decimal', 'Weight'),
	...bool('is_available', 'Available', { default: 1 }),
	...field('url', 'url', 'Web Address', { len: 255, dbType: 'varchar' }),
	...longText('description', 'Description'),
	...photoFields(),
};

export const product: ModuleDefinition = {
	model: 'Product',
	module: 'ProductCatalog',
	label: 'Products',
	fields,
	filters: {
		...standardFilters(),
		...plainFilters(fields, 'ProductCatalog', [
			'name',
			'manufacturers_part_no',
			'supplier',
			'is_available',
			'list_price',
		]),
	},
	links: { assemblies: { kind: 'join', model: 'Assembly', table: 'products_assemblies' } },
	listFields: ['name', 'id', 'manufacturers_part_no', 'list_price'],
	nameField: 'name',
	duplicateKeys: [['manufacturers_part_no']],
};
