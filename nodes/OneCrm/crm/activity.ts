import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { asNodeError, errorAfter, isNotFound } from '../http/errors';
import { fetchList } from '../http/paging';
import { mapConcurrently } from '../http/parallel';
import type { CrmClient } from './client';
import { closedRecordsFilter } from './filters';
import { addRelated, linkTarget } from './links';
import { isNoDate } from './moment';
import type { RecordKey } from './record';
import { createRecord, fetchRecord, recordExists } from './record';
import type { FieldValues } from './recordValues';
import { textOrNull } from './value';

/** An activity as the node calls it, in the order of the list. */
export const ACTIVITY_TYPES = ['call', 'meeting', 'note', 'task'] as const;

export type ActivityType = (typeof ACTIVITY_TYPES)[number];

interface ActivityModule {
	module: string;
	/** The link from a record to its activities in this module. */
	link: string;
	/** The fields that can contain its date. The first with a value counts. */
	dates: string[];
}

const MODULES: Readonly<Record<ActivityType, ActivityModule>> = {
	call: { module: 'Call', link: 'calls', dates: ['date_start'] },
	meeting: { module: 'Meeting', link: 'meetings', dates: ['date_start'] },
	note: { module: 'Note', link: 'notes', dates: ['date_entered'] },
	task: { module: 'Task', link: 'tasks', dates: ['date_due', 'date_start', 'date_entered'] },
};

/** The module that keeps the activities of a type. */
export function activityModule(type: ActivityType): string {
	return MODULES[type].module;
}

/** Who takes part in a call or meeting: ids, by the link that they are added to. */
interface Participants {
	contacts: string[];
	users: string[];
}

/**
 * Finds out which ids are contacts and which are users, because 1CRM keeps them under separate links.
 *
 * Throws a `UserError` for an id that is neither.
 */
export async function readParticipants(crm: CrmClient, ids: string[]): Promise<Participants> {
	const participants: Participants = { contacts: [], users: [] };
	for (const id of ids) {
		if (await recordExists(crm, { module: 'Contact', id })) participants.contacts.push(id);
		else if (await recordExists(crm, { module: 'User', id })) participants.users.push(id);
		else
			throw new UserError(`'Participants' contains "${id}", which is neither a contact nor a user`);
	}
	return participants;
}

/**
 * Creates an activity and adds its participants. Returns its id.
 *
 * Throws what `createRecord` throws. If the activity was created and only the participants could not be added, the
 * error says so.
 */
export async function createActivity(
	crm: CrmClient,
	type: ActivityType,
	data: FieldValues,
	participants: Participants,
): Promise<string> {
	const { module } = MODULES[type];
	const id = String((await createRecord(crm, module, { data, files: {} })).id);
	for (const link of ['contacts', 'users'] as const) {
		if (participants[link].length === 0) continue;
		try {
			await addRelated(crm, { module, id, link }, participants[link], {});
		} catch (error) {
			const done = `${module} "${id}" was created, but not all participants were added`;
			throw errorAfter(crm.http.node, done, error);
		}
	}
	return id;
}

/** One activity of a record, whatever its type. */
interface Activity extends IDataObject {
	id: string;
	type: ActivityType;
	subject: string | null;
	status: string | null;
	/** In 1CRM's form: when a call or meeting begins, a task is due, or a note was created. */
	date: string | null;
	description: string | null;
	assignedUser: string | null;
}

interface ActivityQuery {
	types: readonly ActivityType[];
	/** How many activities are wanted; `Infinity` for all. */
	limit: number;
}

/**
 * The activities of a record, newest first, closed ones among them. `missing` are the types that the record's module
 * has no link to.
 *
 * Throws a `CrmError` if the record isn't there.
 */
export async function fetchActivities(
	crm: CrmClient,
	key: RecordKey,
	{ types, limit }: ActivityQuery,
): Promise<{ activities: Activity[]; missing: ActivityType[] }> {
	const lists = await mapConcurrently([...types], crm.http.slots, async (type) => ({
		type,
		activities: await fetchOfType(crm, key, type, limit),
	}));
	const missing = lists.filter(({ activities }) => activities === undefined);
	// 1CRM doesn't say whether the link or the record is missing.
	if (missing.length > 0) await fetchRecord(crm, key, { fields: ['id'] });
	const activities = lists.flatMap((list) => list.activities ?? []);
	activities.sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
	return { activities: activities.slice(0, limit), missing: missing.map(({ type }) => type) };
}

async function fetchOfType(
	crm: CrmClient,
	key: RecordKey,
	type: ActivityType,
	limit: number,
): Promise<Activity[] | undefined> {
	const { module, link, dates } = MODULES[type];
	try {
		const metadata = await crm.metadata(module);
		const wanted = ['name', 'status', 'description', 'assigned_user', ...dates];
		const rows = await fetchList(crm.http, {
			...linkTarget({ ...key, link }),
			query: {
				// A list with a field that the module doesn't have may be empty.
				fields: ['id', ...wanted.filter((name) => metadata.fields.has(name))],
				filters: closedRecordsFilter(metadata),
				order: `${dates[0]} DESC`,
			},
			// 1CRM can sort by one date only. If there are several, any row may have the newest.
			limit: dates.length === 1 ? limit : Infinity,
			isOfRecords: true,
		});
		return rows.map((row) => readActivity(type, row));
	} catch (error) {
		if (isNotFound(error)) return undefined;
		throw asNodeError(crm.http.node, error);
	}
}

function readActivity(type: ActivityType, row: IDataObject): Activity {
	const dates = MODULES[type].dates.map((name) => textOrNull(row[name]));
	const date = dates.find((value) => value !== null && !isNoDate(value));
	return {
		id: String(row.id),
		type,
		subject: textOrNull(row.name),
		status: textOrNull(row.status),
		date: date ?? null,
		description: textOrNull(row.description),
		assignedUser: textOrNull(row.assigned_user),
	};
}
