/** Of the logarithms of latencies. */
interface Sums {
	count: number;
	sum: number;
	squares: number;
}

/**
 * How long answers took, by the kind of request: a list takes longer than a record. Compared as logarithms, because
 * what delays answers multiplies their time.
 */
export class Latencies {
	private readonly kinds = new Map<string, Sums>();

	get isEmpty(): boolean {
		return this.kinds.size === 0;
	}

	add(kind: string, milliseconds: number): void {
		const logarithm = Math.log(Math.max(milliseconds, 0.01));
		this.addSums(kind, { count: 1, sum: logarithm, squares: logarithm ** 2 });
	}

	/** These and others. */
	and(others: Latencies): Latencies {
		const all = new Latencies();
		for (const { kinds } of [this, others]) {
			for (const [kind, sums] of kinds) all.addSums(kind, sums);
		}
		return all;
	}

	/** The logarithm of how many times as long they took as others of the same kinds. `undefined` if there are none. */
	over(others: Latencies): number | undefined {
		let sum = 0;
		let weights = 0;
		for (const [kind, own] of this.kinds) {
			const other = others.kinds.get(kind);
			if (other === undefined) continue;
			const weight = (own.count * other.count) / (own.count + other.count);
			sum += weight * (own.sum / own.count - other.sum / other.count);
			weights += weight;
		}
		return weights === 0 ? undefined : sum / weights;
	}

	/** The variance of the mean, from how much answers of a kind differ. */
	get variance(): number {
		let squares = 0;
		let count = 0;
		for (const own of this.kinds.values()) {
			squares += own.squares - own.sum ** 2 / own.count;
			count += own.count;
		}
		const freedom = count - this.kinds.size;
		return freedom > 0 ? Math.max(0, squares) / freedom / count : 1;
	}

	private addSums(kind: string, { count, sum, squares }: Sums): void {
		const known = this.kinds.get(kind);
		if (known === undefined) {
			this.kinds.set(kind, { count, sum, squares });
			return;
		}
		known.count += count;
		known.sum += sum;
		known.squares += squares;
	}
}
