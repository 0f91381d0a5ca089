import { createRecord } from '../../crm/record';
import { fieldsMapper } from '../../item/fields';
import { moduleLocator } from '../../item/locators';
import { checkDuplicates, convertValues, optionsCollection } from '../../item/options';
import type { Operation } from '../operation';
import { readValues, referencesByName } from './values';
import { returnRecord, writtenItems } from './written';

export const create: Operation = {
	option: {
		name: 'Create',
		action: 'Create a record',
		description: 'Create a record in any module',
	},
	properties: [
		moduleLocator,
		fieldsMapper('add'),
		optionsCollection(checkDuplicates, convertValues, referencesByName, returnRecord),
	],
	targets: () => [],
	async execute(item) {
		const module = item.module();
		const values = await readValues(item, module);
		const written = await createRecord(item.crm, module, values, {
			checkDuplicates: item.isOptionOn(checkDuplicates),
		});
		return await writtenItems(item, written);
	},
};
