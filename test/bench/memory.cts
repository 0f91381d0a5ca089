import type { Report } from '../support/n8n/report.cts';
import { startStage } from '../support/n8n/stage.cts';
import type { Contestant } from './contest.cts';
import { type BenchCredentials, benchCredentials } from './credentials.cts';
import { memory, peakMemory, resetPeakMemory } from './process-usage.cts';
import { httpRequestContestant, oneCrmContestant, returnAll } from './return-all.cts';
import { section } from './table.cts';

const RECORDS = 100_000;

/**
 * The most memory that n8n needs to run a Return All and store its execution, and then to show it. Each
 * contestant gets a newly started n8n.
 */
export async function memorySection(report: Report, latency: number): Promise<string> {
	const contestants: Array<(credentials: BenchCredentials) => Contestant> = [
		oneCrmContestant,
		(credentials) => httpRequestContestant(credentials, true),
		(credentials) => httpRequestContestant(credentials),
	];
	const rows: string[][] = [];
	for (const contestant of contestants) rows.push(await measure(contestant, report, latency));
	const title = `Memory of n8n while it returns all of ${RECORDS.toLocaleString('en')} records`;
	return section(title, ['', 'before', 'peak', 'increase', 'peak when opened'], rows);
}

async function measure(
	contestant: (credentials: BenchCredentials) => Contestant,
	report: Report,
	latency: number,
): Promise<string[]> {
	const stage = await startStage({ report });
	try {
		const credentials = await benchCredentials(stage);
		const { prepare } = returnAll(credentials, RECORDS);
		prepare(stage);
		stage.sandbox.latency = latency;
		const { processId } = stage.server;
		resetPeakMemory(processId);
		const before = memory(processId);
		let most = before;
		const { name, takeTurn } = contestant(credentials);
		await takeTurn(stage, () => (most = peakMemory(processId)));
		const whenOpened = peakMemory(processId);
		return [name, ...[before, most, most - before, whenOpened].map((size) => `${size} MB`)];
	} finally {
		await stage.stop();
	}
}
