/** Which items of a run have written, for whoever resumes it after it stopped. */
export class Progress {
	private readonly done = new Set<number>();

	private readonly failed = new Set<number>();

	constructor(
		private readonly count: number,
		/** Whether an item that fails stops the others. */
		private readonly isStoppable: boolean,
	) {}

	get hasStopped(): boolean {
		return this.isStoppable && this.failed.size > 0;
	}

	/** Notes that an item did what it was to do. */
	finish(index: number): void {
		this.done.add(index);
	}

	/** Does the work of an item, and notes at once if it fails: another may wait for its turn. */
	async watch<Result>(index: number, work: () => Promise<Result>): Promise<Result> {
		let isDone = false;
		try {
			const result = await work();
			isDone = true;
			return result;
		} finally {
			if (!isDone) this.failed.add(index);
		}
	}

	/** One sentence, or `undefined` if there is nothing to resume. */
	get summary(): string | undefined {
		if (this.done.size === 0) return undefined;
		const failed = this.failed.size > 1 ? `; failed: ${ranges(this.failed)}` : '';
		return `Of ${this.count} items, counted from 0, these were done: ${ranges(this.done)}${failed}`;
	}
}

/** Numbers in short: `0 to 9, 11`. */
function ranges(numbers: Set<number>): string {
	const sorted = [...numbers].sort((one, other) => one - other);
	const parts: Array<[number, number]> = [];
	for (const number of sorted) {
		const last = parts.at(-1);
		if (last?.[1] === number - 1) last[1] = number;
		else parts.push([number, number]);
	}
	return parts.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');
}
