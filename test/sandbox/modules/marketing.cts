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
	links: {
		prospectlists: { kind: 'join', model: 'ProspectList', table: 'prospect_list_campaigns' },
		leads: { kind: 'reference', model: 'Lead', column: 'campaign_id' },
		opportunities: { kind: 'reference', model: 'Opportunity', column: 'campaign_id' },
	},
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
	links: {
		contacts: { kind: 'join', model: 'Contact', table: 'prospect_lists_contacts' },
		leads: { kind: 'join', model: 'Lead', table: 'prospect_lists_leads' },
		users: { kind: 'join', model: 'User', table: 'prospect_lists_users' },
		campaigns: { kind: 'join', model: 'Campaign', table: 'prospect_list_campaigns' },
	},
	listFields: ['name', 'id', 'list_type'],
	nameField: 'name',
	duplicateKeys: [],
};
