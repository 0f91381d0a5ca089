import type { IExecuteFunctions } from 'n8n-workflow';

/** A stream of Node.js, as n8n's helpers give and take it. */
export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/**
 * A file on its way to or from 1CRM. It may take as long as its bytes keep moving, and is cut off through
 * `signal` when none has moved for `idleSeconds`, or when the execution is cancelled. The timeout of n8n's
 * helper would count the whole way up, and nothing of the way down.
 */
export class Transfer {
	/** Whether it was cut off because nothing moved. */
	isStalled = false;

	/** Whether a stream that went through it ended with an error. */
	isBroken = false;

	private readonly cutOff = new AbortController();

	private pieces = 0;

	private isOver = false;

	constructor(
		private readonly idleSeconds: number,
		cancelled?: AbortSignal,
	) {
		cancelled?.addEventListener('abort', () => this.cutOff.abort(), { signal: this.cutOff.signal });
		this.watch();
	}

	/** To be given to the request. */
	get signal(): AbortSignal {
		return this.cutOff.signal;
	}

	/** The same stream, its pieces noticed as they pass. */
	through(stream: ByteStream): ByteStream {
		stream.once('error', () => {
			this.isBroken = true;
		});
		return stream.map((piece: Buffer) => {
			this.pieces++;
			return piece;
		});
	}

	/** To be called when the file has arrived, or will not. */
	end(): void {
		this.isOver = true;
	}

	private watch(): void {
		const seen = this.pieces;
		const pause = AbortSignal.timeout(this.idleSeconds * 1000);
		pause.addEventListener('abort', () => {
			if (this.isOver) return;
			if (this.pieces > seen) {
				this.watch();
				return;
			}
			this.isStalled = true;
			this.cutOff.abort();
		});
	}
}
