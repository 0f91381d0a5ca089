import { PRIORITIES } from './choices.cts';
import { ACTIVITY_LINKS, systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { choice, longText, recordName, ref, sequence, status } from './fields.cts';
import { plainFilters, standardFilters, viewClosedFilter } from './filters.cts';

const STATUSES = ['New', 'Assigned', 'Closed', 'Pending', 'Rejected'];

const fields: Fields = {
	...systemFields(),
	...sequence('bug_number', 'Bug Number'),
	...recordName('name', 'Subject', 255, { unified_search: true }),
	...status('status', 'Status', STATUSES, { default: 'New' }),
	...choice('priority', 'Priority', PRIORITIES, { default: 'P2' }),
	...choice('type', 'Type', ['Defect', 'Feature'], { default: 'Defect' }),
	...ref('account', 'Account', { model: 'Account' }),
	...longText('description', 'Description'),
};

export const bug: ModuleDefinition = {
	model: 'Bug',
	module: 'Bugs',
	label: 'Bugs',
	fields,
	filters: {
		...standardFilters(),
		...viewClosedFilter(),
		...plainFilters(fields, 'Bugs', ['name', 'status', 'priority', 'account']),
	},
	links: {
		...ACTIVITY_LINKS,
		accounts: { kind: 'join', model: 'Account', table: 'accounts_bugs' },
		contacts: { kind: 'join', model: 'Contact', table: 'contacts_bugs' },
	},
	listFields: ['name', 'id', 'bug_number', 'status', 'priority'],
	nameField: 'name',
	closed: { field: 'status', values: ['Closed', 'Rejected'] },
	duplicateKeys: [],
};
