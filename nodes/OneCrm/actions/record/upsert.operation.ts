import type { INodeProperties } from 'n8n-workflow';

import { readUpsert, upsertRecord } from '../../crm/upsert';
import { readFeed } from '../../item/feed';
import { fieldsMapper, readMatchingColumns } from '../../item/fields';
import { moduleLocator } from '../../item/locators';
import { checkDuplicates, convertValues, optionsCollection } from '../../item/options';
import type { Operation } from '../operation';
import { readValues, referencesByName, skipUnchanged } from './values';
import { returnRecord, writtenItems } from './written';

/** The lookup brings along what is compared. */
const skip: INodeProperties = {
	...skipUnchanged,
	default: true,
	description:
		'Whether to send only the values that differ from those in 1CRM, and nothing if none does',
};

const createOnce: INodeProperties = {
	displayName: 'Create Once Across Runs',
	name: 'createOnce',
	type: 'boolean',
	default: false,
	description:
		"Whether runs that don't find a record at the same moment create it only once. Its ID is then derived from the values that it is matched on. Costs two more requests for each new record.",
};

export const upsert: Operation = {
	option: {
		name: 'Create or Update',
		action: 'Create or update a record',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	},
	properties: [
		moduleLocator,
		fieldsMapper('upsert'),
		optionsCollection(
			checkDuplicates,
			convertValues,
			createOnce,
			referencesByName,
			returnRecord,
			skip,
		),
	],
	/** The record isn't known until it is looked up. */
	targets: () => [],
	async execute(item) {
		const module = item.module();
		const columns = readMatchingColumns(item);
		const options = {
			checkDuplicates: item.isOptionOn(checkDuplicates),
			skipUnchanged: item.isOptionOn(skip),
			createOnce: item.isOptionOn(createOnce),
		};
		const written = await item.run.beginInOrder(
			async () => {
				const values = await readValues(item, module, columns);
				const feed = () => readFeed(item, module, columns, Object.keys(values.data));
				return await readUpsert(item.crm, module, values, columns, { ...options, feed });
			},
			async (read) => await upsertRecord(item.crm, read),
		);
		return await writtenItems(item, written, { _upsert: written.verb });
	},
};
