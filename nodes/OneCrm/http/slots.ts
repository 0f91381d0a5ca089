import type { Bound } from './parallel';
import { isOverload } from './retry';
import type { Attempt } from './send';

/** How an attempt ended, as far as the width is concerned. */
export type Ending = 'answered' | 'other' | 'refused';

/** An attempt that is under way. */
export interface Sending {
	/** What answers take equally long; `undefined` for files. */
	kind: string | undefined;
	/** How many there were when it was sent, with itself. */
	underWay: number;
	/** How often the limit had changed. */
	changes: number;
	/** In milliseconds. */
	at: number;
}

/** How many requests may be under way. It may learn from their answers. */
export interface Width extends Bound {
	/** Right now; `width` is what to prepare for. */
	readonly limit: number;
	begin(kind: string | undefined, underWay: number): Sending | undefined;
	end(sending: Sending, ending: Ending): void;
}

/** Always as many as the user says. */
export class FixedWidth implements Width {
	constructor(readonly width: number) {}

	get limit(): number {
		return this.width;
	}

	begin(): undefined {
		return undefined;
	}

	end(): void {}
}

/**
 * Bounds how many requests are under way at once: those of all items, pages and files of a run together.
 *
 * A slot is for one request with its retries, until the last byte of its answer. Whoever has one waits for nobody who
 * needs another, so each that waits gets one.
 */
export class Slots implements Bound {
	private taken = 0;

	private readonly waiting: Array<() => void> = [];

	constructor(private readonly bound: Width) {}

	get width(): number {
		return this.bound.width;
	}

	/** Does `request` once there is a slot for it, in the order of the calls. */
	async use<Result>(request: () => Promise<Result>): Promise<Result> {
		await this.take();
		try {
			return await request();
		} finally {
			this.taken--;
			this.letIn();
		}
	}

	/** Makes an attempt at a request that has a slot, for the width to learn from. `kind` as in `Sending`. */
	async watch<Body>(
		kind: string | undefined,
		attempt: () => Promise<Attempt<Body>>,
	): Promise<Attempt<Body>> {
		const sending = this.bound.begin(kind, this.taken);
		const ended = await attempt();
		if (sending) this.bound.end(sending, endingOf(ended));
		return ended;
	}

	private async take(): Promise<void> {
		if (this.taken < this.bound.limit) this.taken++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	private letIn(): void {
		while (this.taken < this.bound.limit) {
			const next = this.waiting.shift();
			if (next === undefined) return;
			this.taken++;
			next();
		}
	}
}

function endingOf(ended: Attempt<unknown>): Ending {
	if ('answer' in ended) return 'answered';
	return isOverload(ended.end) ? 'refused' : 'other';
}
