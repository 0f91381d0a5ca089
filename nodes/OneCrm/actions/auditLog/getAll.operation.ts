import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { toEvent } from '../../audit/eventLog';
import { moduleLocator, readModuleName } from '../../module/locator';
import { readSinceMoment } from '../../record/changes';
import { readOptionalRecordId, recordLocator } from '../../record/locator';
import { recordTarget } from '../../record/path';
import { apiPath } from '../../transport/address';
import { fetchList } from '../../transport/paging';
import { limitProperties, readLimit } from '../limit';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readParallelPages, readTimeout } from '../options';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const module = readModuleName(context, itemIndex);
	const id = readOptionalRecordId(context, itemIndex);
	const entries = await fetchList(context, {
		path: apiPath(id === undefined ? ['audit', module] : ['audit', module, id]),
		subject: id === undefined ? undefined : recordTarget(module, id).subject,
		until: readSinceMoment(context, itemIndex, changedAfter, 'date_created'),
		limit: readLimit(context, itemIndex),
		parallelRequests: readParallelPages(context),
		timeoutSeconds: readTimeout(context, itemIndex),
	});
	const format = context.getNodeParameter('options.outputFormat', itemIndex, 'raw');
	return jsonItems(format === 'eventLog' ? entries.map(toEvent) : entries);
}

const record: INodeProperties = {
	...recordLocator,
	required: false,
	description: 'Whose changes to return. If empty, those of all records of the module.',
};

const changedAfter: INodeProperties = {
	displayName: 'Changed After',
	name: 'changedAfter',
	type: 'dateTime',
	default: '',
	description:
		'Return only changes that were made after this moment. A time without a zone is one of the workflow, except in the form of 1CRM (2026-07-14 09:30:00), which is UTC.',
};

const outputFormat: INodeProperties = {
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	default: 'raw',
	description: 'The form of each entry',
	options: [
		{
			name: 'As 1CRM Gives It',
			value: 'raw',
			description: 'The entry with its names in 1CRM, e.g. parent_id and before_value_string',
		},
		{
			name: 'Event Log',
			value: 'eventLog',
			description: 'For process mining: caseId, activity, time, actor, field, before and after',
		},
	],
};

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many audit log entries',
		description: 'Get who changed what and when, of a module or of one record, the newest first',
	},
	properties: [
		moduleLocator,
		record,
		...limitProperties,
		optionsCollection(changedAfter, outputFormat),
	],
	execute,
};
