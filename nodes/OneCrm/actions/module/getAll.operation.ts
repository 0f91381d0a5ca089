import { fetchModules } from '../../crm/modules';
import type { Item } from '../../item/item';
import { limitProperties, readLimit } from '../../item/limit';
import { optionsCollection } from '../../item/options';
import type { OutputItem } from '../../item/output';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

async function execute(item: Item): Promise<OutputItem[]> {
	const limit = readLimit(item);
	const modules = await fetchModules(item.crm);
	return jsonItems(modules.slice(0, limit));
}

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many modules',
		description:
			'List the modules of 1CRM, custom ones included, with the names that other operations take',
	},
	properties: [...limitProperties, optionsCollection()],
	execute,
};
