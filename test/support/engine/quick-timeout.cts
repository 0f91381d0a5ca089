/** Nodes pause in steps of at most this; the timers of requests, in the tests too, are longer. */
const LONGEST_STEP_MS = 500;

/**
 * A `setTimeout` that lets the pauses of nodes pass at once. `duringPause` gets how long one was to be, in
 * milliseconds, and holds its end up.
 */
export function quickTimeout(
	realTimeout: typeof setTimeout,
	duringPause: (milliseconds: number) => unknown = () => undefined,
): typeof setTimeout {
	const quick = (callback: (...values: unknown[]) => void, milliseconds = 0) => {
		if (milliseconds > LONGEST_STEP_MS) return realTimeout(callback, milliseconds);
		const end = () => realTimeout(callback, 0);
		Promise.resolve(duringPause(milliseconds)).then(end, end);
		return realTimeout(() => undefined, 0);
	};
	return quick as typeof setTimeout;
}
