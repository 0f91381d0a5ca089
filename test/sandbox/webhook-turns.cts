/** Lets work be under way a few at a time, in the order in which it was asked for. */
export class Turns {
	private underWay = 0;

	private readonly waiting: Array<() => void> = [];

	/** `atOnce` may change at any time. */
	constructor(private readonly atOnce: () => number) {}

	async take<Result>(work: () => Promise<Result>): Promise<Result> {
		await new Promise<void>((begin) => {
			this.waiting.push(begin);
			this.begin();
		});
		try {
			return await work();
		} finally {
			this.underWay--;
			this.begin();
		}
	}

	private begin(): void {
		while (this.underWay < this.atOnce()) {
			const next = this.waiting.shift();
			if (!next) return;
			this.underWay++;
			next();
		}
	}
}
