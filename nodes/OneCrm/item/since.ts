import type { INodeProperties } from 'n8n-workflow';

import type { Since } from '../crm/changes';
import { encodeMoment } from '../crm/moment';
import type { Item } from './item';

/**
 * The moment of an option, or `undefined` if it isn't set. Throws a `UserError` for what isn't a date, and for an
 * expression with an empty result, whose `meaning` the message says.
 */
export function readSince(
	item: Item,
	property: Pick<INodeProperties, 'name' | 'displayName'>,
	meaning = 'mean all changes',
): Since | undefined {
	const value = item.option(property.name);
	if (value === '' || value === null || value === undefined) {
		item.refuseEmptyOption(property, meaning);
		return undefined;
	}
	const moment = encodeMoment({ label: property.displayName }, value, item.timezone);
	return { moment, option: property.displayName };
}
