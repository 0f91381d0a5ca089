import { convertRecords, fetchRecord } from '../../crm/record';
import { moduleLocator, recordLocator } from '../../item/locators';
import { convertValues, optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import { readReturnFields, returnFields } from '../../item/returnFields';
import type { Operation } from '../operation';

export const get: Operation = {
	option: { name: 'Get', action: 'Get a record', description: 'Get one record by its ID' },
	properties: [moduleLocator, recordLocator, returnFields, optionsCollection(convertValues)],
	async execute(item) {
		const key = item.record();
		const fields = await readReturnFields(item, key.module);
		const record = await fetchRecord(item.crm, key, { fields });
		if (!item.isOptionOn(convertValues)) return jsonItems([record]);
		return jsonItems(await convertRecords(item.crm, key.module, [record]));
	},
};
