import type { Readable } from 'node:stream';
import type { Fault } from '../../sandbox/sandbox.cts';
import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';
import { until } from '../../support/until.cts';

describe('faults', () => {
	const sandbox = sandboxForTests({ perTest: true });

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
		// A busy machine may be at it still.
		await until(() => sandbox.records('Task').length >= stored);
		expect(sandbox.records('Task')).toHaveLength(stored);
	});

	it('end with the sandbox', async () => {
		sandbox.failNext({ kind: 'timeout' });
		const pending = createTask().catch((error: Error) => error);
		await until(() => sandbox.requests.length === 1);
		await sandbox.stop();
		expect(await pending).toBeInstanceOf(Error);
	});

	it('let requests through first', async () => {
		const client = clientOf(sandbox);
		sandbox.failNext({ kind: 'status', status: 500 }, { path: /^\/data/, after: 2 });
		const statuses = [];
		for (const path of ['/data/Task', '/me', '/data/Task', '/data/Task', '/data/Task']) {
			statuses.push((await client.get(path)).status);
		}
		expect(statuses).toEqual([200, 200, 200, 500, 200]);
	});

	it.each(['truncated', 'lengthTooLong'] as const)('cut an answer short (%s)', async (kind) => {
		sandbox.failNext({ kind });
		await expect(clientOf(sandbox).get('/meta/fields/Contact')).rejects.toThrow(/aborted|hang up/);
	});

	it('announce less than they send', async () => {
		sandbox.failNext({ kind: 'lengthTooShort' });
		await expect(clientOf(sandbox).get('/me')).rejects.toThrow('Parse Error');
	});

	it('drip without end', async () => {
		sandbox.failNext({ kind: 'drip' });
		const { data } = await clientOf(sandbox).get('/me', { responseType: 'stream' });
		const stream = data as Readable;
		const pieces = [];
		for await (const piece of stream) {
			pieces.push(String(piece));
			if (pieces.length === 3) break;
		}
		expect(pieces.join('').trim()).toBe('');
	});

	it('answer with the status of a gateway when the work is done', async () => {
		sandbox.failNext({ kind: 'statusAfter', status: 504, body: 'Gateway Timeout' });
		expect(await createTask()).toMatchObject({ status: 504, data: 'Gateway Timeout' });
		expect(sandbox.records('Task')).toHaveLength(1);
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
