import type { IExecuteFunctions } from 'n8n-workflow';

import type { TimeLimit } from './timeLimit';
import { afterSeconds } from './timeLimit';

/** A stream of Node.js, as n8n's helpers give and take it. */
export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A file moves when at least this comes in each period; a server that drips byte after byte never ends. */
const LEAST_BYTES = 1024;

/**
 * A file under way, up or down. It may take as long as its bytes keep moving, and is cut off when they have not for
 * `seconds`, or when the execution is cancelled.
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
