import { readUpsert, upsertRecord } from '../../crm/upsert';
import { fieldsMapper, readMatchingColumns } from '../../item/fields';
import { moduleLocator } from '../../item/locators';
import { checkDuplicates, convertValues, optionsCollection } from '../../item/options';
import type { Operation } from '../operation';
import { readValues, referencesByName } from './values';
import { returnRecord, writtenItems } from './written';

export const upsert: Operation = {
	option: {
		name: 'Create or Update',
		action: 'Create or update a record',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	},
	properties: [
		moduleLocator,
		fieldsMapper('upsert'),
		optionsCollection(checkDuplicates, convertValues, referencesByName, returnRecord),
	],
	/** Which record it is turns out when it is looked up. */
	targets: () => [],
	async execute(item) {
		const module = item.module();
		const columns = readMatchingColumns(item);
		const options = { checkDuplicates: item.isOptionOn(checkDuplicates) };
		const written = await item.run.beginInOrder(
			async () => {
				const values = await readValues(item, module, columns);
				return await readUpsert(item.crm, module, values, columns, options);
			},
			async (read) => await upsertRecord(item.crm, read),
		);
		return await writtenItems(item, written, { _upsert: written.verb });
	},
};
