import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isExpressionOfUser } from '../../expression';
import { readReturnFields, returnFields } from '../../field/selection';
import { readFilters } from '../../filter/conditions';
import { filterConditions } from '../../filter/parameters';
import { moduleLocator, readModuleName } from '../../module/locator';
import { readSince } from '../../record/changes';
import { readOrder } from '../../record/order';
import { recordsPath } from '../../record/path';
import { convertRecords } from '../../record/read';
import { asText } from '../../text';
import { fetchList } from '../../transport/paging';
import { limitProperties, readLimit } from '../limit';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import {
	convertValues,
	isSwitchedOn,
	optionsCollection,
	readParallelPages,
	readTimeout,
} from '../options';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const module = readModuleName(context, itemIndex);
	const withClosed = isSwitchedOn(context, itemIndex, includeClosed);
	const fields = await readReturnFields(context, itemIndex, module);
	const since = await readSince(context, itemIndex, module, fields);
	const records = await fetchList(context, {
		path: recordsPath(module),
		query: {
			fields,
			filter_text: readFilterText(context, itemIndex),
			filters: await readFilters(context, itemIndex, module, withClosed),
			order: await readOrder(context, itemIndex, module),
			...since?.query,
		},
		until: since?.isOlder,
		limit: readLimit(context, itemIndex),
		parallelRequests: readParallelPages(context),
		timeoutSeconds: readTimeout(context, itemIndex),
	});
	if (!isSwitchedOn(context, itemIndex, convertValues)) return jsonItems(records);
	return jsonItems(await convertRecords(context, module, records));
}

/**
 * An expression that gives nothing must not turn a search into a list of everything. An AI agent that
 * leaves the text empty means it.
 */
function readFilterText(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const text = asText(context.getNodeParameter('filterText', itemIndex, '')).trim();
	if (text === '' && isExpressionOfUser(context, 'filterText')) {
		throw new UserError(
			"The expression in 'Search Text' gives nothing, which would match every record",
		);
	}
	return text === '' ? undefined : text;
}

const includeClosed: INodeProperties = {
	displayName: 'Include Closed',
	name: 'includeClosed',
	type: 'boolean',
	default: false,
	description:
		'Whether to return closed records too. Modules such as Quote, Invoice, Lead and Opportunity leave them out of lists.',
};

const searchOptions: INodeProperties[] = [
	convertValues,
	includeClosed,
	{
		displayName: 'Modified After',
		name: 'modifiedAfter',
		type: 'dateTime',
		default: '',
		description:
			'Return only records that were changed after this moment, the newest first. A time without a zone is one of the workflow, except in the form of 1CRM (2026-07-14 09:30:00), which is UTC.',
	},
	{
		displayName: 'Sort Direction',
		name: 'sortDirection',
		type: 'options',
		default: 'ASC',
		description: 'In which order of the sort field to return the records',
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
		{
			displayName: 'Search Text',
			name: 'filterText',
			type: 'string',
			default: '',
			placeholder: 'e.g. Smith',
			description: 'Find records that contain this text in one of the fields that 1CRM searches',
		},
		filterConditions,
		returnFields,
		optionsCollection(...searchOptions),
	],
	execute,
};
