import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { convertEvent, fetchEvents, readPeriod } from '../../crm/calendar';
import type { Item } from '../../item/item';
import { convertValues, optionsCollection } from '../../item/options';
import type { OutputItem } from '../../item/output';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

const EVENT_TYPES = [
	{ name: 'Calls', value: 'Call' },
	{ name: 'Meetings', value: 'Meeting' },
	{ name: 'Project Tasks', value: 'ProjectTask' },
	{ name: 'Tasks', value: 'Task' },
];

async function execute(item: Item): Promise<OutputItem[]> {
	const period = readPeriod(item.value('start'), item.value('end'), item.timezone);
	const events = await fetchEvents(item.crm, period, readTypes(item));
	return jsonItems(item.isOptionOn(convertValues) ? events.map(convertEvent) : events);
}

/** Throws a `UserError` for a type that 1CRM's calendar does not have. */
function readTypes(item: Item): string[] {
	const types = item.names('types');
	const unknown = types.filter((type) => !EVENT_TYPES.some(({ value }) => value === type));
	if (unknown.length === 0) return types;
	const known = EVENT_TYPES.map(({ value }) => value).join(', ');
	throw new UserError(`'Types' cannot hold "${unknown.join('", "')}", but ${known}`);
}

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
		description: 'Get the calls, meetings and tasks in the calendar of the user of the credential',
	},
	properties: [
		moment(
			'Start',
			'start',
			'The first moment, in any ISO 8601 form. One without a zone is one of the workflow, except in the form of 1CRM (2026-07-14 09:30:00), which is UTC.',
		),
		moment('End', 'end', 'The last moment. A day without a time counts to its end.'),
		{
			displayName: 'Types',
			name: 'types',
			type: 'multiOptions',
			default: [],
			options: EVENT_TYPES,
			description: 'Which events to return. If empty, all of them.',
		},
		optionsCollection(convertValues),
	],
	execute,
};
