import { PRIORITIES } from './choices.cts';
import { ACTIVITY_LINKS, systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { choice, date, field, longText, recordName, ref, status } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

const STATUSES = ['Not Started', 'In Progress', 'Completed', 'Pending Input', 'Deferred'];

const fields: Fields = {
	...systemFields(),
	...recordName('name', 'Name', 150, { unified_search: true }),
	...ref('parent', 'Project', { model: 'Project', facts: { required: true } }),
	...status('status', 'Status', STATUSES, { default: 'Not Started' }),
	...choice('priority', 'Priority', PRIORITIES, { default: 'P2' }),
	...date('date_start', 'Start Date'),
	...date('date_due', 'Due Date'),
	...field('percent_complete', 'progress', 'Progress', { dbType: 'int', default: 0 }),
	...longText('description', 'Description'),
};

export const projectTask: ModuleDefinition = {
	model: 'ProjectTask',
	module: 'ProjectTask',
	label: 'Project Tasks',
	fields,
	filters: {
		...standardFilters(),
		...plainFilters(fields, 'ProjectTask', ['name', 'status', 'parent', 'date_due']),
	},
	links: ACTIVITY_LINKS,
	listFields: ['name', 'id', 'status', 'date_due'],
	nameField: 'name',
	duplicateKeys: [],
};
