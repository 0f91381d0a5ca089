import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';

import { readPeriod } from '../../calendar/period';
import { decodeValue } from '../../field/codec';
import { readNames } from '../../names';
import { isJsonObject } from '../../transport/answer';
import { requestJson } from '../../transport/request';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { convertValues, isSwitchedOn, optionsCollection, readTimeout } from '../options';

const EVENT_TYPES = [
	{ name: 'Calls', value: 'Call' },
	{ name: 'Meetings', value: 'Meeting' },
	{ name: 'Project Tasks', value: 'ProjectTask' },
	{ name: 'Tasks', value: 'Task' },
];

const TIMES = ['date_start', 'date_due'];

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const { start, end } = readPeriod(
		context.getNodeParameter('start', itemIndex, ''),
		context.getNodeParameter('end', itemIndex, ''),
		context.getTimezone(),
	);
	const { records } = await requestJson(context, {
		method: 'GET',
		path: 'calendar/events',
		query: { start_date: start, end_date: end, types: readTypes(context, itemIndex) },
		timeoutSeconds: readTimeout(context, itemIndex),
	});
	if (!Array.isArray(records)) {
		const message = '1CRM answered without a list of events';
		throw new NodeApiError(context.getNode(), {}, { message });
	}
	const events = records.filter(isJsonObject);
	const isConverted = isSwitchedOn(context, itemIndex, convertValues);
	return jsonItems(isConverted ? events.map(convertEvent) : events);
}

/** Throws a `UserError` for a type that 1CRM's calendar does not have. */
function readTypes(context: IExecuteFunctions, itemIndex: number): string[] {
	const types = readNames(context.getNodeParameter('types', itemIndex, []));
	const unknown = types.filter((type) => !EVENT_TYPES.some(({ value }) => value === type));
	if (unknown.length === 0) return types;
	const known = EVENT_TYPES.map(({ value }) => value).join(', ');
	throw new UserError(`'Types' cannot hold "${unknown.join('", "')}", but ${known}`);
}

function convertEvent(event: IDataObject): IDataObject {
	const times = TIMES.filter((name) => name in event).map((name) => [
		name,
		decodeValue({ kind: 'dateTime' }, event[name]),
	]);
	return { ...event, ...Object.fromEntries(times) };
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
