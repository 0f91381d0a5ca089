import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

let account: string;
let contact: string;

beforeEach(() => {
	for (const module of ['Account', 'Contact', 'Call', 'Meeting', 'Note', 'Task']) {
		sandbox.clear(module);
	}
	account = sandbox.insert('Account', { name: 'Berg Ltd' });
	contact = sandbox.insert('Contact', { last_name: 'Aalto' });
});

const creating = (parameters: INodeParameters): INodeParameters => ({
	resource: 'activity',
	operation: 'create',
	module: 'Account',
	recordId: account,
	subject: 'Ask',
	...parameters,
});

const linked = (module: string, id: unknown, link: string) =>
	[...sandbox.linked(module, String(id), link).keys()].sort();

it('creates a call on a record, with its time in UTC and its participants', async () => {
	const [call] = await engine.items(
		creating({
			type: 'call',
			start: '2026-07-14T09:30:00',
			durationMinutes: 45,
			status: 'Planned',
			description: 'About the order',
			participants: contact,
		}),
	);
	expect(call).toEqual({
		id: expect.any(String),
		type: 'call',
		subject: 'Ask',
		start: '2026-07-14 07:30:00',
		durationMinutes: 45,
		status: 'Planned',
		description: 'About the order',
		module: 'Account',
		recordId: account,
		participants: [contact],
	});
	expect(sandbox.record('Call', String(call.id))).toMatchObject({
		name: 'Ask',
		date_start: '2026-07-14 07:30:00',
		date_end: '2026-07-14 08:15:00',
		duration: '45',
		parent_type: 'Accounts',
		parent_id: account,
	});
	expect(linked('Call', call.id, 'contacts')).toEqual([contact]);
});

it('adds contacts and users to a meeting under their own links', async () => {
	const parameters = { type: 'meeting', start: '2026-07-14T09:30:00Z' };
	const [meeting] = await engine.items(creating({ ...parameters, participants: [contact, '1'] }));
	expect(linked('Meeting', meeting.id, 'contacts')).toEqual([contact]);
	expect(linked('Meeting', meeting.id, 'users')).toEqual(['1']);
});

it('lets a contact take part in their own call', async () => {
	const own = { module: 'Contact', recordId: contact };
	const [call] = await engine.items(
		creating({ ...own, type: 'call', start: '2026-07-14T09:30:00Z' }),
	);
	expect(call.participants).toEqual([contact]);
	expect(linked('Contact', contact, 'calls')).toEqual([call.id]);
});

it('gives a task its start and when it is due', async () => {
	const parameters = { type: 'task', start: '2026-07-14T09:00:00Z', durationMinutes: 60 };
	const [task] = await engine.items(creating(parameters));
	expect(sandbox.record('Task', String(task.id))).toMatchObject({
		date_start: '2026-07-14 09:00:00',
		date_due: '2026-07-14 10:00:00',
		parent_type: 'Accounts',
	});
});

it('creates a note with a text, and ignores what a note does not have', async () => {
	const [note] = await engine.items(
		creating({ type: 'note', description: 'Called back', start: 'whenever', status: 'Held' }),
	);
	expect(note).toEqual({
		id: expect.any(String),
		type: 'note',
		subject: 'Ask',
		description: 'Called back',
		module: 'Account',
		recordId: account,
		participants: [],
	});
});

it('asks for the name that 1CRM gives a module of its own', async () => {
	const user = sandbox.insert('User', { user_name: 'x', last_name: 'X' });
	const [note] = await engine.items(creating({ type: 'note', module: 'User', recordId: user }));
	expect(sandbox.record('Note', String(note.id))).toMatchObject({ parent_type: 'Users' });
});

it.each([
	['a missing subject', { subject: '' }, "'Subject' is empty"],
	['an unknown type', { type: '={{ "visit" }}' }, '\'Type\' cannot be "visit"'],
	['a broken start', { start: 'soon' }, "'Start' takes a date and time"],
	['a duration without a start', { durationMinutes: 5 }, "'Duration (Minutes)' needs a 'Start'"],
	[
		'half a minute',
		{ start: '2026-07-14', durationMinutes: 0.5 },
		"'Duration (Minutes)' must be a whole number",
	],
	['a call without a start', {}, "A new Call needs a value for 'Start'"],
	['an unknown status', { start: '2026-07-14', status: '={{ "Over" }}' }, "'Status' takes"],
	[
		'somebody who is neither a contact nor a user',
		{ start: '2026-07-14', participants: 'nobody' },
		`'Participants' contains "nobody", which is neither a contact nor a user`,
	],
] as Array<[string, INodeParameters, string]>)(
	'refuses %s and creates nothing',
	async (_, parameters, message) => {
		const error = await engine.failure(
			creating({ ...parameters, subject: `={{ ${JSON.stringify(parameters.subject ?? 'Ask')} }}` }),
		);
		expect(error.message).toContain(message);
		expect(sentTo(sandbox).filter((request) => request.startsWith('POST'))).toEqual([]);
	},
);

it('refuses a record that is not there', async () => {
	const error = await engine.failure(creating({ type: 'note', recordId: 'no-such-id' }));
	expect(error.message).toBe('Account "no-such-id" was not found');
	expect(sandbox.records('Note')).toEqual([]);
});

it('refuses participants without a value, but takes a list of nobody', async () => {
	const meeting = creating({ type: 'meeting', start: '2026-07-14' });
	const error = await engine.failure({ ...meeting, participants: '={{ $json.people }}' });
	expect(error.message).toBe(
		"The expression in 'Participants' has an empty result, which would invite nobody",
	);
	expect(sandbox.records('Meeting')).toEqual([]);
	expect(await engine.items({ ...meeting, participants: '={{ [] }}' })).toMatchObject([
		{ participants: [] },
	]);
});

it('says what was created if the participants cannot be added', async () => {
	const message = 'You may not edit calls';
	sandbox.failNext({ kind: 'status', status: 403, message }, { path: /contacts$/ });
	const error = await engine.failure(
		creating({ type: 'call', start: '2026-07-14', participants: contact }),
	);
	const [call] = sandbox.records('Call');
	expect(error.message).toBe(
		`Call "${call.id}" was created, but not all participants were added: ${message}`,
	);
});

it('offers the statuses of the chosen type', async () => {
	const values = async (type: string) =>
		(await engine.loadOptions('getActivityStatuses', creating({ type }))).map(({ value }) => value);
	expect(await values('call')).toEqual(['', 'Planned', 'Held', 'Not Held']);
	expect(await values('task')).toContain('Completed');
	expect(await values('note')).toEqual(['']);
});
