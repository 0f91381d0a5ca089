import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();
let id: string;

beforeAll(() => {
	const accountId = sandbox.insert('Account', { name: 'Birch Media' });
	id = sandbox.insert('Contact', {
		first_name: 'Ada',
		last_name: 'Berg',
		do_not_call: 1,
		birthdate: '1990-03-25',
		primary_account_id: accountId,
		categories: 'Customers^,^Friends and Family',
		annual_budget: '1234.50',
		date_modified: '2026-03-01 08:00:00',
	});
});

const getting = (rest: INodeParameters = {}): INodeParameters => ({
	resource: 'record',
	operation: 'get',
	module: 'Contact',
	recordId: id,
	...rest,
});

it('returns every field as 1CRM gives it, with one request', async () => {
	const [record] = await engine.items(getting());
	expect(record).toMatchObject({
		id,
		name: 'Ada Berg',
		primary_account: 'Birch Media',
		do_not_call: '1',
		annual_budget: '1234.50',
		website: null,
	});
	expect(workOf(sandbox)).toHaveLength(1);
	expect(workOf(sandbox)[0].query).toEqual({});
});

it.each([
	['a list', ['last_name', 'birthdate']],
	['a text with commas', 'last_name, birthdate'],
	['an expression', '={{ ["last_name", "birthdate"] }}'],
])('returns the fields given as %s, with the id', async (_form, returnFields) => {
	expect(await engine.items(getting({ returnFields }))).toEqual([
		{ id, last_name: 'Berg', birthdate: '1990-03-25' },
	]);
	// Whether it is deleted is asked for in any case.
	expect(workOf(sandbox)[0].query.fields).toEqual(['id', 'last_name', 'birthdate', 'deleted']);
});

it('asks for a field once that is named twice', async () => {
	await engine.items(getting({ returnFields: ['id', 'last_name', 'last_name'] }));
	expect(workOf(sandbox)[0].query.fields).toEqual(['id', 'last_name', 'deleted']);
});

it('converts values when asked to', async () => {
	const [record] = await engine.items(getting({ options: { convertValues: true } }));
	expect(record).toMatchObject({
		id,
		do_not_call: true,
		email_opt_out: false,
		birthdate: '1990-03-25',
		categories: ['Customers', 'Friends and Family'],
		newsletter_topics: [],
		annual_budget: 1234.5,
		date_modified: '2026-03-01T08:00:00Z',
		website: null,
	});
});

it('fails for a record that is not there, deleted or never was', async () => {
	const gone = sandbox.insert('Contact', { last_name: 'Gone' });
	await engine.items({ ...getting({ recordId: gone }), operation: 'delete' });
	for (const recordId of [gone, 'never-was']) {
		const error = await engine.failure(getting({ recordId }));
		expect(error.message).toBe(`Contact "${recordId}" was not found`);
		expect(error.context.itemIndex).toBe(0);
	}
});

it('takes a deleted record for not there on servers that show it with a mark', async () => {
	const deleted = sandbox.insert('Contact', { last_name: 'Gone' });
	await engine.items({ ...getting({ recordId: deleted }), operation: 'delete' });
	sandbox.variants.deletedRecord = 'marked';
	const error = await engine.failure(getting({ recordId: deleted }));
	expect(error.message).toBe(`Contact "${deleted}" was not found`);
});

it('takes a record that the server still shows as deleted for not there', async () => {
	const body = { record: { id, deleted: '1' } };
	for (const returnFields of [[], ['last_name']]) {
		sandbox.failNext({ kind: 'status', status: 200, body }, { path: /^\/data/ });
		const error = await engine.failure(getting({ returnFields }));
		expect(error.message).toBe(`Contact "${id}" was not found`);
	}
});

it.each([
	['object', 'The database is down'],
	['string', 'The database is down'],
	['nested', 'The database is down'],
] as const)('shows the message of an error answered as %s', async (errorBody, message) => {
	const bodies = {
		object: { message },
		string: JSON.stringify(message),
		nested: { error: { message } },
	};
	sandbox.failNext({ kind: 'status', status: 500, body: bodies[errorBody] });
	const error = await engine.failure(getting());
	expect(error.message).toBe(message);
	expect(error.description).toContain('log of the 1CRM server');
});

it('never takes a web page for a record', async () => {
	sandbox.failNext({ kind: 'html' });
	const error = await engine.failure(getting());
	expect(error.message).toBe("This address doesn't answer like a 1CRM API");
});
