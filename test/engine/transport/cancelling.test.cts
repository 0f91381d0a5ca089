import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeExecutionData } from 'n8n-workflow';
import { getContact, getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { until } from '../../support/until.cts';

const DATA = /^\/data\/Contact/;

/** Nodes pause in steps, so that they notice a cancellation. */
const STEP_MS = 500;
const LONGER_THAN_A_STEP_MS = 700;

describe('Cancelling an execution', () => {
	const { sandbox, engine } = engineWithSandbox();
	let id: string;
	let abort: AbortController;

	beforeAll(() => {
		id = sandbox.insert('Contact', { last_name: 'Aalto' });
	});
	beforeEach(async () => {
		await engine.items(getMe);
		sandbox.clearRequests();
		abort = new AbortController();
	});

	const items = (count: number): INodeExecutionData[] =>
		Array.from({ length: count }, () => ({ json: {} }));

	it('right at its start sends nothing', async () => {
		const running = engine.run(getContact(id), { signal: abort.signal });
		abort.abort();
		await running;
		expect(sandbox.requests).toEqual([]);
	});

	it('ends the pause before a retry, which is not sent', async () => {
		const steps = vi.spyOn(globalThis, 'setTimeout');
		sandbox.failNext({ kind: 'status', status: 503, retryAfter: 30 }, { path: DATA });
		const running = engine.run(getContact(id), { signal: abort.signal });
		await until(() => steps.mock.calls.some(([, milliseconds]) => milliseconds === STEP_MS));
		abort.abort();
		await running;
		steps.mockClear();
		await sleep(LONGER_THAN_A_STEP_MS);
		expect(steps).not.toHaveBeenCalled();
		expect(sandbox.requests).toHaveLength(1);
	});

	it('ends a request that waits for its answer', async () => {
		sandbox.failNext({ kind: 'timeout' }, { path: DATA });
		const running = engine.run(getContact(id), { signal: abort.signal });
		await until(() => sandbox.requests.length === 1);
		abort.abort();
		await running;
		await until(() => sandbox.requests[0].finishedAt !== undefined);
		await sleep(LONGER_THAN_A_STEP_MS);
		expect(sandbox.requests).toHaveLength(1);
	});

	it.each([false, true])(
		'starts no further item (continue on fail: %s)',
		async (continueOnFail) => {
			sandbox.failNext({ kind: 'timeout' }, { path: DATA, times: 2 });
			const running = engine.run(
				{ ...getContact(id), options: { parallelRequests: 2 } },
				{ items: items(20), continueOnFail, signal: abort.signal },
			);
			await until(() => sandbox.requests.length === 2);
			abort.abort();
			await running;
			await sleep(LONGER_THAN_A_STEP_MS);
			expect(sandbox.requests).toHaveLength(2);
		},
	);
});
