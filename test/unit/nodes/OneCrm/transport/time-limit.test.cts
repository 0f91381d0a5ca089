import { once } from 'node:events';
import type { IExecuteFunctions } from 'n8n-workflow';
import { timeLimit } from '../../../../../nodes/OneCrm/transport/timeLimit';

/** An execution, which may be cancelled. */
function execution(cancelled?: AbortSignal): IExecuteFunctions {
	return { getExecutionCancelSignal: () => cancelled } as unknown as IExecuteFunctions;
}

afterEach(() => jest.restoreAllMocks());

it('is shared by requests of an execution that begin together and wait equally long', () => {
	const context = execution();
	const limit = timeLimit(context, 60);
	expect(timeLimit(context, 60)).toBe(limit);
	expect(timeLimit(execution(), 60)).not.toBe(limit);
	expect(timeLimit(context, 30)).not.toBe(limit);
});

it('is another one a moment later', () => {
	const context = execution();
	const limit = timeLimit(context, 60);
	const now = performance.now();
	jest.spyOn(performance, 'now').mockReturnValue(now + 300);
	expect(timeLimit(context, 60)).not.toBe(limit);
});

it('cuts off no sooner than the last that shares it has had its time', async () => {
	const began = performance.now();
	const limit = timeLimit(execution(), 0.02);
	await once(limit.signal, 'abort');
	expect(limit.isStalled).toBe(true);
	expect(performance.now() - began).toBeGreaterThanOrEqual(270);
});

it('ends with the execution, without having taken too long', async () => {
	const cancel = new AbortController();
	const limit = timeLimit(execution(cancel.signal), 60);
	cancel.abort();
	expect(limit.signal.aborted).toBe(true);
	expect(limit.isStalled).toBe(false);
	expect(timeLimit(execution(cancel.signal), 60).signal.aborted).toBe(true);
});
