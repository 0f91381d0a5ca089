import { LEAD_SOURCES } from './choices.cts';
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
	sequence,
	status,
	text,
} from './fields.cts';
import { plainFilter, plainFilters, standardFilters, viewClosedFilter } from './filters.cts';

const STAGES = [
	'Prospecting',
	'Qualification',
	'Needs Analysis',
	'Proposal/Price Quote',
	'Negotiation/Review',
	'Closed Won',
	'Closed Lost',
];

const fields: Fields = {
	...systemFields(),
	// A 1CRM marked its number and the copy of its amount as required, and not as read-only.
	...sequence('opportunities_number', 'Opportunity Number', {}),
	...recordName('name', 'Opportunity Name', 150, { unified_search: true }),
	...ref('account', 'Account', {
		model: 'Account',
		facts: { required: true, audited: true },
		idFacts: { required: true, audited: true },
	}),
	...choice('opportunity_type', 'Type', ['New Business', 'Existing Business']),
	...choice('lead_source', 'Lead Source', LEAD_SOURCES, { len: 100 }),
	...amount('amount', 'Amount', { required: true, audited: true }, { required: true }),
	...currency({ required: true }),
	...date('date_closed', 'Expected Close Date', { required: true, audited: true }),
	...text('next_step', 'Next Step', 100),
	...status('sales_stage', 'Sales Stage', STAGES),
	...choice(
		'forecast_category',
		'Forecast Category',
		['Pipeline', 'Best Case', 'Commit', 'Omitted'],
		{ required: true, default: 'Pipeline' },
	),
	...field('probability', 'percent', 'Probability (%)', { dbType: 'int', audited: true }),
	...ref('campaign', 'Campaign', { model: 'Campaign' }),
	...longText('description', 'Description'),
};

export const opportunity: ModuleDefinition = {
	model: 'Opportunity',
	module: 'Opportunities',
	label: 'Opportunities',
	fields,
	filters: {
		...standardFilters(),
		...viewClosedFilter(),
		...plainFilter(fields, 'Opportunities', 'name'),
		...plainFilter(fields, 'Opportunities', 'account', { basic: true }),
		...plainFilters(fields, 'Opportunities', ['sales_stage', 'opportunity_type', 'lead_source']),
		...plainFilters(fields, 'Opportunities', ['date_closed', 'amount', 'probability']),
	},
	links: {
		contacts: { kind: 'join', model: 'Contact', table: 'opportunities_contacts' },
		quotes: { kind: 'reference', model: 'Quote', column: 'opportunity_id' },
		...ACTIVITY_LINKS,
	},
	listFields: ['name', 'id', 'sales_stage', 'amount', 'date_closed'],
	nameField: 'name',
	closed: { field: 'sales_stage', values: ['Closed Won', 'Closed Lost'] },
	duplicateKeys: [['name', 'account_id']],
};
