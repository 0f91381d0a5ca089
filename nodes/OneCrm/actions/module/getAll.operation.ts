import { fetchModules } from '../../crm/modules';
import { limitProperties, readLimit } from '../../item/limit';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many modules',
		description:
			'List the modules of 1CRM, including custom ones, with the names that other operations use',
	},
	properties: [...limitProperties, optionsCollection()],
	async execute(item) {
		const limit = readLimit(item);
		const modules = await fetchModules(item.crm);
		return jsonItems(modules.slice(0, limit));
	},
};
