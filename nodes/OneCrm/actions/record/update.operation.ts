import { UserError } from 'n8n-workflow';

import { changeRecord } from '../../crm/changeRecord';
import { updateRecord } from '../../crm/record';
import { isEmpty } from '../../crm/recordValues';
import { fieldsMapper } from '../../item/fields';
import { moduleLocator, recordLocator } from '../../item/locators';
import { convertValues, optionsCollection } from '../../item/options';
import type { Operation } from '../operation';
import { readValues, referencesByName, skipUnchanged } from './values';
import { returnRecord, writtenItems } from './written';

export const update: Operation = {
	option: { name: 'Update', action: 'Update a record', description: 'Change fields of a record' },
	properties: [
		moduleLocator,
		recordLocator,
		fieldsMapper('update'),
		optionsCollection(convertValues, referencesByName, returnRecord, skipUnchanged),
	],
	targets: (item) => [item.recordId()],
	/** Changes the given fields of a record and leaves the others. Never creates a record. */
	async execute(item) {
		const key = item.record();
		const values = await readValues(item, key.module);
		if (isEmpty(values)) throw new UserError("'Fields' contains nothing to update");
		if (!item.isOptionOn(skipUnchanged)) {
			return await writtenItems(item, await updateRecord(item.crm, key, values));
		}
		const written = await changeRecord(item.crm, key, values);
		return await writtenItems(item, written, { _update: written.verb });
	},
};
