import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();
let id: string;

beforeEach(() => {
	sandbox.clear('Contact');
	id = sandbox.insert('Contact', { first_name: 'Ada', last_name: 'Berg', title: 'Engineer' });
});

const updating = (value: INodeParameters, rest: INodeParameters = {}): INodeParameters => ({
	resource: 'record',
	operation: 'update',
	module: 'Contact',
	recordId: id,
	fields: { mappingMode: 'defineBelow', value },
	...rest,
});

it('changes the given fields and leaves the others', async () => {
	expect(await engine.items(updating({ title: 'Head' }))).toEqual([{ id, title: 'Head' }]);
	expect(sandbox.record('Contact', id)).toMatchObject({
		first_name: 'Ada',
		last_name: 'Berg',
		title: 'Head',
	});
	expect(sentTo(sandbox)).toEqual([`PATCH /data/Contact/${id}`]);
	expect(workOf(sandbox)[0].body).toEqual({ data: { title: 'Head' }, create: false });
});

it('does not make a record that is not there', async () => {
	const error = await engine.failure(updating({ last_name: 'New' }, { recordId: 'missing' }));
	expect(error.message).toBe('Contact "missing" was not found');
	expect(error.context.itemIndex).toBe(0);
	expect(sandbox.records('Contact')).toHaveLength(1);
});

it('refuses to update nothing before sending', async () => {
	const error = await engine.failure(updating({}));
	expect(error.message).toBe("'Fields' contains nothing to update");
	expect(sentTo(sandbox)).toEqual([]);
});

it('returns the record as stored when asked to, converted if wanted', async () => {
	const options = { returnRecord: true, convertValues: true };
	const [record] = await engine.items(updating({ do_not_call: 'yes' }, { options }));
	expect(record).toMatchObject({ id, name: 'Ada Berg', title: 'Engineer', do_not_call: true });
});

it('says that the record was changed when only reading it back failed', async () => {
	sandbox.failNext(
		{ kind: 'status', status: 403, message: 'No reading' },
		{ method: 'GET', path: /data/ },
	);
	const options = { returnRecord: true };
	const error = await engine.failure(updating({ title: 'Head' }, { options }));
	expect(error.message).toBe(`Contact "${id}" was updated, but could not be read back: No reading`);
	expect(sandbox.record('Contact', id)?.title).toBe('Head');
});

it('shows what the server said when it refuses', async () => {
	sandbox.failNext({ kind: 'status', status: 400, message: 'Bad title' }, { method: 'PATCH' });
	const error = await engine.failure(updating({ title: 'Head' }));
	expect(error.message).toBe('Bad title');
	expect(error.context.itemIndex).toBe(0);
	expect(sandbox.record('Contact', id)?.title).toBe('Engineer');
});

it('fails on errors that come with status 200', async () => {
	sandbox.failNext({ kind: 'errorsIn200', message: 'Locked by somebody' }, { method: 'PATCH' });
	expect((await engine.failure(updating({ title: 'Head' }))).message).toBe('Locked by somebody');
});

it('updates the others when one is not there', async () => {
	const other = sandbox.insert('Contact', { last_name: 'Other' });
	const { items } = await engine.run(updating({ title: 'Head' }, { recordId: '={{ $json.id }}' }), {
		items: [id, 'missing', other].map((recordId) => ({ json: { id: recordId } })),
		continueOnFail: true,
	});
	expect(items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual([
		{ json: { id, title: 'Head' }, pairedItem: { item: 0 } },
		{ json: { error: 'Contact "missing" was not found' }, pairedItem: { item: 1 } },
		{ json: { id: other, title: 'Head' }, pairedItem: { item: 2 } },
	]);
	expect(sandbox.records('Contact').map(({ title }) => title)).toEqual(['Head', 'Head']);
});
