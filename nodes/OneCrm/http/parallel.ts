/** How much may be under way at the same time. It may change while work is done. */
export interface Bound {
	readonly width: number;
}

/**
 * Does `work` for each of `inputs`, as many at a time as `bound` allows (at least one), and returns the results in the
 * order of the inputs.
 *
 * When one fails no further one is started, those under way are waited for (nothing goes on behind a
 * failed node's back), and the error of the earliest input that failed is thrown.
 */
export async function mapConcurrently<Input, Result>(
	inputs: readonly Input[],
	bound: Bound,
	work: (input: Input, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(inputs.length);
	const errors = new Map<number, unknown>();
	const lanes: Array<Promise<void>> = [];
	let open = 0;
	let next = 0;

	const isAnotherLeft = (): boolean => next < inputs.length && errors.size === 0;

	function openLanes(): void {
		while (isAnotherLeft() && open < Math.max(1, bound.width)) {
			open++;
			lanes.push(takeTurns());
		}
	}

	async function takeTurns(): Promise<void> {
		do {
			const index = next++;
			try {
				results[index] = await work(inputs[index], index);
			} catch (error) {
				errors.set(index, error);
			}
			openLanes();
		} while (isAnotherLeft() && open <= Math.max(1, bound.width));
		open--;
	}

	openLanes();
	// Lanes that are opened meanwhile are among them.
	for (const lane of lanes) await lane;
	if (errors.size > 0) throw errors.get(Math.min(...errors.keys()));
	return results;
}
