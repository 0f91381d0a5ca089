import { countRecords } from '../../crm/count';
import { recordsPath } from '../../crm/record';
import { filterConditions, readFilters } from '../../item/filters';
import { moduleLocator } from '../../item/locators';
import { includeClosed, optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import { readSearchText, searchText } from '../../item/searchText';
import type { Operation } from '../operation';

export const count: Operation = {
	option: {
		name: 'Count',
		action: 'Count records',
		description: 'Count the records of a module that match a text and filters',
	},
	properties: [moduleLocator, searchText, filterConditions, optionsCollection(includeClosed)],
	async execute(item) {
		const module = item.module();
		const { filters, checks } = await readFilters(item, module, item.isOptionOn(includeClosed));
		const counted = await countRecords(item.crm.http, checks, {
			path: recordsPath(module),
			query: { filter_text: readSearchText(item), filters },
		});
		return jsonItems([{ module, count: counted }]);
	},
};
