import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => sandbox.clear('Contact'));

const deleting = (recordId: string) => ({
	resource: 'record',
	operation: 'delete',
	module: 'Contact',
	recordId,
});

it('deletes the one record, with one request and no metadata', async () => {
	const kept = sandbox.insert('Contact', { last_name: 'Kept' });
	const id = sandbox.insert('Contact', { last_name: 'Gone' });
	expect(await engine.items(deleting(id))).toEqual([{ id, deleted: true }]);
	expect(sandbox.records('Contact').map((record) => record.id)).toEqual([kept]);
	const paths = sandbox.requests.map(({ path }) => path).filter((path) => path !== '/me');
	expect(paths).toEqual([`/data/Contact/${id}`]);
});

it('says which record was not there', async () => {
	const error = await engine.failure(deleting('no-such-id'));
	expect(error.message).toBe('Contact "no-such-id" was not found');
	expect(error.description).toContain('deleted');
	expect(error.context.itemIndex).toBe(0);
});

it('fails for a record that was deleted before', async () => {
	const id = sandbox.insert('Contact', { last_name: 'Gone' });
	await engine.items(deleting(id));
	expect((await engine.failure(deleting(id))).message).toBe(`Contact "${id}" was not found`);
});

it('shows what the server said when it refuses, and leaves the record', async () => {
	const id = sandbox.insert('Contact', { last_name: 'Kept' });
	sandbox.failNext({ kind: 'status', status: 403, message: 'You may not delete contacts' });
	const error = await engine.failure(deleting(id));
	expect(error.message).toBe('You may not delete contacts');
	expect(error.description).toContain('may not have the right');
	expect(sandbox.records('Contact')).toHaveLength(1);
});

it('deletes the others when one is not there', async () => {
	const [first, last] = ['A', 'B'].map((last_name) => sandbox.insert('Contact', { last_name }));
	const { items } = await engine.run(deleting('={{ $json.id }}'), {
		items: [first, 'missing', last].map((id) => ({ json: { id } })),
		continueOnFail: true,
	});
	expect(items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual([
		{ json: { id: first, deleted: true }, pairedItem: { item: 0 } },
		{ json: { error: 'Contact "missing" was not found' }, pairedItem: { item: 1 } },
		{ json: { id: last, deleted: true }, pairedItem: { item: 2 } },
	]);
	expect(sandbox.records('Contact')).toEqual([]);
});

it('sends an id of any form as one part of the address', async () => {
	const id = sandbox.insert('Contact', { id: 'standard-tax_-code?x=1&é', last_name: 'Odd' });
	await engine.items(deleting(id));
	expect(sandbox.records('Contact')).toEqual([]);
	expect(sentTo(sandbox)).toEqual([`DELETE /data/Contact/${encodeURIComponent(id)}`]);
});
