import { type Fault, type Sandbox, startSandbox } from '../../sandbox/sandbox.cts';
import { clientOf } from './client.cts';

describe('faults', () => {
	let sandbox: Sandbox;

	beforeEach(async () => {
		sandbox = await startSandbox({ seed: false });
	});
	afterEach(() => sandbox.stop());

	const createTask = (timeout = 0) =>
		clientOf(sandbox).post('/data/Task', { data: { name: 'Once' } }, { timeout });

	it('strike the requests meant, as often as meant', async () => {
		const client = clientOf(sandbox);
		const fault: Fault = { kind: 'status', status: 429, retryAfter: 2, message: 'Slow down' };
		sandbox.failNext(fault, { method: 'GET', path: /^\/data\/Task/, times: 2 });
		expect((await client.get('/me')).status).toBe(200);
		expect((await createTask()).status).toBe(200);
		const { data, headers, status } = await client.get('/data/Task');
		expect([status, headers['retry-after'], data]).toEqual([429, '2', { message: 'Slow down' }]);
		expect((await client.get('/data/Task')).status).toBe(429);
		expect((await client.get('/data/Task')).status).toBe(200);
		sandbox.failNext(fault);
		sandbox.clearFaults();
		expect((await client.get('/me')).status).toBe(200);
	});

	it.each([
		['resetBefore', 0],
		['resetAfter', 1],
	] as const)('of kind %s cut the connection', async (kind, stored) => {
		sandbox.failNext({ kind });
		await expect(createTask()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(sandbox.records('Task')).toHaveLength(stored);
		expect(sandbox.requests.at(-1)?.body).toEqual({ data: { name: 'Once' } });
	});

	it.each([
		['timeout', 0],
		['timeoutAfter', 1],
	] as const)('of kind %s never answer', async (kind, stored) => {
		sandbox.failNext({ kind });
		await expect(createTask(60)).rejects.toMatchObject({ code: 'ECONNABORTED' });
		expect(sandbox.records('Task')).toHaveLength(stored);
	});

	it('end with the sandbox', async () => {
		sandbox.failNext({ kind: 'timeout' });
		const pending = createTask().catch((error: Error) => error);
		await new Promise((resolve) => setTimeout(resolve, 30));
		await sandbox.stop();
		expect(await pending).toBeInstanceOf(Error);
	});

	it('cut an answer in the middle', async () => {
		sandbox.failNext({ kind: 'truncated' });
		await expect(clientOf(sandbox).get('/meta/fields/Contact')).rejects.toThrow(/aborted|hang up/);
	});

	it.each<[Fault, number, unknown]>([
		[{ kind: 'html' }, 200, expect.stringContaining('<html>')],
		[{ kind: 'notJson', body: 'Busy' }, 200, 'Busy'],
		[{ kind: 'redirect', location: 'https://other.example/' }, 302, ''],
		[{ kind: 'errorsIn200' }, 200, { errors: [expect.any(String)] }],
		[{ kind: 'status', status: 503, body: 'Down' }, 503, 'Down'],
		[{ kind: 'status', status: 401, body: { message: 'No' } }, 401, { message: 'No' }],
	])('answer otherwise: %j', async (fault, expectedStatus, expected) => {
		sandbox.failNext(fault);
		const { data, status } = await createTask();
		expect(status).toBe(expectedStatus);
		expect(data).toEqual(expected);
		expect(sandbox.records('Task')).toHaveLength(0);
	});
});
