import { quickTimeout } from '../support/engine/quick-timeout.cts';

/** Skips the pauses between the tries of the nodes. */
export interface Pauses {
	/** How long the nodes wanted to wait, in milliseconds. */
	readonly total: number;
	/** Happens in the next pause, before it ends. */
	during(happening: () => unknown): void;
}

/** Skips every pause and records it. `vi.restoreAllMocks` restores the pauses. */
export function skipPauses(): Pauses {
	const happenings: Array<() => unknown> = [];
	let total = 0;
	const quick = quickTimeout(globalThis.setTimeout, (milliseconds) => {
		total += milliseconds;
		return happenings.shift()?.();
	});
	vi.spyOn(globalThis, 'setTimeout').mockImplementation(quick);
	return {
		get total() {
			return total;
		},
		during: (happening) => happenings.push(happening),
	};
}

const SHORTENED = 100;

/** Lets requests wait a hundredth of the time that they otherwise would; `vi.restoreAllMocks` ends it. */
export function shortenDeadlines(): void {
	const realTimeout = AbortSignal.timeout.bind(AbortSignal);
	const realNow = performance.now.bind(performance);
	vi.spyOn(performance, 'now').mockImplementation(() => realNow() * SHORTENED);
	vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) =>
		realTimeout(Math.ceil(milliseconds / SHORTENED)),
	);
}
