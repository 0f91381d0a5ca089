import { sleep } from 'n8n-workflow';

import type { RequestContext } from './request';

/** n8n cannot end a running `sleep`, so that a long pause is taken in steps that notice a cancelled execution. */
const STEP_MS = 500;

/** Aborted when the user stops the execution. What is no execution cannot be stopped. */
export function cancelSignal(context: RequestContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/** Waits, and returns whether the execution still runs afterwards. */
export async function pause(context: RequestContext, milliseconds: number): Promise<boolean> {
	const signal = cancelSignal(context);
	for (let left = milliseconds; left > 0 && !signal?.aborted; left -= STEP_MS) {
		await sleep(Math.min(left, STEP_MS));
	}
	return !signal?.aborted;
}
