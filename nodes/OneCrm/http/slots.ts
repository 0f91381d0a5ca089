import type { Bound } from './parallel';

export const DEFAULT_PARALLEL_REQUESTS = 8;

/**
 * Bounds how many requests are under way at once: those of all items, pages and files of a run together.
 *
 * A slot is for one request with its retries, until the last byte of its answer. Whoever has one waits for nobody who
 * needs another, so each that waits gets one.
 */
export class Slots implements Bound {
	private taken = 0;

	private readonly waiting: Array<() => void> = [];

	constructor(readonly width: number) {}

	/** Does `request` once there is a slot for it, in the order of the calls. */
	async use<Result>(request: () => Promise<Result>): Promise<Result> {
		await this.take();
		try {
			return await request();
		} finally {
			this.release();
		}
	}

	private async take(): Promise<void> {
		if (this.taken < this.width) this.taken++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	private release(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.taken--;
	}
}
