/** Says one line of progress to whoever waits. */
export type Report = (line: string) => void;

const PROGRESS_INTERVAL = 15_000;

/** Runs a long step and reports every 15 seconds that it still runs, and for how long. */
export async function reportProgress<Result>(
	title: string,
	report: Report,
	step: () => Promise<Result>,
): Promise<Result> {
	const started = Date.now();
	const timer = setInterval(() => {
		report(`  ${title}: ${Math.round((Date.now() - started) / 1000)} s`);
	}, PROGRESS_INTERVAL);
	try {
		return await step();
	} finally {
		clearInterval(timer);
	}
}
