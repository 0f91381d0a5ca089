import type { IDataObject } from 'n8n-workflow';
import type { ActivityType } from '../../../../../nodes/OneCrm/crm/activity';
import {
	ACTIVITY_TYPES,
	activityModule,
	createActivity,
	fetchActivities,
	readParticipants,
} from '../../../../../nodes/OneCrm/crm/activity';
import { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import type { CrmRequest } from '../../../../../nodes/OneCrm/http/types';
import { node } from '../http/node.cts';
import { clientWith } from './scripted-client.cts';

const MISSING = { status: 404, message: 'Not found' };
const REFUSED = { status: 403, message: 'No access' };

const FIELDS = ['name', 'status', 'description', 'assigned_user', 'date_start', 'date_entered'];
const metadataOf = (names: string[], filters: IDataObject = {}): IDataObject => ({
	fields: Object.fromEntries(names.map((name) => [name, { type: 'varchar' }])),
	filters,
});

/** What 1CRM answers to each path: `MISSING`, unless said otherwise. */
function serverWith(answers: Record<string, IDataObject>) {
	return clientWith(({ method, path }) => {
		const known = answers[`${method} ${path}`] ?? answers[path];
		const answer = known ?? (path.startsWith('meta/') ? metadataOf(FIELDS) : MISSING);
		if (answer !== MISSING && answer !== REFUSED) return answer;
		throw new CrmError(
			node,
			{ message: String(answer.message) },
			{ status: Number(answer.status) },
		);
	});
}

const listOf = (...records: IDataObject[]): IDataObject => ({
	records,
	total_results: records.length,
});
const failureOf = async (work: Promise<unknown>) =>
	await work.then(
		() => undefined,
		(error: Error) => error.message,
	);

it('keeps each type in a module of its own', () => {
	expect(ACTIVITY_TYPES.map(activityModule)).toEqual(['Call', 'Meeting', 'Note', 'Task']);
});

describe('Who takes part', () => {
	const server = {
		'data/Contact/ada': { record: { id: 'ada' } },
		'data/Contact/both': { record: { id: 'both' } },
		'data/User/both': { record: { id: 'both' } },
		'data/User/1': { record: { id: '1' } },
	};

	it('is a contact or else a user', async () => {
		const { crm } = serverWith(server);
		expect(await readParticipants(crm, ['1', 'ada', 'both'])).toEqual({
			contacts: ['ada', 'both'],
			users: ['1'],
		});
	});

	it('is nobody unless somebody is named', async () => {
		const { crm, sent } = serverWith(server);
		expect(await readParticipants(crm, [])).toEqual({ contacts: [], users: [] });
		expect(sent).toEqual([]);
	});

	it('cannot be anything else', async () => {
		const { crm } = serverWith(server);
		expect(await failureOf(readParticipants(crm, ['ada', 'x']))).toBe(
			`'Participants' contains "x", which is neither a contact nor a user`,
		);
	});
});

describe('A new activity', () => {
	const data = { name: 'Ask' };
	const create = { 'POST data/Call': { id: 17 } };

	it('is created before its contacts and its users are added', async () => {
		const added = { 'data/Call/17/contacts': {}, 'data/Call/17/users': {} };
		const { crm, sent } = serverWith({ ...create, ...added });
		const participants = { contacts: ['ada', 'eva'], users: ['1'] };
		expect(await createActivity(crm, 'call', data, participants)).toBe('17');
		expect(sent.slice(1)).toMatchObject([
			{ method: 'POST', path: 'data/Call', body: { data } },
			{ path: 'data/Call/17/contacts', body: { records: ['ada', 'eva'] } },
			{ path: 'data/Call/17/users', body: { records: ['1'] } },
		]);
	});

	it('of nobody else is only created', async () => {
		const { crm, sent } = serverWith(create);
		await createActivity(crm, 'call', data, { contacts: [], users: [] });
		expect(sent.map(({ path }) => path)).toEqual(['meta/fields/Call', 'data/Call']);
	});

	it('is named in the failure to add somebody', async () => {
		const { crm } = serverWith({ ...create, 'data/Call/17/users': REFUSED });
		const participants = { contacts: [], users: ['1'] };
		expect(await failureOf(createActivity(crm, 'call', data, participants))).toBe(
			'Call "17" was created, but not all participants were added: No access',
		);
	});
});

describe('The activities of a record', () => {
	const key = { module: 'Account', id: 'berg' };
	const fetching = async (
		answers: Record<string, IDataObject>,
		types: readonly ActivityType[] = ACTIVITY_TYPES,
		limit = 10,
	) => {
		const { crm, sent } = serverWith(answers);
		return { ...(await fetchActivities(crm, key, { types, limit })), sent };
	};
	const paths = (sent: CrmRequest[]) =>
		sent.map(({ path }) => path).filter((path) => !path.startsWith('meta/'));

	const call = { id: 'c', name: 'Call', status: 'Held', date_start: '2026-03-01 08:00:00' };
	const meeting = { id: 'm', name: 'Meeting', date_start: '2026-05-01 08:00:00' };
	const note = { id: 'n', name: 'Note', date_entered: '2026-06-01 08:00:00' };
	const task = { id: 't', name: 'Task', date_due: '2026-04-01 08:00:00' };
	const oneOfEach = {
		'data/Account/berg/calls': listOf(call),
		'data/Account/berg/meetings': listOf(meeting),
		'data/Account/berg/notes': listOf(note),
		'data/Account/berg/tasks': listOf(task),
	};

	it('come as one list, the newest first', async () => {
		const { activities, missing, sent } = await fetching(oneOfEach);
		expect(activities.map(({ id, type, date }) => [id, type, date])).toEqual([
			['n', 'note', '2026-06-01 08:00:00'],
			['m', 'meeting', '2026-05-01 08:00:00'],
			['t', 'task', '2026-04-01 08:00:00'],
			['c', 'call', '2026-03-01 08:00:00'],
		]);
		expect(missing).toEqual([]);
		expect(paths(sent)).toEqual(expect.arrayContaining(Object.keys(oneOfEach)));
		expect(paths(sent)).toHaveLength(4);
	});

	it('say what they are about, and nothing of what is not known', async () => {
		const full = { ...call, description: 'About it', assigned_user: 'Ada', other: 'x' };
		const calls = { 'data/Account/berg/calls': listOf(full, { id: 5 }) };
		const { activities } = await fetching(calls, ['call']);
		expect(activities).toEqual([
			{
				id: 'c',
				type: 'call',
				subject: 'Call',
				status: 'Held',
				date: '2026-03-01 08:00:00',
				description: 'About it',
				assignedUser: 'Ada',
			},
			{
				...{ id: '5', type: 'call', subject: null, status: null },
				...{ date: null, description: null, assignedUser: null },
			},
		]);
	});

	it('without a date come last, whichever of them was read first', async () => {
		for (const calls of [
			[{ id: 'none' }, call],
			[call, { id: 'none' }],
		]) {
			const { activities } = await fetching({ 'data/Account/berg/calls': listOf(...calls) }, [
				'call',
			]);
			expect(activities.map(({ id }) => id)).toEqual(['c', 'none']);
		}
	});

	it('are no more than are wanted, of all types together', async () => {
		const { activities } = await fetching(oneOfEach, ACTIVITY_TYPES, 2);
		expect(activities.map(({ id }) => id)).toEqual(['n', 'm']);
	});

	it('are read no further than they are wanted, except tasks, of which the last may be the newest', async () => {
		const { sent } = await fetching(oneOfEach, ACTIVITY_TYPES, 3);
		const limits = sent
			.filter(({ path }) => path.startsWith('data/'))
			.map(({ path, query }) => [path.split('/')[3], query?.limit]);
		expect(Object.fromEntries(limits)).toEqual({ calls: 3, meetings: 3, notes: 3, tasks: 200 });
	});

	it.each<[IDataObject, string | null]>([
		[
			{ date_due: '2026-04-01', date_start: '2026-01-01', date_entered: '2020-01-01' },
			'2026-04-01',
		],
		[{ date_due: '', date_start: '2026-01-01', date_entered: '2020-01-01' }, '2026-01-01'],
		[{ date_due: null, date_start: '0000-00-00', date_entered: '2020-01-01' }, '2020-01-01'],
		[{ date_due: '0000-00-00 00:00:00' }, null],
	])('date a task with %j by %j', async (dates, date) => {
		const tasks = { 'data/Account/berg/tasks': listOf({ id: 't', ...dates }) };
		const { activities } = await fetching(tasks, ['task']);
		expect(activities[0].date).toBe(date);
	});

	it.each<[ActivityType, string[], string]>([
		['call', ['date_start'], 'date_start DESC'],
		['meeting', ['date_start'], 'date_start DESC'],
		['note', ['date_entered'], 'date_entered DESC'],
		['task', ['date_due', 'date_start', 'date_entered'], 'date_due DESC'],
	])(
		'of the type %s are asked for by their dates, the newest first',
		async (type, dates, order) => {
			const [answers, meta] = [oneOfEach, `meta/fields/${activityModule(type)}`];
			const { sent } = await fetching({ ...answers, [meta]: metadataOf([...FIELDS, 'date_due']) }, [
				type,
			]);
			expect(sent[1].query).toMatchObject({
				fields: ['id', 'name', 'status', 'description', 'assigned_user', ...dates],
				filters: {},
			});
			expect(String(sent[1].query?.order).split(', ')[0]).toBe(order);
			expect(sent[1].query?.order).toBe(`${order}, id`);
		},
	);

	it('are asked for by fields that their module has, with closed ones', async () => {
		const meta = { 'meta/fields/Call': metadataOf(['name'], { view_closed: { type: 'flag' } }) };
		const { sent } = await fetching({ ...oneOfEach, ...meta }, ['call']);
		expect(sent[1].query).toMatchObject({ fields: ['id', 'name'], filters: { view_closed: 1 } });
	});

	it('lack the types that the record cannot have', async () => {
		const { activities, missing, sent } = await fetching({
			'data/Account/berg/calls': MISSING,
			'data/Account/berg/meetings': listOf(meeting),
			'data/Account/berg': { record: { id: 'berg' } },
		});
		expect(activities).toMatchObject([{ id: 'm' }]);
		expect(missing).toEqual(['call', 'note', 'task']);
		expect(sent.at(-1)).toMatchObject({ path: 'data/Account/berg' });
		expect(sent.at(-1)?.query).toEqual({ fields: ['id', 'deleted'] });
	});

	it('are no empty list if the record is not there', async () => {
		expect(await failureOf(fetching({}))).toBe('Not found');
	});

	it('are no empty list if 1CRM refuses one of their types', async () => {
		const calls = { ...oneOfEach, 'data/Account/berg/calls': REFUSED };
		expect(await failureOf(fetching(calls))).toBe('No access');
	});
});
