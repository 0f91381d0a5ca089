import type { ByteStream } from './types';

export const DEFAULT_TIMEOUT_SECONDS = 60;

/** In milliseconds. Node treats a longer one as 1 millisecond. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Requests of a run that begin within this time share a limit. */
const SHARED_MS = 250;

/** A file moves if at least this comes in each period; a server that drips byte after byte never ends. */
const LEAST_BYTES = 1024;

/** How long requests may take. They are cut off through `signal` then, or if the execution is cancelled. */
export interface TimeLimit {
	readonly signal: AbortSignal;
	/** Whether it was cut off because it took too long. */
	readonly isStalled: boolean;
}

class SharedLimit implements TimeLimit {
	isStalled = false;

	readonly began = performance.now();

	private readonly controller = new AbortController();

	readonly signal = this.controller.signal;

	constructor(
		readonly seconds: number,
		cancelled: AbortSignal | undefined,
	) {
		const cutOff = (): void => this.controller.abort();
		if (cancelled?.aborted) cutOff();
		cancelled?.addEventListener('abort', cutOff);
		afterSeconds(seconds + SHARED_MS / 1000, () => {
			this.isStalled = true;
			cancelled?.removeEventListener('abort', cutOff);
			cutOff();
		});
	}
}

/** The time limits of a run, which ends them all if `cancelled` is aborted. */
export class TimeLimits {
	private latest?: SharedLimit;

	constructor(private readonly cancelled?: AbortSignal) {}

	/**
	 * The limit of a request that begins now: `seconds`, and up to a quarter of one more. A limit for each would cost
	 * n8n more than the rest of what the node does for a request.
	 */
	forRequest(seconds: number): TimeLimit {
		const { latest } = this;
		const isRecent = latest !== undefined && performance.now() - latest.began < SHARED_MS;
		if (isRecent && latest.seconds === seconds) return latest;
		this.latest = new SharedLimit(seconds, this.cancelled);
		return this.latest;
	}

	/** The limit of a file that is under way from now on. */
	forFile(seconds: number): Transfer {
		return new Transfer(seconds, this.cancelled);
	}
}

/**
 * A file under way, up or down. It may take as long as its bytes keep moving, and is cut off if they haven't for
 * `seconds`, or if the execution is cancelled.
 *
 * The timeout of n8n's helper would begin anew with each byte of an answer, count the whole way up of a file,
 * and nothing of its way down.
 */
export class Transfer implements TimeLimit {
	isStalled = false;

	/** Whether a stream that went through it ended with an error. */
	isBroken = false;

	private readonly controller = new AbortController();

	private readonly cutOff = (): void => this.controller.abort();

	private bytes = 0;

	private stopWatching: () => void = () => undefined;

	constructor(
		private readonly seconds: number,
		private readonly cancelled?: AbortSignal,
	) {
		if (cancelled?.aborted) this.cutOff();
		cancelled?.addEventListener('abort', this.cutOff);
		this.watch();
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** The same stream, its bytes counted as they pass. */
	through(stream: ByteStream): ByteStream {
		stream.once('error', () => {
			this.isBroken = true;
		});
		return stream.map((piece: Buffer) => {
			this.bytes += piece.length;
			return piece;
		});
	}

	/** To be called when the file has arrived, or will not. */
	end(): void {
		this.stopWatching();
		this.cancelled?.removeEventListener('abort', this.cutOff);
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
