import type { INodeProperties } from 'n8n-workflow';

import { erasePersonalData } from '../../crm/personalData';
import { moduleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

const fieldsToErase: INodeProperties = {
	displayName: 'Fields to Erase Names or IDs',
	name: 'fieldsToErase',
	type: 'multiOptions',
	default: [],
	required: true,
	typeOptions: { loadOptionsMethod: 'getPersonalFields', loadOptionsDependsOn: ['module.value'] },
	hint: 'The values are erased for good. This cannot be undone.',
	description:
		'Which fields to erase, of those that 1CRM marks as personal data. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const erasePersonal: Operation = {
	option: {
		name: 'Erase Personal Data',
		action: 'Erase personal data of a record',
		description: 'Erase personal data of a record for good. This cannot be undone.',
	},
	properties: [moduleLocator, recordLocator, fieldsToErase, optionsCollection()],
	targets: (item) => [item.recordId()],
	async execute(item) {
		const key = item.record();
		const erased = [...new Set(item.names(fieldsToErase))];
		await erasePersonalData(item.crm, key, erased);
		return jsonItems([{ id: key.id, erased }]);
	},
};
