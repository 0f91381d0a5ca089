import { clientOf } from '../../support/client.cts';
import { startReceiver } from '../../support/receiver.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';
import { until } from '../../support/until.cts';

const ALWAYS = {
	glue: 'or',
	conditions: [{ field: 'deleted', filter: 'is_false', value: '0', when: 'current_value' }],
};

describe('webhooks', () => {
	const sandbox = sandboxForTests({ perTest: true });
	let receiver: Awaited<ReturnType<typeof startReceiver>>;

	beforeEach(async () => {
		receiver = await startReceiver();
	});
	afterEach(() => receiver.stop());

	const register = (changes: object = {}, user = 'admin') =>
		clientOf(sandbox, user).post('/webhooks', {
			...{ type: 'create', url: `${receiver.url}/hook`, model: 'Account', filters: ALWAYS },
			...changes,
		});
	const createAccount = async (name = 'Birch') => {
		const { data } = await clientOf(sandbox).post('/data/Account', { data: { name } });
		await sandbox.settle();
		return data.id;
	};

	it('tell of created records, and only of those, with all fields', async () => {
		await register();
		const id = await createAccount();
		await clientOf(sandbox).patch(`/data/Account/${id}`, { data: { name: 'Alder' } });
		await clientOf(sandbox).post('/data/Task', { data: { name: 'Else' } });
		await sandbox.settle();
		expect(receiver.received).toHaveLength(1);
		expect(JSON.parse(receiver.received[0].body)).toMatchObject({
			id,
			name: 'Birch',
			deleted: '0',
		});
		expect(sandbox.deliveries).toMatchObject([{ url: `${receiver.url}/hook`, status: 200 }]);
	});

	it('tell of updates, or of both', async () => {
		await register({ type: 'update', url: `${receiver.url}/update` });
		await register({ type: 'create_update', url: `${receiver.url}/both` });
		const id = await createAccount();
		await clientOf(sandbox).patch(`/data/Account/${id}`, { data: { name: 'Alder' } });
		await sandbox.settle();
		const paths = receiver.received.map(({ path }) => path).sort();
		expect(paths).toEqual(['/both', '/both', '/update']);
	});

	it('tell only of what passes their filter', async () => {
		const named = (name: string) => ({ field: 'name', filter: 'eq', value: name });
		const both = (glue: string) => ({ glue, conditions: [named('Birch'), named('Alder')] });
		await register({ filters: both('or'), url: `${receiver.url}/or` });
		await register({ filters: both('and'), url: `${receiver.url}/and` });
		await register({ filters: both('xor'), url: `${receiver.url}/xor` });
		await register({ filters: { glue: 'or', conditions: [{ field: 'name', filter: 'like' }] } });
		await createAccount('Birch');
		await createAccount('Cedar');
		expect(receiver.received.map(({ path }) => path)).toEqual(['/or']);
	});

	it.each([
		['all', ['/both']],
		['any', ['/both', '/one']],
		['never', []],
	] as const)('understand "and" as %s', async (meaning, paths) => {
		sandbox.variants.webhooks.andFilters = meaning;
		const [isThere] = ALWAYS.conditions;
		const isAlder = { field: 'name', filter: 'eq', value: 'Alder' };
		for (const [path, other] of [
			['both', isThere],
			['one', isAlder],
		]) {
			const filters = { glue: 'and', conditions: [isThere, other] };
			await register({ filters, url: `${receiver.url}/${path}` });
		}
		await createAccount('Birch');
		expect(receiver.received.map(({ path }) => path).sort()).toEqual(paths);
	});

	it.each([
		['none', undefined],
		['an empty map', {}],
		['an empty map as PHP writes it', []],
	])('never fire with %s as filters, unless the server is one that does', async (_, filters) => {
		await register({ filters });
		await createAccount();
		expect(receiver.received).toEqual([]);
		sandbox.variants.webhooks.fireWithoutFilter = true;
		await createAccount();
		expect(receiver.received).toHaveLength(1);
	});

	it('send other payloads if told to, and repeat themselves', async () => {
		await register();
		sandbox.variants.webhooks.payload = 'wrapped';
		await createAccount();
		expect(JSON.parse(receiver.received[0].body).record.name).toBe('Birch');
		sandbox.variants.webhooks.payload = 'idOnly';
		const id = await createAccount();
		expect(JSON.parse(receiver.received[1].body)).toEqual({ id });
		sandbox.variants.webhooks.payload = 'form';
		sandbox.variants.webhooks.repeats = 1;
		await createAccount();
		expect(receiver.received).toHaveLength(4);
		expect(receiver.received[2].headers['content-type']).toContain('form-urlencoded');
		expect(new URLSearchParams(receiver.received[3].body).get('name')).toBe('Birch');
	});

	it('send again what was answered with a failure, and headers, if told to', async () => {
		sandbox.variants.webhooks.retries = 2;
		sandbox.variants.webhooks.headers = { 'X-OneCRM-Event': 'create' };
		await register();
		receiver.statuses.push(500, 503);
		await createAccount();
		expect(sandbox.deliveries.map(({ status }) => status)).toEqual([500, 503, 200]);
		expect(receiver.received[0].headers['x-onecrm-event']).toBe('create');
		receiver.statuses.push(400);
		await createAccount();
		expect(receiver.received).toHaveLength(4);
	});

	it('are listed and removed with other words, if told to', async () => {
		Object.assign(sandbox.variants.webhooks, {
			listKey: 'list',
			removal: 'empty',
			removedAgain: 'done',
		});
		const client = clientOf(sandbox);
		const { id } = (await register()).data;
		expect((await client.get('/webhooks')).data.list).toMatchObject([{ id }]);
		for (let times = 0; times < 2; times++) {
			const { data, status } = await client.delete(`/webhooks/${id}`);
			expect([status, data]).toEqual([204, '']);
		}
		expect(sandbox.webhooks).toEqual([]);
	});

	it('are listed, shown and removed, where the server can', async () => {
		const client = clientOf(sandbox);
		const { id } = (await register()).data;
		expect((await client.get('/webhooks')).data.records).toMatchObject([{ id, model: 'Account' }]);
		expect((await client.get(`/webhooks/${id}`)).data.record.type).toBe('create');
		sandbox.variants.webhooks.list = false;
		expect((await client.get('/webhooks')).status).toBe(404);
		expect((await client.delete(`/webhooks/${id}`)).data).toEqual({ result: true });
		expect((await client.delete(`/webhooks/${id}`)).status).toBe(404);
		expect(sandbox.webhooks).toEqual([]);
	});

	it('are listed a page at a time', async () => {
		const client = clientOf(sandbox);
		for (let count = 0; count < 3; count++) await register();
		const { data: first } = await client.get('/webhooks?limit=2');
		const { data: second } = await client.get('/webhooks?limit=2&offset=2');
		expect([...first.records, ...second.records]).toEqual(sandbox.webhooks);
		expect([first.total_results, second.records.length]).toEqual([3, 1]);
	});

	it('are refused if wrong, and to others than administrators if told to', async () => {
		expect((await register({ type: 'delete' })).status).toBe(400);
		expect((await register({ url: undefined })).status).toBe(400);
		expect((await register({ model: 'Nothing' })).status).toBe(404);
		expect((await register({ filters: 'deleted' })).status).toBe(400);
		expect((await register({ filters: ['deleted'] })).status).toBe(400);
		expect((await register({ filters: { glue: 'or', conditions: 'x' } })).status).toBe(400);
		sandbox.variants.webhooks.requireAdmin = true;
		expect((await register({}, 'sales')).status).toBe(403);
		sandbox.variants.webhooks.answerWithoutId = true;
		expect((await register()).data).toEqual({ result: true });
	});

	it('are called a few at a time, every one in the end', async () => {
		sandbox.variants.webhooks.atOnce = 2;
		receiver.hold();
		await register();
		const creating = Promise.all(Array.from({ length: 7 }, async () => await createAccount()));
		await until(() => sandbox.records('Account').length === 7 && receiver.received.length === 2);
		receiver.release();
		await creating;
		expect(receiver.received).toHaveLength(7);
		expect(receiver.peak).toBe(2);
	});

	it('note deliveries that fail, and are not told of direct inserts', async () => {
		await register({ url: 'http://127.0.0.1:1/nobody' });
		sandbox.insert('Account', { name: 'Quiet' });
		await createAccount();
		expect(sandbox.deliveries).toMatchObject([{ error: expect.any(String) }]);
	});
});
