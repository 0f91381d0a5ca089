import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { itemsOf, upserting, upsertingInput, writesOf } from '../upserting.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => sandbox.clear('Contact'));

const byId = (id: INodeParameters['id'], rest: INodeParameters = {}) =>
	upserting({ id, last_name: 'Berg', title: 'Head' }, ['id'], rest);

it('updates the record with the id', async () => {
	const id = sandbox.insert('Contact', { last_name: 'Old', assistant: 'Tom' });
	expect(await engine.items(byId(id))).toEqual([
		{ id, last_name: 'Berg', title: 'Head', _upsert: 'updated' },
	]);
	expect(sandbox.record('Contact', id)).toMatchObject({ last_name: 'Berg', assistant: 'Tom' });
	expect(sentTo(sandbox)).toEqual([`GET /data/Contact/${id}`, `PATCH /data/Contact/${id}`]);
	expect(workOf(sandbox)[1].body).toEqual({
		data: { last_name: 'Berg', title: 'Head' },
		create: false,
	});
});

it('creates a record with the id where there is none', async () => {
	const id = 'standard-tax_-code-0000-000000000001';
	expect(await engine.items(byId(id))).toEqual([
		{ id, last_name: 'Berg', title: 'Head', _upsert: 'created' },
	]);
	expect(sandbox.record('Contact', id)).toMatchObject({ id, last_name: 'Berg' });
	expect(writesOf(sandbox)[0]).toMatchObject({
		method: 'PATCH',
		body: { data: { last_name: 'Berg', title: 'Head' }, create: true },
	});
});

it('takes the id of the input when it is to be matched on', async () => {
	const items = itemsOf([{ id: 'a-1', last_name: 'Berg', unknown: 1 }]);
	expect(await engine.items(upsertingInput(['id']), { items })).toEqual([
		{ id: 'a-1', last_name: 'Berg', _upsert: 'created' },
	]);
	expect(await engine.items(upsertingInput(['id']), { items })).toEqual([
		{ id: 'a-1', last_name: 'Berg', _upsert: 'unchanged' },
	]);
});

it.each([null, '', '  ', '={{ null }}'])('refuses %j as an id', async (id) => {
	const error = await engine.failure(byId(id));
	expect(error.message).toBe("'ID' is used for matching but has no value");
	expect(sentTo(sandbox)).toEqual([]);
});

it('refuses an id with a slash', async () => {
	const error = await engine.failure(byId('../Account'));
	expect(error.message).toContain('cannot be part of an address');
	expect(sentTo(sandbox)).toEqual([]);
});

it('refuses another column beside the id', async () => {
	const id = sandbox.insert('Contact', { last_name: 'Old' });
	const error = await engine.failure(upserting({ id, last_name: 'Berg' }, ['id', 'last_name']));
	expect(error.message).toBe(
		"'ID' alone identifies a record. Remove the other columns to match on",
	);
	expect(sentTo(sandbox)).toEqual([]);
});

it('refuses a new record without a field that it needs', async () => {
	const error = await engine.failure(upserting({ id: 'a-1', title: 'Head' }, ['id']));
	expect(error.message).toBe("A new Contact needs a value for 'Last Name' (last_name)");
	expect(writesOf(sandbox)).toEqual([]);
});

it.each(['list', 'string', 'map', 'status400'] as const)(
	'has 1CRM look for a duplicate of a new record when asked to, told as %s',
	async (variant) => {
		sandbox.variants.duplicates = variant;
		const existing = sandbox.insert('Contact', { last_name: 'Berg', email1: 'ada@berg.example' });
		const value = { id: 'a-1', last_name: 'Berg', email1: 'ada@berg.example' };
		const options = { checkDuplicates: true };
		const error = await engine.failure(upserting(value, ['id'], { options }));
		expect(error.message).toContain(existing);
		expect(sandbox.records('Contact')).toHaveLength(1);
	},
);

it.each([
	['500', { kind: 'status', status: 500, message: 'Broken' }],
	['a web page', { kind: 'html' }],
	['an unknown model', { kind: 'status', status: 404, message: 'Model Contact not found' }],
] as const)('writes nothing when the look for it ends with %s', async (_what, fault) => {
	sandbox.failNext(fault, { method: 'GET', path: /^\/data/ });
	await engine.failure(byId('a-1'));
	expect(writesOf(sandbox)).toEqual([]);
});
