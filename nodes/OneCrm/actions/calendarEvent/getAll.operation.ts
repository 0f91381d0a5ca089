import type { INodeProperties } from 'n8n-workflow';

import { convertEvent, fetchEvents, readPeriod } from '../../crm/calendar';
import { convertValues, optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

const EVENT_TYPES = [
	{ name: 'Calls', value: 'Call' },
	{ name: 'Meetings', value: 'Meeting' },
	{ name: 'Project Tasks', value: 'ProjectTask' },
	{ name: 'Tasks', value: 'Task' },
];

const typesProperty: INodeProperties = {
	displayName: 'Types',
	name: 'types',
	type: 'multiOptions',
	default: [],
	options: EVENT_TYPES,
	description: 'Which events to return. If empty, all of them.',
};

const moment = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	required: true,
	description,
});

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many calendar events',
		description: "Get the calls, meetings and tasks in the calendar of the credential's user",
	},
	properties: [
		moment(
			'Start',
			'start',
			'Start of the period, in any ISO 8601 form. Times without a zone use the time zone of the workflow. Values in 1CRM format (2026-07-14 09:30:00) are UTC.',
		),
		moment('End', 'end', 'End of the period. A date without a time includes the whole day.'),
		typesProperty,
		optionsCollection(convertValues),
	],
	async execute(item) {
		const period = readPeriod(item.value('start'), item.value('end'), item.timezone);
		const known = EVENT_TYPES.map(({ value }) => value);
		const types = item.someOf(typesProperty, known, 'mean events of every type');
		const events = await fetchEvents(item.crm, period, types);
		return jsonItems(item.isOptionOn(convertValues) ? events.map(convertEvent) : events);
	},
};
