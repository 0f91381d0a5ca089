import type { Bound } from './parallel';
import { isOverload } from './retry';
import type { Attempt } from './send';

/** How an attempt ended, as far as the width is concerned. */
export type Ending = 'answered' | 'other' | 'refused';

/** An attempt that is under way. */
export interface Sending {
	/** Names the requests whose answers take equally long; `undefined` for files. */
	kind: string | undefined;
	/** How many were under way when it was sent, with itself. */
	underWay: number;
	/** How often the limit had changed. */
	changes: number;
	/** In milliseconds. */
	at: number;
}

/** How many requests may be under way. It may learn from their answers. */
export interface Width extends Bound {
	/** How many may be under way right now, for a request that waits to begin. `width` is what to prepare for. */
	limitFor(isReading: boolean): number;
	/** `kind` names the requests whose answers take equally long; `undefined` for files. */
	begin(kind: () => string | undefined, underWay: number): Sending | undefined;
	end(sending: Sending, ending: Ending): void;
}

/** Always as many as the user says. */
export class FixedWidth implements Width {
	constructor(readonly width: number) {}

	limitFor(): number {
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

	private readonly waiting: Array<{ isReading: boolean; begin: () => void }> = [];

	constructor(private readonly bound: Width) {}

	get width(): number {
		return this.bound.width;
	}

	/** Does `request` once there is a slot for it, in the order of the calls. `isReading` says that it changes nothing. */
	async use<Result>(isReading: boolean, request: () => Promise<Result>): Promise<Result> {
		if (this.taken < this.bound.limitFor(isReading)) this.taken++;
		else await new Promise<void>((resolve) => this.waiting.push({ isReading, begin: resolve }));
		try {
			return await request();
		} finally {
			this.taken--;
			this.letIn();
		}
	}

	/** Makes an attempt at a request that has a slot, for the width to learn from. `kind` as in `Width`. */
	async watch<Body>(
		kind: () => string | undefined,
		attempt: () => Promise<Attempt<Body>>,
	): Promise<Attempt<Body>> {
		const sending = this.bound.begin(kind, this.taken);
		const ended = await attempt();
		if (sending) this.bound.end(sending, endingOf(ended));
		return ended;
	}

	private letIn(): void {
		for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
			if (this.taken >= this.bound.limitFor(next.isReading)) return;
			this.waiting.shift();
			this.taken++;
			next.begin();
		}
	}
}

function endingOf(ended: Attempt<unknown>): Ending {
	if ('answer' in ended) return 'answered';
	return isOverload(ended.end) ? 'refused' : 'other';
}
