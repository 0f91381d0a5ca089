import type { INodeProperties } from 'n8n-workflow';

import { auditTarget, CHANGED_AT, toEvent } from '../../crm/audit';
import { isNotAfter } from '../../crm/changes';
import { fetchList } from '../../http/paging';
import type { Item } from '../../item/item';
import { limitProperties, readLimit } from '../../item/limit';
import { moduleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import { readSince } from '../../item/since';
import type { Operation } from '../operation';

function readOptionalRecordId(item: Item): string | undefined {
	const isChosen = String(item.value(record.name) ?? '').trim() !== '';
	if (isChosen) return item.recordId();
	item.refuseEmptyExpression(record, 'mean all records of the module');
	return undefined;
}

const record: INodeProperties = {
	...recordLocator,
	required: false,
	description: 'The record whose changes to return. Leave it empty for all records of the module.',
};

const changedAfter: INodeProperties = {
	displayName: 'Changed After',
	name: 'changedAfter',
	type: 'dateTime',
	default: '',
	description:
		'Return only changes that were made after this time. Times without a zone use the time zone of the workflow. Values in 1CRM format (2026-07-14 09:30:00) are UTC.',
};

const outputFormat: INodeProperties = {
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	default: 'raw',
	description: 'How to return each entry',
	options: [
		{
			name: 'As 1CRM Returns It',
			value: 'raw',
			description:
				'Each entry with the field names of 1CRM, e.g. parent_id and before_value_string',
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
		description: 'Get who changed what and when, for a module or one record, newest first',
	},
	properties: [
		moduleLocator,
		record,
		...limitProperties,
		optionsCollection(changedAfter, outputFormat),
	],
	async execute(item) {
		const module = item.module();
		const id = readOptionalRecordId(item);
		const since = readSince(item, changedAfter);
		const format = item.optionOneOf(outputFormat, ['raw', 'eventLog'], 'raw');
		const entries = await fetchList(item.crm.http, {
			...auditTarget(module, id),
			stopAt: since && (() => isNotAfter(since, CHANGED_AT)),
			limit: readLimit(item),
		});
		return jsonItems(format === 'eventLog' ? entries.map(toEvent) : entries);
	},
};
