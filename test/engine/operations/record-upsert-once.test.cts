import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';
import { upserting } from '../upserting.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => sandbox.clear('Contact'));

const once = (email1: string, rest: INodeParameters = {}, createOnce = true) =>
	upserting({ email1, last_name: 'Berg', ...rest }, ['email1'], { options: { createOnce } });

const upsertOnce = async (email1: string, rest?: INodeParameters) =>
	(await engine.items(once(email1, rest)))[0];

const emails = () => sandbox.records('Contact').map(({ email1 }) => email1);

it('creates a record once although several runs miss it at the same moment', async () => {
	sandbox.gather(6, { path: /^\/data\/Contact$/ });
	const runs = ['ada@berg.example', 'ADA@berg.example', ' ada@berg.example '];
	const results = await Promise.all(
		[...runs, ...runs].map(async (email) => await upsertOnce(email)),
	);
	expect(new Set(results.map(({ id }) => id)).size).toBe(1);
	expect(sandbox.records('Contact')).toHaveLength(1);
});

it('makes twins without the option, since each run has looked before another one writes', async () => {
	sandbox.gather(2, { path: /^\/data\/Contact$/ });
	const run = async () => await engine.items(once('ada@berg.example', {}, false));
	await Promise.all([run(), run()]);
	expect(emails()).toEqual(['ada@berg.example', 'ada@berg.example']);
});

it('takes two requests more than without the option', async () => {
	const { id } = await upsertOnce('ada@berg.example');
	expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
	expect(sentTo(sandbox)).toEqual([
		'GET /data/Contact',
		`GET /data/Contact/${String(id)}`,
		`PATCH /data/Contact/${String(id)}`,
		`GET /data/Contact/${String(id)}`,
	]);
});

it.each(['taken', 'written', 'revived'] as const)(
	'creates a record anew that was deleted in 1CRM, if its ID is then %s',
	async (deletedId) => {
		sandbox.variants.deletedId = deletedId;
		const { id } = await upsertOnce('ada@berg.example');
		sandbox.delete('Contact', String(id));
		const again = await upsertOnce('ada@berg.example', { title: 'Head' });
		expect(again).toMatchObject({ _upsert: 'created' });
		expect(sandbox.records('Contact')).toMatchObject([{ id: again.id, title: 'Head' }]);
	},
);

it('leaves a record alone that has got another e-mail address since', async () => {
	const { id } = await upsertOnce('info@berg.example');
	sandbox.update('Contact', String(id), { email1: 'ada@berg.example' });
	const other = await upsertOnce('info@berg.example', { last_name: 'Tal' });
	expect(other.id).not.toBe(id);
	expect(emails().sort()).toEqual(['ada@berg.example', 'info@berg.example']);
	expect(sandbox.record('Contact', String(id))).toMatchObject({ last_name: 'Berg' });
});

it('repeats a creation whose answer was lost, without a twin', async () => {
	sandbox.failNext({ kind: 'resetAfter' }, { method: 'PATCH' });
	expect(await upsertOnce('ada@berg.example')).toMatchObject({ _upsert: 'created' });
	expect(emails()).toEqual(['ada@berg.example']);
});

it('reports what 1CRM refuses in its own words', async () => {
	sandbox.failNext({ kind: 'status', status: 400, message: 'Not today' }, { method: 'PATCH' });
	const error = await engine.failure(once('ada@berg.example'));
	expect(error.message).toContain('Not today');
	expect(emails()).toEqual([]);
});

it('fails for the ID of a deleted record if that is matched on, instead of writing where nobody sees it', async () => {
	for (const deletedId of ['taken', 'written'] as const) {
		sandbox.variants.deletedId = deletedId;
		const id = sandbox.insert('Contact', { last_name: 'Old' });
		sandbox.delete('Contact', id);
		const error = await engine.failure(upserting({ id, last_name: 'Berg' }, ['id']));
		expect(`${error.message} ${error.description}`).toMatch(/Duplicate entry|deleted record/);
	}
});
