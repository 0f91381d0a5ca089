const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

// A terminal and npm both deliver one press of Ctrl-C.
const SAME_PRESS = 1000;

/** Ends the process when it is asked to end: at once, or in an orderly way if somebody waits for that. */
export class Termination {
	private askedAt?: number;

	private begin: () => void = () => process.exit(130);

	constructor() {
		for (const signal of SIGNALS) process.on(signal, () => this.ask());
	}

	/** Resolves when the process is next asked to end. Whoever waits ends it; a second request ends it at once. */
	async asked(): Promise<void> {
		await new Promise<void>((resolve) => (this.begin = resolve));
	}

	private ask(): void {
		if (this.askedAt === undefined) {
			this.askedAt = Date.now();
			this.begin();
		} else if (Date.now() - this.askedAt > SAME_PRESS) {
			process.exit(130);
		}
	}
}
