/**
 * Does `work` for each of `inputs`, at most `width` at a time, and returns the results in the order of
 * the inputs.
 *
 * When one fails no further one is started, those under way are waited for (nothing goes on behind a
 * failed node's back), and the error of the earliest input that failed is thrown.
 */
export async function mapConcurrently<Input, Result>(
	inputs: readonly Input[],
	width: number,
	work: (input: Input, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(inputs.length);
	const errors = new Map<number, unknown>();
	let next = 0;

	async function takeTurns(): Promise<void> {
		while (next < inputs.length && errors.size === 0) {
			const index = next++;
			try {
				results[index] = await work(inputs[index], index);
			} catch (error) {
				errors.set(index, error);
			}
		}
	}

	const lanes = Math.max(1, Math.min(width, inputs.length));
	await Promise.all(Array.from({ length: lanes }, takeTurns));
	if (errors.size > 0) throw errors.get(Math.min(...errors.keys()));
	return results;
}
