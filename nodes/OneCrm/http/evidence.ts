/** How many comparisons are remembered. */
const REMEMBERED = 8;

/** What the latest comparisons at one width say together. */
export class Evidence {
	private readonly values: number[] = [];

	private readonly variances: number[] = [];

	/** How much comparisons at the same width have differed in this run. */
	private squares = 0;

	private differences = 0;

	add(value: number, variance: number): void {
		if (this.count > 0) {
			this.squares += ((value - this.mean) ** 2 * this.count) / (this.count + 1);
			this.differences++;
		}
		this.values.push(value);
		this.variances.push(variance);
		if (this.count <= REMEMBERED) return;
		this.values.shift();
		this.variances.shift();
	}

	clear(): void {
		this.values.length = 0;
		this.variances.length = 0;
	}

	get count(): number {
		return this.values.length;
	}

	get mean(): number {
		return mean(this.values);
	}

	/** Of the mean: as uncertain as each comparison is by itself, or more if they have contradicted each other. */
	get error(): number {
		return Math.sqrt(this.variance / this.count);
	}

	/** Whether the latest two are above a bound, whatever was true before. */
	isAbove(bound: number): boolean {
		return mean(this.values.slice(-2)) - Math.sqrt(this.variance / 2) > bound;
	}

	private get variance(): number {
		const expected = mean(this.variances);
		return Math.max(expected, (2 * expected + this.squares) / (2 + this.differences));
	}
}

function mean(values: number[]): number {
	return values.reduce((total, value) => total + value, 0) / values.length;
}
