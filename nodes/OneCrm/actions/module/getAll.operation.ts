import type { IExecuteFunctions } from 'n8n-workflow';

import { fetchModules } from '../../module/modules';
import { limitProperties, readLimit } from '../limit';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readTimeout } from '../options';

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const limit = readLimit(context, itemIndex);
	const modules = await fetchModules(context, readTimeout(context, itemIndex));
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
