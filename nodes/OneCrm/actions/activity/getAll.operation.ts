import type { INodeProperties } from 'n8n-workflow';

import { ACTIVITY_TYPES, fetchActivities } from '../../crm/activity';
import { decodeValue } from '../../crm/codec';
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
		const chosen = item.someOf(types, ACTIVITY_TYPES, 'mean activities of every type');
		const { activities, missing } = await fetchActivities(item.crm, key, {
			types: chosen.length === 0 ? ACTIVITY_TYPES : chosen,
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
