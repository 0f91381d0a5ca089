import { systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { amount, choice, currency, date, longText, recordName, status } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

const STATUSES = ['Planning', 'Active', 'Inactive', 'Complete'];

const campaignFields: Fields = {
	...systemFields(),
	...recordName('name', 'Name', 50, { unified_search: true }),
	...status('status', 'Status', STATUSES, { default: 'Planning' }),
	...choice('campaign_type', 'Type', ['Email', 'Newsletter', 'Telesales', 'Mail', 'Web']),
	...date('start_date', 'Start Date'),
	...date('end_date', 'End Date', { required: true }),
	...amount('budget', 'Budget'),
	...currency(),
	...longText('content', 'Description'),
};

const listFields: Fields = {
	...systemFields(),
	...recordName('name', 'Name', 50, { unified_search: true }),
	...choice('list_type', 'Type', ['default', 'seed', 'exempt', 'test'], { default: 'default' }),
	...longText('description', 'Description'),
};

export const campaign: ModuleDefinition = {
	model: 'Campaign',
	module: 'Campaigns',
	label: 'Campaigns',
	fields: campaignFields,
	filters: {
		...standardFilters(),
		...plainFilters(campaignFields, 'Campaigns', ['name', 'status', 'campaign_type']),
	},
	links: { notes: { kind: 'parent', model: 'Note' } },
	listFields: ['name', 'id', 'status', 'campaign_type', 'end_date'],
	nameField: 'name',
	duplicateKeys: [],
};

export const prospectList: ModuleDefinition = {
	model: 'ProspectList',
	module: 'ProspectLists',
	label: 'Target Lists',
	fields: listFields,
	filters: {
		...standardFilters(),
		...plainFilters(listFields, 'ProspectLists', ['name', 'list_type']),
	},
	links: { contacts: { kind: 'join', model: 'Contact', table: 'prospect_lists_contacts' } },
	listFields: ['name', 'id', 'list_type'],
	nameField: 'name',
	duplicateKeys: [],
};
