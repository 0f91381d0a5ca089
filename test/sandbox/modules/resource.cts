import { systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { recordName, text } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

const fields: Fields = {
	...systemFields(),
	...recordName('name', 'Name', 150, { unified_search: true }),
	...text('location', 'Location'),
};

/** A room or a projector, which a meeting can use. */
export const resource: ModuleDefinition = {
	model: 'Resource',
	module: 'Resources',
	label: 'Resources',
	fields,
	filters: { ...standardFilters(), ...plainFilters(fields, 'Resources', ['name']) },
	links: { meetings: { kind: 'join', model: 'Meeting', table: 'meetings_resources' } },
	listFields: ['name', 'id', 'location'],
	nameField: 'name',
	duplicateKeys: [],
};
