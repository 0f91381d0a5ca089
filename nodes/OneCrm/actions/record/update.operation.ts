import { UserError } from 'n8n-workflow';

import { updateRecord } from '../../crm/record';
import { isEmpty } from '../../crm/recordValues';
import { fieldsMapper, readMappedFields } from '../../item/fields';
import type { Item } from '../../item/item';
import { moduleLocator, recordLocator } from '../../item/locators';
import { convertValues, optionsCollection } from '../../item/options';
import type { OutputItem } from '../../item/output';
import type { Operation } from '../operation';
import { returnRecord, writtenItems } from './written';

/** Changes the given fields of a record and leaves the others. A record that is not there is not made. */
async function execute(item: Item): Promise<OutputItem[]> {
	const key = item.record();
	const values = await readMappedFields(item, key.module);
	if (isEmpty(values)) throw new UserError("'Fields' holds nothing to update");
	return await writtenItems(item, await updateRecord(item.crm, key, values));
}

export const update: Operation = {
	option: { name: 'Update', action: 'Update a record', description: 'Change fields of a record' },
	properties: [
		moduleLocator,
		recordLocator,
		fieldsMapper('update'),
		optionsCollection(convertValues, returnRecord),
	],
	execute,
};
