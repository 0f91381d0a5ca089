import { deleteRecord } from '../../crm/record';
import type { Item } from '../../item/item';
import { moduleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import type { OutputItem } from '../../item/output';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

async function execute(item: Item): Promise<OutputItem[]> {
	const key = item.record();
	await deleteRecord(item.crm, key);
	return jsonItems([{ id: key.id, deleted: true }]);
}

export const deleteOperation: Operation = {
	option: { name: 'Delete', action: 'Delete a record', description: 'Delete one record by its ID' },
	properties: [moduleLocator, recordLocator, optionsCollection()],
	execute,
};
