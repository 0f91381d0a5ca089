import type { RequestContext } from '../transport/request';

const queues = new WeakMap<RequestContext, Map<string, Promise<unknown>>>();

/**
 * Does `work` when the work before it under the same `key` in this execution is done, and hands it what
 * that one returned (`undefined` for the first, and after a failure).
 *
 * Items run in parallel: without turns two of them with the same key would both find nothing in 1CRM, and
 * both create.
 */
export async function inTurn<Result>(
	context: RequestContext,
	key: string,
	work: (previous: Result | undefined) => Promise<Result>,
): Promise<Result> {
	const turns = queues.get(context) ?? new Map<string, Promise<unknown>>();
	queues.set(context, turns);
	const before = turns.get(key) as Promise<Result | undefined> | undefined;
	const turn = (before ?? Promise.resolve(undefined)).then(work);
	turns.set(
		key,
		turn.catch(() => undefined),
	);
	return await turn;
}
