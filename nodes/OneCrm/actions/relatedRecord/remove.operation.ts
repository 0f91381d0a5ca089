import { removeRelated } from '../../crm/links';
import type { Item } from '../../item/item';
import { linkLocator, moduleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import type { OutputItem } from '../../item/output';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';
import { linkedItem, readRecordLink, readRelatedIds, relatedIds } from './link';

async function execute(item: Item): Promise<OutputItem[]> {
	const link = readRecordLink(item);
	const ids = readRelatedIds(item);
	await removeRelated(item.crm, link, ids);
	return jsonItems(ids.map((id) => linkedItem(link, id, false)));
}

export const remove: Operation = {
	option: {
		name: 'Remove',
		action: 'Remove related records',
		description: 'Unlink records from a record. The records themselves stay.',
	},
	properties: [moduleLocator, recordLocator, linkLocator, relatedIds, optionsCollection()],
	execute,
};
