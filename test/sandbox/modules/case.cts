import { PRIORITIES } from './choices.cts';
import { ACTIVITY_LINKS, systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import {
	choice,
	date,
	datetime,
	field,
	longText,
	phone,
	recordName,
	ref,
	sequence,
	status,
	text,
} from './fields.cts';
import { plainFilter, plainFilters, standardFilters, viewClosedFilter } from './filters.cts';

const STATUSES = [
	'Active - New',
	'Active - Assigned',
	'Active - Pending Input',
	'Closed',
	['Closed - Rejected', 'Closed (rejected)'],
] as const;

const TIME_UNITS = ['minutes', 'hours', 'days'];

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
	...choice('type', 'Type', ['On-site', 'Phone', 'Remote']),
	...ref('contract', 'Service Contract', { model: 'SubContract' }),
	...ref('asset', 'Supported Product', { model: 'Asset' }),
	...text('asset_serial_no', 'Serial Number'),
	...text('cust_req_no', 'Customer Request Number', 30),
	...phone('cust_phone_no', 'Contact Phone'),
	...text('vendor_rma_no', 'Vendor RMA Number', 30),
	...text('vendor_svcreq_no', 'Vendor Service Request Number', 30),
	...field('effort_actual', 'float', 'Time Used', { dbType: 'double' }),
	...choice('effort_actual_unit', 'Unit of Time Used', TIME_UNITS, { massupdate: false }),
	...field('travel_time', 'duration', 'Travel Time', { dbType: 'int' }),
	...choice('travel_time_unit', 'Unit of Travel Time', TIME_UNITS, { massupdate: false }),
	...text('arrival_time', 'Arrival Time', 30),
	...date('date_closed', 'Date Closed'),
	...date('date_billed', 'Date Billed'),
	...field('age', 'age', 'Age', { editable: false }),
	...ref('default_booking_category', 'Default Booking Category', { model: 'BookingCategory' }),
	...datetime('last_activity_date', 'Last Activity Date', { editable: false }),
	...datetime('inactivity_start_date', 'Inactive Since', { editable: false }),
	...datetime('inactivity_warn_date', 'Inactivity Warning', { editable: false }),
	...field('rating', 'star_rating', 'Rating', { dbType: 'int' }),
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
