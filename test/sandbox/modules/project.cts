import { ACTIVITY_LINKS, systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import {
	amount,
	choice,
	currency,
	date,
	field,
	longText,
	recordName,
	ref,
	status,
} from './fields.cts';
import { plainFilters, standardFilters, viewClosedFilter } from './filters.cts';

const PHASES = [
	'Active - Starting Soon',
	'Active - In Progress',
	'Active - On Hold',
	'Closed - Complete',
	'Closed - Terminated',
];

const fields: Fields = {
	...systemFields(),
	...recordName('name', 'Project Name', 150, { unified_search: true }),
	...status('project_phase', 'Phase', PHASES, { default: 'Active - Starting Soon' }),
	...choice('project_type', 'Type', ['Internal', 'Customer', 'Research']),
	...date('date_starting', 'Start Date', { required: true }),
	...date('date_ending', 'End Date', { required: true }),
	...amount('amount', 'Expected Revenue', { required: true }, { required: true }),
	...currency({ required: true }),
	...field('percent_complete', 'progress', 'Progress', { dbType: 'int', default: 0 }),
	...ref('account', 'Account', {
		model: 'Account',
		facts: { required: true },
		idFacts: { required: true },
	}),
	...longText('description', 'Description'),
};

export const project: ModuleDefinition = {
	model: 'Project',
	module: 'Project',
	label: 'Projects',
	fields,
	filters: {
		...standardFilters(),
		...viewClosedFilter(),
		...plainFilters(fields, 'Project', ['name', 'project_phase', 'account', 'date_ending']),
	},
	links: {
		...ACTIVITY_LINKS,
		project_tasks: { kind: 'reference', model: 'ProjectTask', column: 'parent_id' },
		contacts: { kind: 'join', model: 'Contact', table: 'projects_contacts' },
	},
	listFields: ['name', 'id', 'project_phase', 'date_starting', 'date_ending'],
	nameField: 'name',
	closed: { field: 'project_phase', values: ['Closed - Complete', 'Closed - Terminated'] },
	duplicateKeys: [['name']],
};
