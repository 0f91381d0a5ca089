import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { includingClosed } from '../../crm/filters';
import type { RecordLink } from '../../crm/links';
import { linkTarget, moduleBehind } from '../../crm/links';
import { convertRecords } from '../../crm/record';
import { asNodeError, isNotFound } from '../../http/errors';
import { fetchList } from '../../http/paging';
import type { Item } from '../../item/item';
import { limitProperties, readLimit } from '../../item/limit';
import { linkLocator, moduleLocator, recordLocator } from '../../item/locators';
import { convertValues, includeClosed, optionsCollection } from '../../item/options';
import { addLooseOrderHint } from '../../item/order';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';
import { readRecordLink } from './link';

/** Unchanged if the module behind the link isn't known; a hint says so. */
async function convert(
	item: Item,
	link: RecordLink,
	records: IDataObject[],
): Promise<IDataObject[]> {
	const module = moduleBehind(link);
	try {
		if (module !== undefined) return await convertRecords(item.crm, module, records);
	} catch (error) {
		if (!isNotFound(error)) throw asNodeError(item.crm.http.node, error);
	}
	item.addHintOnce(
		[link.link],
		(name) =>
			`'Convert Values' left the records of the link "${name}" unchanged, because their module isn't known`,
	);
	return records;
}

/** Typed, because the module behind a link isn't always known. */
const returnFields: INodeProperties = {
	displayName: 'Return Fields',
	name: 'returnFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. first_name, last_name',
	description:
		'Names of fields of the related records to return, separated by commas or as an array. The ID is always included. If empty, 1CRM returns a few fields.',
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
		optionsCollection(convertValues, includeClosed),
	],
	async execute(item) {
		const link = readRecordLink(item);
		const names = item.names(returnFields);
		const records = await fetchList(item.crm.http, {
			...linkTarget(link),
			query: {
				fields: names.length === 0 ? [] : [...new Set(['id', ...names])],
				filters: item.isOptionOn(includeClosed) ? includingClosed() : {},
			},
			isOfRecords: true,
			isLong: true,
			onLooseOrder: () => addLooseOrderHint(item, link.link),
			limit: readLimit(item),
		});
		return jsonItems(item.isOptionOn(convertValues) ? await convert(item, link, records) : records);
	},
};
