import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { changedRecords } from '../../crm/changes';
import { fetchCheckedList } from '../../crm/checkedList';
import { convertRecords, recordsPath } from '../../crm/record';
import { filterConditions, readFilters } from '../../item/filters';
import { limitProperties, readLimit } from '../../item/limit';
import { moduleLocator } from '../../item/locators';
import { convertValues, includeClosed, optionsCollection } from '../../item/options';
import { addLooseOrderHint, readOrder } from '../../item/order';
import { jsonItems } from '../../item/output';
import { readReturnFields, returnFields } from '../../item/returnFields';
import { readSearchText, searchText } from '../../item/searchText';
import { readSince } from '../../item/since';
import type { Operation } from '../operation';

const modifiedAfter: INodeProperties = {
	displayName: 'Modified After',
	name: 'modifiedAfter',
	type: 'dateTime',
	default: '',
	description:
		'Return only records that were changed after this time, newest first. Times without a zone use the time zone of the workflow. Values in 1CRM format (2026-07-14 09:30:00) are UTC.',
};

const searchOptions: INodeProperties[] = [
	convertValues,
	includeClosed,
	modifiedAfter,
	{
		displayName: 'Sort Direction',
		name: 'sortDirection',
		type: 'options',
		default: 'ASC',
		description: 'The order in which to sort the records',
		options: [
			{ name: 'Ascending', value: 'ASC' },
			{ name: 'Descending', value: 'DESC' },
		],
	},
	{
		displayName: 'Sort Field Name or ID',
		name: 'sortField',
		type: 'options',
		default: '',
		typeOptions: { loadOptionsMethod: 'getSortFields', loadOptionsDependsOn: ['module.value'] },
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
];

export const search: Operation = {
	option: {
		name: 'Search',
		action: 'Search records',
		description: 'Get the records of a module that match a text and filters',
	},
	properties: [
		moduleLocator,
		...limitProperties,
		searchText,
		filterConditions,
		returnFields,
		optionsCollection(...searchOptions),
	],
	async execute(item) {
		const module = item.module();
		const fields = await readReturnFields(item, module);
		const since = readSince(item, modifiedAfter);
		const changed = since && (await changedRecords(item.crm, module, since, fields));
		const order = await readOrder(item, module);
		if (changed !== undefined && order !== undefined) {
			throw new UserError("'Modified After' returns the newest first. Remove 'Sort Field'");
		}
		const { filters, checks } = await readFilters(item, module, item.isOptionOn(includeClosed));
		const records = await fetchCheckedList(item.crm, checks, {
			path: recordsPath(module),
			query: {
				fields,
				filter_text: readSearchText(item),
				filters,
				order,
				...changed?.query,
			},
			isOfRecords: true,
			isLong: true,
			onLooseOrder: () => addLooseOrderHint(item, module),
			stopAt: changed?.stopAt,
			limit: readLimit(item),
		});
		if (!item.isOptionOn(convertValues)) return jsonItems(records);
		return jsonItems(await convertRecords(item.crm, module, records));
	},
};
