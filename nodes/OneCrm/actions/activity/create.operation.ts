import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { ActivityType } from '../../crm/activity';
import {
	ACTIVITY_TYPES,
	activityModule,
	createActivity,
	readParticipants,
} from '../../crm/activity';
import type { ModuleMetadata } from '../../crm/metadata';
import { encodeMoment, secondAfter } from '../../crm/moment';
import { parentValues } from '../../crm/parent';
import type { RecordKey } from '../../crm/record';
import { fetchRecord } from '../../crm/record';
import { encodeFields } from '../../item/encodeFields';
import type { Item } from '../../item/item';
import { moduleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';

const type: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	default: 'call',
	options: [
		{ name: 'Call', value: 'call' },
		{ name: 'Meeting', value: 'meeting' },
		{ name: 'Note', value: 'note' },
		{ name: 'Task', value: 'task' },
	],
	description: 'What to create',
};

const subject: INodeProperties = {
	displayName: 'Subject',
	name: 'subject',
	type: 'string',
	default: '',
	required: true,
	description: 'What the activity is called in 1CRM',
};

const start: INodeProperties = {
	displayName: 'Start',
	name: 'start',
	type: 'dateTime',
	default: '',
	displayOptions: { show: { type: ['call', 'meeting', 'task'] } },
	description:
		'When it begins, in any ISO 8601 form. Times without a zone use the time zone of the workflow. Calls and meetings need it.',
};

const durationMinutes: INodeProperties = {
	displayName: 'Duration (Minutes)',
	name: 'durationMinutes',
	type: 'number',
	default: 0,
	typeOptions: { minValue: 0 },
	displayOptions: { show: { type: ['call', 'meeting', 'task'] } },
	description:
		'How many minutes it takes; for a task, the time from its start until it is due. 0 leaves this to 1CRM.',
};

const status: INodeProperties = {
	displayName: 'Status Name or ID',
	name: 'status',
	type: 'options',
	default: '',
	typeOptions: { loadOptionsMethod: 'getActivityStatuses', loadOptionsDependsOn: ['type'] },
	displayOptions: { show: { type: ['call', 'meeting', 'task'] } },
	description:
		'The status of the activity. If empty, 1CRM sets it. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const description: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	description: 'The text of the activity',
};

const participants: INodeProperties = {
	displayName: 'Participants',
	name: 'participants',
	type: 'string',
	default: '',
	displayOptions: { show: { type: ['call', 'meeting'] } },
	placeholder: 'e.g. 7eba2f10-4c1b-2c77-9d0e-5b8f6a3c1d42',
	description: 'IDs of the contacts and users who take part, separated by commas or as an array',
};

/**
 * The ids of those who take part, each once. Throws a `UserError` for an expression that gives nothing, not even a list.
 */
function readPeople(item: Item): string[] {
	const ids = [...new Set(item.names(participants))];
	if (ids.length === 0 && !Array.isArray(item.value(participants.name))) {
		item.refuseEmptyExpression(participants, 'invite nobody');
	}
	return ids;
}

/** When a call, meeting or task begins and how long it takes. A note has only subject and description. */
interface Timing {
	start: string | undefined;
	minutes: number;
}

/** Throws a `UserError` for a start that isn't a date, and for a duration that isn't a number or has no start. */
function readTiming(item: Item): Timing {
	const written = item.value(start.name);
	const hasStart = written !== undefined && written !== null && written !== '';
	const minutes = Number(item.value(durationMinutes.name, 0) || 0);
	if (!Number.isInteger(minutes) || minutes < 0) {
		throw new UserError("'Duration (Minutes)' must be a whole number of at least 0");
	}
	if (minutes > 0 && !hasStart) throw new UserError("'Duration (Minutes)' needs a 'Start'");
	return {
		start: hasStart ? encodeMoment({ label: 'Start' }, written, item.timezone).second : undefined,
		minutes,
	};
}

/** What is written for start and duration, by the fields that the module has. */
function timeValues(
	type: ActivityType,
	{ start: begin, minutes }: Timing,
	{ fields }: ModuleMetadata,
): IDataObject {
	if (begin === undefined) return {};
	if (minutes === 0) return { date_start: begin };
	const end = secondAfter(begin, minutes * 60_000);
	if (type === 'task') return { date_start: begin, date_due: end };
	const lasting = { duration: minutes, date_end: end };
	const known = Object.entries(lasting).filter(([name]) => fields.get(name)?.writable === true);
	return { date_start: begin, ...Object.fromEntries(known) };
}

/** 1CRM lists the notes and tasks of a contact by the contact that they name, whatever record they belong to. */
function contactValues({ module, id }: RecordKey, { fields }: ModuleMetadata): IDataObject {
	return module === 'Contact' && fields.get('contact_id')?.writable ? { contact_id: id } : {};
}

export const create: Operation = {
	option: {
		name: 'Create',
		action: 'Create an activity on a record',
		description: 'Create a call, meeting, note or task that belongs to a record',
	},
	properties: [
		moduleLocator,
		recordLocator,
		type,
		subject,
		start,
		durationMinutes,
		status,
		description,
		participants,
		optionsCollection(),
	],
	targets: () => [],
	async execute(item) {
		const key = item.record();
		const kind = item.oneOf(type, ACTIVITY_TYPES, 'call');
		const name = item.text(subject.name);
		if (name === '') throw new UserError("'Subject' is empty");
		const timing = kind === 'note' ? { start: undefined, minutes: 0 } : readTiming(item);
		const isEvent = kind === 'call' || kind === 'meeting';
		const ids = isEvent ? readPeople(item) : [];

		const { crm } = item;
		const module = activityModule(kind);
		const metadata = await crm.metadata(module);
		const optional = {
			status: kind === 'note' ? '' : item.text(status.name),
			description: item.text(description.name),
		};
		const values = encodeFields(item, module, metadata.fields, {
			name,
			...timeValues(kind, timing, metadata),
			...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== '')),
			...(await parentValues(crm, key)),
			...contactValues(key, metadata),
		});
		// 1CRM would also create an activity of a record that isn't there.
		await fetchRecord(crm, key, { fields: ['id'] });
		const people = await readParticipants(crm, ids);
		// 1CRM lists the calls and meetings of a contact by who takes part.
		const isOfContact = isEvent && key.module === 'Contact';
		if (isOfContact && !people.contacts.includes(key.id)) people.contacts.push(key.id);
		const id = await createActivity(crm, kind, values, people);
		return jsonItems([
			{
				id,
				type: kind,
				subject: name,
				...(timing.start !== undefined && { start: timing.start }),
				...(timing.minutes > 0 && { durationMinutes: timing.minutes }),
				...(values.status !== undefined && { status: values.status }),
				...(values.description !== undefined && { description: values.description }),
				module: key.module,
				recordId: key.id,
				participants: [...people.contacts, ...people.users],
			},
		]);
	},
};
