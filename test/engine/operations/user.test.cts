import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(async () => {
	await engine.items(GET_ME);
});

const GET_ME = { resource: 'user', operation: 'getMe' };

it('gives the user of the login, with the id that fields for users take', async () => {
	const [user] = await engine.items(GET_ME);
	expect(user).toMatchObject({ id: 'Users:1', recordId: '1', last_name: 'Administrator' });
	expect(sandbox.requests.map(({ path }) => path)).toEqual(['/me']);
	const creating = {
		resource: 'record',
		operation: 'create',
		module: 'Task',
		fields: {
			mappingMode: 'defineBelow',
			value: { name: 'Mine', assigned_user_id: '={{ $json.recordId }}' },
		},
	};
	await engine.items(creating, { items: [{ json: user }] });
	expect(sandbox.records('Task')[0].assigned_user_id).toBe('1');
});

it.each([
	['42', '42'],
	['Contacts:8a3c', '8a3c'],
	['Users:a:b', 'a:b'],
])('reads the id %s as %s', async (id, recordId) => {
	sandbox.failNext({ kind: 'status', status: 200, body: { id } });
	expect(await engine.items(GET_ME)).toEqual([{ id, recordId }]);
});

it('shows what the server said when it refuses', async () => {
	sandbox.failNext({ kind: 'status', status: 403, message: 'No profile' });
	const error = await engine.failure(GET_ME);
	expect(error.message).toBe('No profile');
	expect(error.context.itemIndex).toBe(0);
});

it('gives the user to the other items when one fails', async () => {
	sandbox.failNext({ kind: 'status', status: 500, message: 'Broken' });
	const { items } = await engine.run(
		{ ...GET_ME, options: { parallelRequests: 1 } },
		{ items: [{ json: {} }, { json: {} }], continueOnFail: true },
	);
	expect(items.map(({ json, pairedItem }) => [json.error ?? json.recordId, pairedItem])).toEqual([
		['Broken', { item: 0 }],
		['1', { item: 1 }],
	]);
});
