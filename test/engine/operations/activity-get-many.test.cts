import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { hintsOf } from '../hints.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

let account: string;

beforeEach(() => {
	for (const module of ['Call', 'Meeting', 'Note', 'Task']) sandbox.clear(module);
	account = sandbox.insert('Account', { name: 'Berg Ltd' });
	sandbox.clearRequests();
});

const getting = (parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'activity',
	operation: 'getAll',
	module: 'Account',
	recordId: account,
	...parameters,
});

const add = (module: string, name: string, values: Record<string, unknown>) =>
	sandbox.insert(module, { name, parent_type: 'Accounts', parent_id: account, ...values });

function addOneOfEach(): void {
	add('Call', 'Call', { date_start: '2026-03-01 08:00:00', status: 'Held' });
	add('Meeting', 'Meeting', { date_start: '2026-05-01 08:00:00', description: 'At the office' });
	add('Task', 'Task', { date_due: '2026-04-01 08:00:00', status: 'Completed' });
	add('Note', 'Note', { date_entered: '2026-06-01 08:00:00' });
}

it('returns the history of a record as one list, newest first', async () => {
	addOneOfEach();
	sandbox.insert('Call', { name: 'Of somebody else', date_start: '2026-03-01 08:00:00' });
	const activities = await engine.items(getting());
	expect(activities.map(({ subject }) => subject)).toEqual(['Note', 'Meeting', 'Task', 'Call']);
	expect(activities[1]).toEqual({
		id: expect.any(String),
		type: 'meeting',
		subject: 'Meeting',
		status: 'Planned',
		date: '2026-05-01 08:00:00',
		description: 'At the office',
		assignedUser: expect.any(String),
	});
	expect(activities[2]).toMatchObject({ type: 'task', status: 'Completed' });
});

it('returns the chosen types only, and asks for no others', async () => {
	addOneOfEach();
	const activities = await engine.items(getting({ types: ['note', 'call'] }));
	expect(activities.map(({ type }) => type)).toEqual(['note', 'call']);
	expect(sandbox.requests.map(({ path }) => path)).not.toContainEqual(
		expect.stringMatching(/meetings|tasks/),
	);
});

it('returns the newest of all types up to the limit', async () => {
	for (const month of ['01', '02', '03']) {
		add('Call', `Call ${month}`, { date_start: `2026-${month}-10 08:00:00` });
		add('Task', `Task ${month}`, { date_due: `2026-${month}-20 08:00:00` });
	}
	const activities = await engine.items(getting({ limit: 3 }));
	expect(activities.map(({ subject }) => subject)).toEqual(['Task 03', 'Call 03', 'Task 02']);
});

it('returns all of many', async () => {
	sandbox.variants.maxPageSize = 10;
	for (let index = 0; index < 35; index++) {
		add('Call', `Call ${index}`, { date_start: '2026-01-10 08:00:00' });
	}
	expect(await engine.items(getting({ returnAll: true }))).toHaveLength(35);
});

it('dates a task by its start or creation if nothing says when it is due', async () => {
	add('Task', 'Started', {
		date_start: '2026-02-01 08:00:00',
		date_entered: '2020-01-01 00:00:00',
	});
	add('Task', 'Made', { date_entered: '2026-03-01 08:00:00' });
	const activities = await engine.items(getting());
	expect(activities.map(({ subject, date }) => [subject, date])).toEqual([
		['Made', '2026-03-01 08:00:00'],
		['Started', '2026-02-01 08:00:00'],
	]);
});

it.each([false, true])(
	'takes a date of zeros for none (Convert Values: %j)',
	async (convertValues) => {
		const none = '0000-00-00 00:00:00';
		add('Task', 'Task', { date_due: none, date_start: '2026-02-01 08:00:00' });
		add('Call', 'Call', { date_start: none });
		const activities = await engine.items(getting({ options: { convertValues } }));
		const start = convertValues ? '2026-02-01T08:00:00Z' : '2026-02-01 08:00:00';
		expect(activities.map(({ subject, date }) => [subject, date])).toEqual([
			['Task', start],
			['Call', null],
		]);
	},
);

it('returns dates in ISO 8601 with Convert Values', async () => {
	add('Call', 'Call', { date_start: '2026-03-01 08:00:00' });
	const [{ date }] = await engine.items(getting({ options: { convertValues: true } }));
	expect(date).toBe('2026-03-01T08:00:00Z');
});

it('says which types a module has no link to, and returns the others', async () => {
	const article = sandbox.insert('KBArticle', { name: 'How to' });
	add('Note', 'Note', { parent_type: 'KBArticles', parent_id: article });
	const parameters = getting({ module: 'KBArticle', recordId: article });
	expect(await engine.items(parameters)).toMatchObject([{ subject: 'Note' }]);
	const [{ message }] = await hintsOf(engine, parameters, [{}]);
	expect(message).toBe(
		'1CRM has no link to activities of this type: call (KBArticle), meeting (KBArticle), task (KBArticle)',
	);
});

it('says which record was not there', async () => {
	const error = await engine.failure(getting({ recordId: 'no-such-id' }));
	expect(error.message).toBe('Account "no-such-id" was not found');
});

it('refuses an expression without a type, which would mean all of them', async () => {
	const error = await engine.failure(getting({ types: '={{ [] }}' }));
	expect(error.message).toBe(
		"The expression in 'Types' has an empty result, which would mean activities of every type",
	);
});

it('refuses a type that is none', async () => {
	const error = await engine.failure(getting({ types: '={{ ["visit"] }}' }));
	expect(error.message).toContain(`'Types' doesn't support "visit"`);
});
