import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { ActivityType } from '../../crm/activity';
import { ACTIVITY_TYPES, fetchActivities } from '../../crm/activity';
import { decodeValue } from '../../crm/codec';
import type { Item } from '../../item/item';
import { limitProperties, readLimit } from '../../item/limit';
import { moduleLocator, recordLocator } from '../../item/locators';
import { convertValues, optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

const types: INodeProperties = {
	displayName: 'Types',
	name: 'types',
	type: 'multiOptions',
	default: [],
	options: [
		{ name: 'Calls', value: 'call' },
		{ name: 'Meetings', value: 'meeting' },
		{ name: 'Notes', value: 'note' },
		{ name: 'Tasks', value: 'task' },
	],
	description: 'Which activities to return. If empty, all of them.',
};

/** Throws a `UserError` for an unknown type of activity. */
function readTypes(item: Item): readonly ActivityType[] {
	const names = item.names(types);
	if (names.length === 0) return ACTIVITY_TYPES;
	const unknown = names.filter((name) => !ACTIVITY_TYPES.some((type) => type === name));
	if (unknown.length > 0) {
		throw new UserError(
			`'Types' doesn't support "${unknown.join('", "')}". Use one of: ${ACTIVITY_TYPES.join(', ')}`,
		);
	}
	return ACTIVITY_TYPES.filter((type) => names.includes(type));
}

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		action: 'Get many activities of a record',
		description: 'Get the calls, meetings, notes and tasks of a record as one list, newest first',
	},
	properties: [
		moduleLocator,
		recordLocator,
		types,
		...limitProperties,
		optionsCollection(convertValues),
	],
	async execute(item) {
		const key = item.record();
		const { activities, missing } = await fetchActivities(item.crm, key, {
			types: readTypes(item),
			limit: readLimit(item),
		});
		item.addHintOnce(
			missing.map((type) => `${type} (${key.module})`),
			(names) => `1CRM has no link to activities of this type: ${names}`,
		);
		if (!item.isOptionOn(convertValues)) return jsonItems(activities);
		return jsonItems(
			activities.map((activity) => ({
				...activity,
				date: String(decodeValue({ kind: 'dateTime' }, activity.date) ?? '') || null,
			})),
		);
	},
};
