import { setTimeout as pause } from 'node:timers/promises';

/**
 * The way of a request to a distant server and back. It takes `milliseconds` in total, half of them before
 * the server sees the request. The time that the server needs for its work is part of the second half.
 */
export class Journey {
	private readonly startedAt = performance.now();

	constructor(
		private readonly milliseconds: number,
		private readonly stopping: AbortSignal,
	) {}

	async arrive(): Promise<void> {
		await this.pauseUntil(this.milliseconds / 2);
	}

	async return(): Promise<void> {
		await this.pauseUntil(this.milliseconds);
	}

	private async pauseUntil(milliseconds: number): Promise<void> {
		const left = Math.ceil(this.startedAt + milliseconds - performance.now());
		if (left > 0) await pause(left, undefined, { signal: this.stopping });
	}
}
