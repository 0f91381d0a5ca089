import { addRelated } from '../../crm/links';
import { linkLocator, moduleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import { pairsCollection, readPairsMap } from '../../item/pairs';
import { emptyResult } from '../../item/values';
import type { Operation } from '../operation';
import { linkedItem, readRecordLink, readRelatedIds, relatedIds } from './link';

const relationFields = pairsCollection(
	{
		displayName: 'Relation Fields',
		name: 'relationFields',
		placeholder: 'Add Field',
		description: 'Values of the relation itself, e.g. the quantity of a product in an assembly',
	},
	{ displayName: 'Field', name: 'fields', placeholder: 'e.g. quantity' },
);

export const add: Operation = {
	option: {
		name: 'Add',
		action: 'Add related records',
		description: 'Link records to a record, e.g. contacts to an account',
	},
	properties: [
		moduleLocator,
		recordLocator,
		linkLocator,
		relatedIds,
		relationFields,
		optionsCollection(),
	],
	/** The link may be kept in either of the records. */
	targets: (item) => [item.recordId(), ...readRelatedIds(item)],
	async execute(item) {
		const link = readRecordLink(item);
		const ids = readRelatedIds(item);
		const data = readPairsMap(item, relationFields);
		const missing = Object.keys(data).find((name) => data[name] === undefined);
		// JSON has no place for it.
		if (missing !== undefined) throw emptyResult(relationFields, `leave out "${missing}"`);
		await addRelated(item.crm, link, ids, data);
		return jsonItems(ids.map((id) => linkedItem(link, id, true)));
	},
};
