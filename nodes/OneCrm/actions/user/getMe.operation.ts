import { fetchMe } from '../../crm/user';
import type { Item } from '../../item/item';
import { optionsCollection } from '../../item/options';
import type { OutputItem } from '../../item/output';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

async function execute(item: Item): Promise<OutputItem[]> {
	return jsonItems([await fetchMe(item.crm)]);
}

export const getMe: Operation = {
	option: {
		name: 'Get Me',
		action: 'Get my user',
		description: 'Get the 1CRM user whose login the credential holds',
	},
	properties: [optionsCollection()],
	execute,
};
