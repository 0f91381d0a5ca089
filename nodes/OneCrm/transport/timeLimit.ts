import { cancelSignal } from './pause';
import type { RequestContext } from './request';

/** In milliseconds; Node takes a longer one for 1. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Requests of an execution that begin within this time share a limit. */
const SHARED_MS = 250;

/** How long requests may take. They are cut off through `signal`, then, or when the execution is cancelled. */
export interface TimeLimit {
	readonly signal: AbortSignal;
	/** Whether it was cut off because it took too long. */
	readonly isStalled: boolean;
}

class SharedLimit implements TimeLimit {
	isStalled = false;

	readonly began = performance.now();

	private readonly controller = new AbortController();

	readonly signal = this.controller.signal;

	constructor(
		readonly seconds: number,
		cancelled: AbortSignal | undefined,
	) {
		const cutOff = (): void => this.controller.abort();
		if (cancelled?.aborted) cutOff();
		cancelled?.addEventListener('abort', cutOff);
		afterSeconds(seconds + SHARED_MS / 1000, () => {
			this.isStalled = true;
			cancelled?.removeEventListener('abort', cutOff);
			cutOff();
		});
	}
}

const latest = new WeakMap<RequestContext, SharedLimit>();

/**
 * The time limit of a request that begins now: `seconds`, and up to a quarter of one more. A limit for each would cost
 * n8n more than the rest of what the node does for a request.
 */
export function timeLimit(context: RequestContext, seconds: number): TimeLimit {
	const shared = latest.get(context);
	const isRecent = shared !== undefined && performance.now() - shared.began < SHARED_MS;
	if (isRecent && shared.seconds === seconds) return shared;
	const limit = new SharedLimit(seconds, cancelSignal(context));
	latest.set(context, limit);
	return limit;
}

/** Calls `pass` when `seconds` have gone by; returns how to call that off. Does not keep n8n from ending. */
export function afterSeconds(seconds: number, pass: () => void): () => void {
	const timer = AbortSignal.timeout(Math.min(Math.ceil(seconds * 1000), LONGEST_TIMER));
	timer.addEventListener('abort', pass);
	return () => timer.removeEventListener('abort', pass);
}
