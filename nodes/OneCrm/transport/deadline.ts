/** In milliseconds; Node takes a longer one for 1. */
const LONGEST_TIMER = 2 ** 31 - 1;

interface Waiting {
	/** In milliseconds on the clock of `performance`. */
	until: number;
	pass: () => void;
}

/** What waits, by how many seconds; each in the order in which it began, in which it ends as well. */
const waitingBySeconds = new Map<number, Set<Waiting>>();

/**
 * Calls `pass` when `seconds` have gone by, unless the function that is returned was called before.
 *
 * All that wait equally long share a timer, because one for each request would cost n8n more than the rest of
 * what the node does for it.
 */
export function startDeadline(seconds: number, pass: () => void): () => void {
	const waiting = waitingBySeconds.get(seconds) ?? startQueue(seconds);
	const own = { until: performance.now() + seconds * 1000, pass };
	waiting.add(own);
	return () => waiting.delete(own);
}

function startQueue(seconds: number): Set<Waiting> {
	const waiting = new Set<Waiting>();
	waitingBySeconds.set(seconds, waiting);
	watch(seconds, waiting, seconds * 1000);
	return waiting;
}

function watch(seconds: number, waiting: Set<Waiting>, milliseconds: number): void {
	const timer = AbortSignal.timeout(Math.min(Math.ceil(milliseconds), LONGEST_TIMER));
	timer.addEventListener('abort', () => {
		const now = performance.now();
		for (const own of waiting) {
			if (own.until > now) {
				watch(seconds, waiting, own.until - now);
				return;
			}
			waiting.delete(own);
			own.pass();
		}
		waitingBySeconds.delete(seconds);
	});
}
