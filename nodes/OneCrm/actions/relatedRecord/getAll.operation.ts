import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readNames } from '../../names';
import { linkTarget } from '../../link/links';
import { linkLocator } from '../../link/locator';
import { readRecordLink } from '../../link/related';
import { moduleLocator } from '../../module/locator';
import { recordLocator } from '../../record/locator';
import { tellOnce } from '../../hint';
import { nodeError } from '../../nodeError';
import { convertRecords } from '../../record/read';
import { fetchList } from '../../transport/paging';
import { isNotFound } from '../../transport/status';
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
	if (!isSwitchedOn(context, itemIndex, convertValues)) return jsonItems(records);
	return jsonItems(await convertRelated(context, linkTarget(module, link), link, records));
}

/** Left as they are where nobody knows the fields of what stands behind the link; a hint says so. */
async function convertRelated(
	context: IExecuteFunctions,
	target: string | undefined,
	link: string,
	records: IDataObject[],
): Promise<IDataObject[]> {
	try {
		if (target !== undefined) return await convertRecords(context, target, records);
	} catch (error) {
		if (!isNotFound(error)) throw nodeError(context.getNode(), error);
	}
	tellOnce(
		context,
		[link],
		(name) =>
			`'Convert Values' left the records of the link "${name}" as they are: their module is not known`,
	);
	return records;
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
