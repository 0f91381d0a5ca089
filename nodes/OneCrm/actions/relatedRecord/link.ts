import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { RecordLink } from '../../crm/links';
import type { Item } from '../../item/item';
import { linkName, recordIds } from '../../item/chosenValues';
import { linkLocator } from '../../item/locators';

/** The chosen link. Throws a `UserError` for what cannot be one. */
export function readRecordLink(item: Item): RecordLink {
	return { ...item.record(), link: linkName(item.value(linkLocator.name)) };
}

export const relatedIds: INodeProperties = {
	displayName: 'Related Record IDs',
	name: 'relatedIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 7eba2f10-4c1b-2c77-9d0e-5b8f6a3c1d42',
	description: 'IDs of the related records, separated by commas or as an array',
};

/** The ids of the related records, each once. Throws a `UserError` if there are none, and for what cannot be an id. */
export function readRelatedIds(item: Item): string[] {
	const ids = [...new Set(recordIds(item.value(relatedIds.name), relatedIds))];
	if (ids.length === 0) throw new UserError("'Related Record IDs' is empty");
	return ids;
}

/** The output for one related record that was linked or unlinked. */
export function linkedItem(
	{ id, link }: RecordLink,
	relatedId: string,
	linked: boolean,
): IDataObject {
	return { id, link, relatedId, linked };
}
