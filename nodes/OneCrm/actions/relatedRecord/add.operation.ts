import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { linkLocator } from '../../link/locator';
import { linkedItem, readRecordLink, readRelatedIds, relatedIdsProperty } from '../../link/related';
import { moduleLocator } from '../../module/locator';
import { recordLocator } from '../../record/locator';
import { requestJson } from '../../transport/request';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readTimeout } from '../options';
import { readPairs } from '../pairs';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const recordLink = readRecordLink(context, itemIndex);
	const ids = readRelatedIds(context, itemIndex);
	const data = readRelationFields(context, itemIndex);
	const hasData = Object.keys(data).length > 0;
	const { path, subject } = recordLink;
	await requestJson(context, {
		method: 'POST',
		path,
		// 1CRM does not say either whether it is one of these.
		subject: `${subject}, or one of the records to link,`,
		// 1CRM's own client always sends both lists.
		body: {
			records: hasData ? [] : ids,
			records_with_data: hasData ? ids.map((id) => ({ ...data, id })) : [],
		},
		timeoutSeconds: readTimeout(context, itemIndex),
	});
	return jsonItems(ids.map((id) => linkedItem(recordLink, id, true)));
}

/** What belongs to the relation itself, by name. */
function readRelationFields(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const pairs = readPairs(context, itemIndex, 'relationFields.fields');
	return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}

const relationFields: INodeProperties = {
	displayName: 'Relation Fields',
	name: 'relationFields',
	type: 'fixedCollection',
	placeholder: 'Add Field',
	default: {},
	typeOptions: { multipleValues: true },
	description: 'What belongs to the relation itself, e.g. the quantity of a product in an assembly',
	options: [
		{
			displayName: 'Field',
			name: 'fields',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. quantity',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

export const add: Operation = {
	option: {
		name: 'Add',
		action: 'Add related records',
		description: 'Link records to a record, e.g. contacts to an account',
	},
	properties: [
		moduleLocator,
		recordLocator,
		linkLocator,
		relatedIdsProperty,
		relationFields,
		optionsCollection(),
	],
	execute,
};
