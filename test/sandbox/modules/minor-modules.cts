import { systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { recordName } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

/** A module of which nothing matters but that other records refer to its records. */
function minorModule(model: string, module: string, label: string): ModuleDefinition {
	const fields: Fields = {
		...systemFields(),
		...recordName('name', 'Name', 100, { unified_search: true }),
	};
	return {
		model,
		module,
		label,
		fields,
		filters: { ...standardFilters(), ...plainFilters(fields, module, ['name']) },
		links: {},
		listFields: ['name', 'id'],
		nameField: 'name',
		duplicateKeys: [],
	};
}

export const minorModules: readonly ModuleDefinition[] = [
	minorModule('Asset', 'Assets', 'Supported Products'),
	minorModule('BookingCategory', 'BookingCategories', 'Booking Categories'),
	minorModule('Partner', 'Partners', 'Partners'),
	minorModule('PriceBook', 'PriceBooks', 'Price Books'),
	minorModule('SubContract', 'SubContracts', 'Service Contracts'),
];
