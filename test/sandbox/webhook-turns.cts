/** Lets work be under way a few at a time, in the order in which it was asked for. */
export class Turns {
	private underWay = 0;

	private readonly waiting: Array<() => void> = [];

	/** `atOnce` may change at any time. */
	constructor(private readonly atOnce: () => number) {}

	async take<Result>(work: () => Promise<Result>): Promise<Result> {
		if (this.underWay >= this.atOnce()) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		} else {
			this.underWay++;
		}
		try {
			return await work();
		} finally {
			// Whoever is next takes over the place.
			const next = this.waiting.shift();
			if (next) next();
			else this.underWay--;
		}
	}
}
