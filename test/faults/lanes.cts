/** Does works, so many at a time, and returns their results in the order of the works. */
export async function inLanes<Work, Result>(
	lanes: number,
	works: readonly Work[],
	doWork: (work: Work) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(works.length);
	let next = 0;
	const lane = async (): Promise<void> => {
		while (next < works.length) {
			const index = next++;
			results[index] = await doWork(works[index]);
		}
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	return results;
}
