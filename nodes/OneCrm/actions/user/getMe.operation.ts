import { fetchMe } from '../../crm/user';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

export const getMe: Operation = {
	option: {
		name: 'Get Me',
		action: 'Get my user',
		description: 'Get the 1CRM user of the credential',
	},
	properties: [optionsCollection()],
	async execute(item) {
		return jsonItems([await fetchMe(item.crm)]);
	},
};
