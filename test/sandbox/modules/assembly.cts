import { systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { longText, recordName, text } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

const assemblyFields: Fields = {
	...systemFields(),
	...recordName('name', 'Name', 150, { unified_search: true }),
	...text('manufacturers_part_no', 'Part Number'),
	...longText('description', 'Description'),
};

/** A set of products, each with the quantity that it needs. */
export const assembly: ModuleDefinition = {
	model: 'Assembly',
	module: 'Assemblies',
	label: 'Assemblies',
	fields: assemblyFields,
	filters: { ...standardFilters(), ...plainFilters(assemblyFields, 'Assemblies', ['name']) },
	links: { products: { kind: 'join', model: 'Product', table: 'products_assemblies' } },
	listFields: ['name', 'id', 'manufacturers_part_no'],
	nameField: 'name',
	duplicateKeys: [],
};
