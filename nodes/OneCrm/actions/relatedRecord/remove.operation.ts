import { removeRelated } from '../../crm/links';
import { linkLocator, moduleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';
import { linkedItem, readRecordLink, readRelatedIds, relatedIds } from './link';

export const remove: Operation = {
	option: {
		name: 'Remove',
		action: 'Remove related records',
		description: 'Unlink records from a record. The records themselves are kept.',
	},
	properties: [moduleLocator, recordLocator, linkLocator, relatedIds, optionsCollection()],
	/** The link may be kept in either of the records. */
	targets: (item) => [item.recordId(), ...readRelatedIds(item)],
	async execute(item) {
		const link = readRecordLink(item);
		const ids = readRelatedIds(item);
		await removeRelated(item.crm, link, ids);
		return jsonItems(ids.map((id) => linkedItem(link, id, false)));
	},
};
