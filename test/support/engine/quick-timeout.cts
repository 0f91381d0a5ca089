/** Nodes pause in steps of at most this; the timers of requests, in the tests too, are longer. */
const LONGEST_STEP_MS = 500;

/**
 * A `setTimeout` that skips the pauses of nodes. `duringPause` gets the intended length in milliseconds, and
 * delays the end of the pause.
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
