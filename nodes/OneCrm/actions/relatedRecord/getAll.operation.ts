import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readNames } from '../../field/selection';
import { linkTarget } from '../../link/links';
import { linkLocator } from '../../link/locator';
import { readRecordLink } from '../../link/related';
import { moduleLocator } from '../../module/locator';
import { recordLocator } from '../../record/locator';
import { convertRecords } from '../../record/read';
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
	const { module, link, path, subject } = readRecordLink(context, itemIndex);
	const names = readNames(context.getNodeParameter('returnFields', itemIndex, ''));
	const records = await fetchList(context, {
		path,
		subject,
		query: { fields: names.length === 0 ? [] : [...new Set(['id', ...names])] },
		limit: readLimit(context, itemIndex),
		parallelRequests: readParallelPages(context),
		timeoutSeconds: readTimeout(context, itemIndex),
	});
	const target = linkTarget(module, link);
	if (target === undefined || !isSwitchedOn(context, itemIndex, 'convertValues')) {
		return jsonItems(records);
	}
	return jsonItems(await convertRecords(context, target, records));
}

/** Typed: which module stands behind a link is not always known. */
const returnFields: INodeProperties = {
	displayName: 'Return Fields',
	name: 'returnFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. first_name, last_name',
	description:
		'Names of fields of the related records, as an array or with commas between them; the ID always comes along. If empty, 1CRM returns a few of each.',
};

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many related records',
		description: 'Get the records that are linked to a record, e.g. the contacts of an account',
	},
	properties: [
		moduleLocator,
		recordLocator,
		linkLocator,
		...limitProperties,
		returnFields,
		optionsCollection(convertValues),
	],
	execute,
};
