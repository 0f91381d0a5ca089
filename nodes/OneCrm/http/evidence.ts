/** How many comparisons are remembered. */
const REMEMBERED = 8;

/** So many in a row say the same, however much comparisons have differed: a server that changes makes them differ. */
const PERSISTENT = 4;

interface Comparison {
	value: number;
	variance: number;
}

/** What the latest comparisons at one width say together. */
export class Evidence {
	private comparisons: Comparison[] = [];

	/** How much comparisons at the same width have differed in this run. */
	private squares = 0;

	private differences = 0;

	add(value: number, variance: number): void {
		if (this.count > 0) {
			this.squares += ((value - this.mean) ** 2 * this.count) / (this.count + 1);
			this.differences++;
		}
		this.comparisons.push({ value, variance });
		if (this.count > REMEMBERED) this.comparisons.shift();
	}

	clear(): void {
		this.comparisons = [];
	}

	get count(): number {
		return this.comparisons.length;
	}

	get mean(): number {
		return mean(this.comparisons.map(({ value }) => value));
	}

	/**
	 * Whether the mean is below a bound, by so many of its standard errors. The largest of three or more doesn't count:
	 * n8n may have stood still for a moment, and all answers seemed late. Values below `least` count as `least`.
	 */
	isBelow(bound: number, certainty: number, least = -Infinity): boolean {
		const ordered = [...this.comparisons].sort((one, other) => one.value - other.value);
		const kept = this.count > 2 ? ordered.slice(0, -1) : ordered;
		const center = mean(kept.map(({ value }) => Math.max(value, least)));
		const squares = kept.reduce((sum, { value }) => sum + (value - center) ** 2, 0);
		const variance = pooled(kept, squares, kept.length - 1);
		return center + certainty * Math.sqrt(variance / kept.length) < bound;
	}

	/** Whether the latest two are above a bound for certain, or each of the latest four is, whatever was true before. */
	isAbove(bound: number): boolean {
		const values = this.comparisons.map(({ value }) => value);
		const variance = pooled(this.comparisons, this.squares, this.differences);
		if (mean(values.slice(-2)) - Math.sqrt(variance / 2) > bound) return true;
		return this.count >= PERSISTENT && values.slice(-PERSISTENT).every((value) => value > bound);
	}
}

/** As uncertain as each comparison is by itself, or more if they have contradicted each other. */
function pooled(comparisons: Comparison[], squares: number, differences: number): number {
	const expected = mean(comparisons.map(({ variance }) => variance));
	return Math.max(expected, (2 * expected + squares) / (2 + differences));
}

function mean(values: number[]): number {
	return values.reduce((total, value) => total + value, 0) / values.length;
}
