/** The pauses that nodes take between tries, let through at once. */
export interface Pauses {
	/** How long the nodes wanted to wait, in milliseconds. */
	readonly total: number;
	/** Happens in the next pause, before it ends. */
	during(happening: () => unknown): void;
}

/** Nodes pause in steps of at most this; the timers of requests, in the tests too, are longer. */
const LONGEST_STEP_MS = 500;

/** Lets every pause pass at once and notes it; `jest.restoreAllMocks` gives the time back. */
export function skipPauses(): Pauses {
	const realTimeout = globalThis.setTimeout;
	const happenings: Array<() => unknown> = [];
	let total = 0;
	const skip = (callback: (...values: unknown[]) => void, milliseconds = 0) => {
		if (milliseconds > LONGEST_STEP_MS) return realTimeout(callback, milliseconds);
		total += milliseconds;
		const end = () => realTimeout(callback, 0);
		Promise.resolve(happenings.shift()?.()).then(end, end);
		return realTimeout(() => undefined, 0);
	};
	jest.spyOn(globalThis, 'setTimeout').mockImplementation(skip as typeof setTimeout);
	return {
		get total() {
			return total;
		},
		during: (happening) => happenings.push(happening),
	};
}
