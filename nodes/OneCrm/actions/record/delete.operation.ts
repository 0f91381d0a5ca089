import { deleteRecord } from '../../crm/record';
import { moduleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

export const deleteOperation: Operation = {
	option: { name: 'Delete', action: 'Delete a record', description: 'Delete one record by its ID' },
	properties: [moduleLocator, recordLocator, optionsCollection()],
	targets: (item) => [item.recordId()],
	async execute(item) {
		const key = item.record();
		await deleteRecord(item.crm, key);
		return jsonItems([{ id: key.id, deleted: true }]);
	},
};
