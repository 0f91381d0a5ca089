import { PRIORITIES } from './choices.cts';
import { ACTIVITY_LINKS, systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { choice, longText, recordName, ref, sequence, status } from './fields.cts';
import { plainFilter, plainFilters, standardFilters, viewClosedFilter } from './filters.cts';

const STATUSES = [
	'Active - New',
	'Active - Assigned',
	'Active - Pending Input',
	'Closed',
	['Closed - Rejected', 'Closed (rejected)'],
] as const;

const fields: Fields = {
	...systemFields(),
	...sequence('case_number', 'Case Number'),
	...recordName('name', 'Subject', 255, { unified_search: true }),
	...ref('account', 'Account', { model: 'Account', facts: { audited: true } }),
	...ref('cust_contact', 'Primary Contact', { model: 'Contact' }),
	...status('status', 'Status', STATUSES, { default: 'Active - New' }),
	...choice('priority', 'Priority', PRIORITIES, { required: true, default: 'P2', audited: true }),
	...choice('category', 'Category', ['Question', 'Fault', 'Return', 'Wish']),
	...longText('description', 'Description'),
	...longText('resolution', 'Resolution'),
	...ref('asset', 'Product', { model: 'Product' }),
};

export const acase: ModuleDefinition = {
	model: 'aCase',
	module: 'Cases',
	label: 'Cases',
	fields,
	filters: {
		...standardFilters(),
		...viewClosedFilter(),
		...plainFilters(fields, 'Cases', ['case_number', 'name', 'status', 'priority', 'category']),
		...plainFilter(fields, 'Cases', 'account', { basic: true }),
	},
	links: {
		contacts: { kind: 'join', model: 'Contact', table: 'contacts_cases' },
		...ACTIVITY_LINKS,
	},
	listFields: ['name', 'id', 'case_number', 'status', 'priority'],
	nameField: 'name',
	closed: { field: 'status', values: ['Closed', 'Closed - Rejected'] },
	duplicateKeys: [['name', 'account_id']],
};
