/** Repeatable randomness: the same seed produces the same names, numbers and ids. */
export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = seed >>> 0;
	}

	/** A 32-bit number: a Weyl sequence, its bits mixed. */
	private next(): number {
		this.state = (this.state + 0x9e3779b9) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return (mixed ^ (mixed >>> 15)) >>> 0;
	}

	/** A whole number from `least` up to `most`, both included. */
	whole(least: number, most: number): number {
		return least + (this.next() % (most - least + 1));
	}

	pick<T>(items: readonly T[]): T {
		return items[this.whole(0, items.length - 1)];
	}

	/** The same items in another order. */
	shuffled<T>(items: readonly T[]): T[] {
		const mixed = [...items];
		for (let last = mixed.length - 1; last > 0; last--) {
			const other = this.whole(0, last);
			[mixed[last], mixed[other]] = [mixed[other], mixed[last]];
		}
		return mixed;
	}

	/** True once in `times`. */
	once(times: number): boolean {
		return this.whole(1, times) === 1;
	}

	/** An id as 1CRM generates it: 36 characters that look like a UUID. */
	guid(): string {
		const digits = [0, 1, 2, 3].map(() => this.next().toString(16).padStart(8, '0')).join('');
		return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	}
}
