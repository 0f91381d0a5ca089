import type { INodeProperties } from 'n8n-workflow';

import { cursorAt } from '../../crm/changeCursor';
import type { Change, ChangeQuery } from '../../crm/changeFeed';
import { readChanges, readNewestChanges } from '../../crm/changeFeed';
import { convertRecords } from '../../crm/record';
import { withCursor } from '../../item/changeMemory';
import { filterConditions, readFilters } from '../../item/filters';
import type { Item } from '../../item/item';
import { moduleLocator } from '../../item/locators';
import { convertValues, optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import { readReturnFields, returnFields } from '../../item/returnFields';
import { readSearchText, searchText } from '../../item/searchText';
import { readSince } from '../../item/since';
import type { Operation } from '../operation';

/** How many changes a run by hand returns at most. */
const MOST_BY_HAND = 10;

const startFrom: INodeProperties = {
	displayName: 'Start From',
	name: 'startFrom',
	type: 'dateTime',
	default: '',
	description:
		'The first run of the published workflow returns the changes since this time. If empty, it returns none. Times without a zone use the time zone of the workflow.',
};

export const getChanges: Operation = {
	option: {
		name: 'Get Changes',
		action: 'Get changes of records',
		description:
			'Get the records that were created or updated since the last run of the published workflow',
	},
	properties: [
		moduleLocator,
		searchText,
		filterConditions,
		returnFields,
		optionsCollection(convertValues, startFrom),
	],
	async execute(item) {
		const module = item.module();
		const { filters, checks } = await readFilters(item, module, false);
		const query: ChangeQuery = {
			module,
			fields: await readReturnFields(item, module),
			conditions: { filter_text: readSearchText(item), filters },
			checks,
		};
		// Before the changes count as returned.
		const isConverted = item.isOptionOn(convertValues);
		const changes = await findChanges(item, query);
		const records = changes.map(({ record }) => record);
		const shown = isConverted ? await convertRecords(item.crm, module, records) : records;
		return jsonItems(
			changes.map(({ event, record }, index) => ({
				event,
				module,
				recordId: String(record.id),
				record: shown[index],
			})),
		);
	},
};

async function findChanges(item: Item, query: ChangeQuery): Promise<Change[]> {
	const since = readSince(item, startFrom, 'mean that earlier changes are left out');
	if (item.run.context.getMode() === 'manual') {
		return await readNewestChanges(item.crm, query, MOST_BY_HAND);
	}
	const start = since && cursorAt(since.moment.second);
	return await withCursor(item, query.module, start, async (from) => {
		const { changes, cursor } = await readChanges(item.crm, query, from);
		return { result: changes, cursor };
	});
}
