import { PRIORITIES } from './choices.cts';
import { systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import {
	bool,
	choice,
	datetime,
	field,
	longText,
	parent,
	recordName,
	ref,
	status,
	text,
} from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

const TASK_STATUSES = ['Not Started', 'In Progress', 'Completed', 'Pending Input', 'Deferred'];
const EVENT_STATUSES = ['Planned', 'Held', 'Not Held'];

const taskFields: Fields = {
	...systemFields(),
	...recordName('name', 'Subject', 255, { unified_search: true }),
	...status('status', 'Status', TASK_STATUSES, { default: 'Not Started' }),
	...datetime('date_start', 'Start Date'),
	...datetime('date_due', 'Due Date', { audited: true }),
	...choice('priority', 'Priority', PRIORITIES, { required: true, default: 'P2' }),
	...parent('Related to'),
	...ref('contact', 'Contact', { model: 'Contact' }),
	...bool('is_private', 'Private'),
	...field('effort_estim', 'duration', 'Estimated Effort', { dbType: 'int' }),
	...longText('description', 'Description'),
};

const eventFields: Fields = {
	...systemFields(),
	...recordName('name', 'Subject', 255, { unified_search: true }),
	...datetime('date_start', 'Start', { required: true }),
	...datetime('date_end', 'End'),
	...field('duration', 'duration', 'Duration', { dbType: 'int', default: 30 }),
	...status('status', 'Status', EVENT_STATUSES, { default: 'Planned' }),
	...field('reminder_time', 'reminder', 'Reminder', { dbType: 'int', default: -1 }),
	...parent('Related to'),
	...bool('is_private', 'Private'),
	...longText('description', 'Description'),
};

const meetingFields: Fields = {
	...eventFields,
	...text('location', 'Location', 150, { unified_search: true }),
};

const callFields: Fields = {
	...eventFields,
	...choice('direction', 'Direction', ['Inbound', 'Outbound'], { default: 'Outbound' }),
	...field('phone_number', 'phone', 'Phone Number', { len: 40, dbType: 'varchar' }),
};

const noteLink = { notes: { kind: 'parent', model: 'Note' } } as const;

export const task: ModuleDefinition = {
	model: 'Task',
	module: 'Tasks',
	label: 'Tasks',
	fields: taskFields,
	filters: {
		...standardFilters(),
		...plainFilters(taskFields, 'Tasks', ['name', 'status', 'priority', 'date_due', 'parent']),
	},
	links: { calls: { kind: 'parent', model: 'Call' } },
	listFields: ['name', 'id', 'status', 'priority', 'date_due'],
	nameField: 'name',
	duplicateKeys: [],
};

export const call: ModuleDefinition = {
	model: 'Call',
	module: 'Calls',
	label: 'Calls',
	fields: callFields,
	filters: {
		...standardFilters(),
		...plainFilters(callFields, 'Calls', ['name', 'status', 'direction', 'date_start']),
	},
	links: {
		...noteLink,
		contacts: { kind: 'join', model: 'Contact', table: 'calls_contacts' },
		users: { kind: 'join', model: 'User', table: 'calls_users' },
	},
	listFields: ['name', 'id', 'status', 'direction', 'date_start'],
	nameField: 'name',
	duplicateKeys: [],
};

export const meeting: ModuleDefinition = {
	model: 'Meeting',
	module: 'Meetings',
	label: 'Meetings',
	fields: meetingFields,
	filters: {
		...standardFilters(),
		...plainFilters(meetingFields, 'Meetings', ['name', 'status', 'location', 'date_start']),
	},
	links: {
		...noteLink,
		contacts: { kind: 'join', model: 'Contact', table: 'meetings_contacts' },
		users: { kind: 'join', model: 'User', table: 'meetings_users' },
		resources: { kind: 'join', model: 'Resource', table: 'meetings_resources' },
	},
	listFields: ['name', 'id', 'status', 'date_start', 'location'],
	nameField: 'name',
	duplicateKeys: [],
};
