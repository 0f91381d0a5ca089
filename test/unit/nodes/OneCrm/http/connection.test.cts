import * as workflow from 'n8n-workflow';
import { Connection } from '../../../../../nodes/OneCrm/http/connection';
import type { N8nContext } from '../../../../../nodes/OneCrm/http/types';
import { node } from './node.cts';

const FAILURE = { message: 'No', description: 'Try again later', option: "raise 'Timeout'" };

function connectionOf(more: Record<string, unknown> = {}, type = node.type): Connection {
	return new Connection({ getNode: () => ({ ...node, type }), ...more } as unknown as N8nContext);
}

describe('the error of a failure', () => {
	const getInputData = () => [];

	it('advises what the node has an option for', () => {
		const { description } = connectionOf({ getInputData }).error(FAILURE);
		expect(description).toBe("Try again later, or raise 'Timeout'");
	});

	it('does not advise it to a list in the editor or a trigger, which have no options', () => {
		expect(connectionOf().error(FAILURE).description).toBe('Try again later');
		const trigger = connectionOf({ getInputData }, 'n8n-nodes-1crm.oneCrmTrigger');
		expect(trigger.error(FAILURE).description).toBe('Try again later');
	});

	it('advises nothing if there is nothing to advise', () => {
		const error = connectionOf({ getInputData }).error({ message: 'No', description: 'Ask' });
		expect(error.description).toBe('Ask');
	});

	it('quotes the answer last', () => {
		const quotation = 'The answer reads: Closed';
		const { description } = connectionOf({ getInputData }).error({ ...FAILURE, quotation });
		expect(description).toBe("Try again later, or raise 'Timeout'. The answer reads: Closed");
	});

	it('has the details of the answer', () => {
		const details = { status: 500, outcome: 'unknown' as const, body: { hint: 'x' } };
		const error = connectionOf().error(FAILURE, details);
		expect(error).toMatchObject({ message: 'No', httpCode: '500', outcome: 'unknown' });
		expect(error.context.data).toEqual({ hint: 'x' });
	});
});

describe('a pause', () => {
	const steps: number[] = [];
	beforeEach(() => {
		steps.length = 0;
		vi.spyOn(workflow, 'sleep').mockImplementation(async (milliseconds) => {
			steps.push(milliseconds);
			await Promise.resolve();
		});
	});

	it('is taken in steps of half a second', async () => {
		expect(await connectionOf().pause(1200)).toBe(true);
		expect(steps).toEqual([500, 500, 200]);
	});

	it('of nothing is none', async () => {
		expect(await connectionOf().pause(0)).toBe(true);
		expect(steps).toEqual([]);
	});

	it('ends with the execution', async () => {
		const cancel = new AbortController();
		const connection = connectionOf({ getExecutionCancelSignal: () => cancel.signal });
		expect(await connection.pause(500)).toBe(true);
		vi.spyOn(workflow, 'sleep').mockImplementation(async () => {
			cancel.abort();
			await Promise.resolve();
		});
		expect(await connection.pause(60_000)).toBe(false);
		expect(await connection.pause(0)).toBe(false);
		expect(workflow.sleep).toHaveBeenCalledTimes(2);
	});
});
