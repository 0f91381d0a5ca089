import type { IExecuteFunctions } from 'n8n-workflow';

/** A stream of Node.js, as n8n's helpers give and take it. */
export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A file moves when at least this comes in each period; a server that drips byte after byte never ends. */
const LEAST_BYTES = 1024;

/**
 * A request under way. It is cut off through `signal` when its answer has not come whole within `seconds`,
 * or when the execution is cancelled. A file may take as long as its bytes keep moving.
 *
 * The timeout of n8n's helper would begin anew with each byte of an answer, count the whole way up of a file,
 * and nothing of its way down.
 */
export class Transfer {
	/** Whether it was cut off because it took too long. */
	isStalled = false;

	/** Whether a stream that went through it ended with an error. */
	isBroken = false;

	private readonly cutOff = new AbortController();

	private readonly over = new AbortController();

	private bytes = 0;

	constructor(
		private readonly seconds: number,
		cancelled?: AbortSignal,
	) {
		if (cancelled?.aborted) this.cutOff.abort();
		cancelled?.addEventListener('abort', () => this.cutOff.abort(), { signal: this.over.signal });
		this.watch();
	}

	/** To be given to the request. */
	get signal(): AbortSignal {
		return this.cutOff.signal;
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

	/** To be called when the answer has arrived, or will not. */
	end(): void {
		this.over.abort();
	}

	private watch(): void {
		const seen = this.bytes;
		const period = AbortSignal.timeout(this.seconds * 1000);
		const check = (): void => {
			if (this.bytes - seen >= LEAST_BYTES) {
				this.watch();
				return;
			}
			this.isStalled = true;
			this.cutOff.abort();
		};
		period.addEventListener('abort', check, { signal: this.over.signal });
	}
}
