import { startStage } from '../e2e/stage.cts';
import type { Report } from '../e2e/n8n/report.cts';
import type { Contestant } from './contest.cts';
import { type BenchCredentials, benchCredentials } from './credentials.cts';
import { memory, peakMemory, resetPeakMemory } from './process-usage.cts';
import { httpRequestContestant, oneCrmContestant, returnAll } from './return-all.cts';
import { section } from './table.cts';

const RECORDS = 100_000;

/** The most memory that n8n needs for a Return All, with its store of executions. Each contestant in an n8n of its own, just started. */
export async function memorySection(report: Report): Promise<string> {
	const rows = [
		await measure(oneCrmContestant, report),
		await measure((credentials) => httpRequestContestant(credentials, true), report),
		await measure(httpRequestContestant, report),
	];
	const title = `Memory of n8n while it returns all of ${RECORDS.toLocaleString('en')} records`;
	return section(title, ['', 'before', 'at most', 'more'], rows);
}

async function measure(
	contestant: (credentials: BenchCredentials) => Contestant,
	report: Report,
): Promise<string[]> {
	const stage = await startStage({ report });
	try {
		const credentials = await benchCredentials(stage);
		const { prepare } = returnAll(credentials, RECORDS);
		prepare(stage);
		const { processId } = stage.server;
		resetPeakMemory(processId);
		const before = memory(processId);
		const { name, takeTurn } = contestant(credentials);
		await takeTurn(stage);
		const most = peakMemory(processId);
		return [name, `${before} MB`, `${most} MB`, `${most - before} MB`];
	} finally {
		await stage.stop();
	}
}
