import type { ByteStream } from './types';

export const DEFAULT_TIMEOUT_SECONDS = 60;

/** In milliseconds. Node treats a longer one as 1 millisecond. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Requests of a run that begin within this time share a limit. */
const SHARED_MS = 250;

/** Node.js warns of a leak if more listen to one signal. */
const MOST_LISTENERS = 10;

/** A file moves if at least this comes in each period; a server that drips byte after byte never ends. */
const LEAST_BYTES = 1024;

/** How long requests may take. After that, or if the execution is cancelled, `signal` cuts them off. */
export interface TimeLimit {
	readonly signal: AbortSignal;
	/** Whether it was cut off because it took too long. */
	readonly isStalled: boolean;
	/** To be called when the request has ended. */
	end(): void;
}

/** Cuts off all that is under way if the execution is cancelled. Listens once, and only while anything is under way. */
class Cancellation {
	private readonly underWay = new Set<() => void>();

	private readonly cutOffAll = (): void => {
		for (const cutOff of this.underWay) cutOff();
	};

	constructor(private readonly cancelled?: AbortSignal) {}

	add(cutOff: () => void): void {
		if (this.cancelled?.aborted) cutOff();
		if (this.underWay.size === 0) this.cancelled?.addEventListener('abort', this.cutOffAll);
		this.underWay.add(cutOff);
	}

	delete(cutOff: () => void): void {
		this.underWay.delete(cutOff);
		if (this.underWay.size === 0) this.cancelled?.removeEventListener('abort', this.cutOffAll);
	}
}

class SharedLimit implements TimeLimit {
	isStalled = false;

	readonly began = performance.now();

	private readonly controller = new AbortController();

	readonly signal = this.controller.signal;

	private readonly cutOff = (): void => this.controller.abort();

	private requests = 0;

	private underWay = 0;

	constructor(
		readonly seconds: number,
		private readonly cancellation: Cancellation,
	) {
		afterSeconds(seconds + SHARED_MS / 1000, () => {
			this.isStalled = true;
			this.cutOff();
		});
	}

	get isOpen(): boolean {
		return this.requests < MOST_LISTENERS && performance.now() - this.began < SHARED_MS;
	}

	begin(): this {
		this.requests++;
		if (this.underWay++ === 0) this.cancellation.add(this.cutOff);
		return this;
	}

	end(): void {
		if (--this.underWay === 0) this.cancellation.delete(this.cutOff);
	}
}

/** The time limits of a run. All of them end if `cancelled` is aborted. */
export class TimeLimits {
	private latest?: SharedLimit;

	private readonly cancellation: Cancellation;

	constructor(cancelled?: AbortSignal) {
		this.cancellation = new Cancellation(cancelled);
	}

	/**
	 * The limit of a request that begins now: `seconds`, and up to a quarter of one more. A limit for each would cost
	 * n8n more than the rest of what the node does for a request.
	 */
	forRequest(seconds: number): TimeLimit {
		const { latest } = this;
		if (latest?.isOpen && latest.seconds === seconds) return latest.begin();
		this.latest = new SharedLimit(seconds, this.cancellation);
		return this.latest.begin();
	}

	/** The limit of a file that is under way from now on. */
	forFile(seconds: number): Transfer {
		return new Transfer(seconds, this.cancellation);
	}
}

/**
 * A file under way, up or down. It may take as long as its bytes keep moving, and is cut off if they haven't for
 * `seconds`, or if the execution is cancelled.
 *
 * The timeout of n8n's helper would begin anew with each byte of an answer. It would count the whole time of an upload,
 * and nothing of a download.
 */
export class Transfer implements TimeLimit {
	isStalled = false;

	/** Whether a stream that went through it broke off. One that its reader gave up doesn't count. */
	isBroken = false;

	private readonly controller = new AbortController();

	private readonly cutOff = (): void => this.controller.abort();

	private bytes = 0;

	private stopWatching: () => void = () => undefined;

	constructor(
		private readonly seconds: number,
		private readonly cancellation: Cancellation,
	) {
		cancellation.add(this.cutOff);
		this.watch();
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** The same stream, its bytes counted as they pass. */
	through(stream: ByteStream): ByteStream {
		const counted = stream.map((piece: Buffer) => {
			this.bytes += piece.length;
			return piece;
		});
		stream.once('error', () => {
			// A reader that gives up ends `counted` first. Only then does the stream end, with the same error.
			this.isBroken ||= !counted.destroyed;
		});
		return counted;
	}

	end(): void {
		this.stopWatching();
		this.cancellation.delete(this.cutOff);
	}

	private watch(): void {
		const seen = this.bytes;
		this.stopWatching = afterSeconds(this.seconds, () => {
			if (this.bytes - seen >= LEAST_BYTES) {
				this.watch();
				return;
			}
			this.isStalled = true;
			this.cutOff();
		});
	}
}

/** Calls `pass` when `seconds` have gone by; returns how to call that off. Doesn't keep n8n from ending. */
export function afterSeconds(seconds: number, pass: () => void): () => void {
	const timer = AbortSignal.timeout(Math.min(Math.ceil(seconds * 1000), LONGEST_TIMER));
	timer.addEventListener('abort', pass);
	return () => timer.removeEventListener('abort', pass);
}
