import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { PROJECT_FOLDER, startStage } from '../e2e/stage.cts';
import { type Contest, holdContest, type Result } from './contest.cts';
import { creates } from './creates.cts';
import { benchCredentials } from './credentials.cts';
import { returnAll } from './return-all.cts';

const ROUNDS = 5;
const LATENCY_MS = 25;

/** Measures the node beside what a user would build instead, in one real n8n, and writes the result down. */
async function main(): Promise<void> {
	const stage = await startStage({ report: (line) => console.error(line) });
	try {
		const credentials = await benchCredentials(stage);
		const sections: string[] = [];
		for (const contest of [returnAll(credentials), creates(credentials)]) {
			stage.sandbox.latency = 0;
			contest.prepare(stage);
			stage.sandbox.latency = LATENCY_MS;
			sections.push(section(contest, await holdContest(contest, stage, ROUNDS)));
			console.log(sections.at(-1));
		}
		const file = join(PROJECT_FOLDER, 'docs', 'performance.md');
		await writeFile(file, await format(page(sections), { parser: 'markdown' }));
	} finally {
		await stage.stop();
	}
}

function section({ title }: Contest, results: Result[]): string {
	const own = median(results[0].milliseconds);
	const rows = results.map(({ contestant, milliseconds, inFlightPeak }) => {
		const middle = median(milliseconds);
		const spread = `${Math.min(...milliseconds)} to ${Math.max(...milliseconds)} ms`;
		return `| ${contestant} | ${middle} ms | ${spread} | ${inFlightPeak} | ${(middle / own).toFixed(2)} |`;
	});
	return [
		`## ${title}`,
		'',
		'| node | median | spread | requests at once | time, 1CRM = 1 |',
		'| --- | --- | --- | --- | --- |',
		...rows,
		'',
	].join('\n');
}

function median(numbers: number[]): number {
	return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function page(sections: string[]): string {
	return `# Performance

Measured by \`npm run bench\` in a real n8n 2.41.1 against the sandbox, which holds back each request for
${LATENCY_MS} ms as a server on the internet would. The nodes take turns in one run of ${ROUNDS} rounds after one to
warm up; the time is that of the node alone, as n8n gives it. Each run is checked: every record once.
The machine had ${cpus().length} cores, shared by n8n and the sandbox.

${sections.join('\n')}`;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
