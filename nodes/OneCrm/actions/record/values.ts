import type { INodeProperties } from 'n8n-workflow';

import type { Feed } from '../../crm/readAtOnce';
import type { RecordValues } from '../../crm/recordValues';
import { resolveReferences } from '../../crm/references';
import { readFeed } from '../../item/feed';
import { readMappedFields } from '../../item/fields';
import type { Item } from '../../item/item';

export const referencesByName: INodeProperties = {
	displayName: 'References by Name',
	name: 'referencesByName',
	type: 'boolean',
	default: false,
	description:
		'Whether fields that refer to another record also accept its name instead of its ID, e.g. the name of an account. Exactly one record must have it. A user can be given by user name or e-mail address, too.',
};

export const skipUnchanged: INodeProperties = {
	displayName: 'Skip Unchanged',
	name: 'skipUnchanged',
	type: 'boolean',
	default: false,
	description:
		'Whether to send only the values that differ from those in 1CRM, and nothing if none does. Costs a request that reads the record.',
};

/**
 * The values that an item writes, with references by name looked up if that is wanted.
 *
 * Throws what `readMappedFields` and `resolveReferences` throw.
 */
export async function readValues(
	item: Item,
	module: string,
	matchingColumns?: string[],
): Promise<RecordValues> {
	const values = await readMappedFields(item, module, matchingColumns);
	if (!item.isOptionOn(referencesByName)) return values;
	const feedOf = (field: string): Feed => readFeed(item, module, [field]);
	return { ...values, data: await resolveReferences(item.crm, module, values.data, feedOf) };
}
