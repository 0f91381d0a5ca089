import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { format } from 'prettier';
import { chosenVersion } from '../e2e/n8n/versions.cts';
import { PROJECT_FOLDER, type Stage, type StageOptions, startStage } from '../e2e/stage.cts';
import { type Contest, holdContest } from './contest.cts';
import { creates } from './creates.cts';
import { type BenchCredentials, benchCredentials } from './credentials.cts';
import { events } from './events.cts';
import { largeFile } from './large-file.cts';
import { memorySection } from './memory.cts';
import { loadPackage } from './package-load.cts';
import { returnAll } from './return-all.cts';
import { contestSection, median, section, spread } from './table.cts';
import { upserts } from './upserts.cts';

const ROUNDS = 5;
const LATENCY_MS = 25;
/** Has n8n make an isolate only where there is an expression to evaluate. */
const LAZY_ISOLATES = { environment: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } };
/** It has no isolates. */
const OLDEST_N8N = { version: chosenVersion('oldest') };
const REPORT = join(PROJECT_FOLDER, 'docs', 'performance.md');

const report = (line: string) => console.error(line);

/** What can be measured, by the name that `npm run bench -- name` takes. */
const MEASUREMENTS: Record<string, () => Promise<string>> = {
	'return-all': contest((credentials) => returnAll(credentials, 10_000)),
	'return-all-100000': contest((credentials) => returnAll(credentials, 100_000), 3),
	creates: contest((credentials) => creates(credentials, 1000)),
	upserts: contest((credentials) => upserts(credentials, 1000), 3),
	events: contest((credentials) => events(credentials, 200), 3),
	'events-lazy-isolates': contest(
		(credentials) => events(credentials, 500, ', with `N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true`'),
		3,
		LAZY_ISOLATES,
	),
	'events-oldest-n8n': contest(
		(credentials) => events(credentials, 500, ` in n8n ${OLDEST_N8N.version}`),
		3,
		OLDEST_N8N,
	),
	'large-file': contest(
		async (credentials, stage) => await largeFile(credentials, stage, 1024),
		2,
		{ environment: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' } },
	),
	memory: async () => await memorySection(report, LATENCY_MS),
	'own-work': ownWork,
	load: packageLoad,
};

/** Which n8n is started, and how. */
type Setting = Pick<StageOptions, 'environment' | 'version'>;

interface Running {
	stage: Stage;
	credentials: BenchCredentials;
}

/** By its setting. */
const running = new Map<string, Promise<Running>>();

/** Measures in a real n8n, beside what a user would build instead, and writes the result down. */
async function main(names: string[]): Promise<void> {
	const sections: string[] = [];
	try {
		for (const name of names.length > 0 ? names : Object.keys(MEASUREMENTS)) {
			report(`Measuring ${name}`);
			sections.push(await MEASUREMENTS[name]());
			console.log(sections.at(-1));
		}
	} finally {
		for (const started of running.values()) await (await started).stage.stop();
	}
	if (names.length === 0)
		await writeFile(REPORT, await format(page(sections), { parser: 'markdown' }));
}

function contest(
	make: (credentials: BenchCredentials, stage: Stage) => Contest | Promise<Contest>,
	rounds = ROUNDS,
	setting?: Setting,
) {
	return async () => {
		const { stage, credentials } = await start(setting);
		const held = await make(credentials, stage);
		const results = await holdContest(held, stage, { rounds, latency: LATENCY_MS });
		return contestSection(held, results);
	};
}

async function start(setting: Setting = {}): Promise<Running> {
	const key = JSON.stringify(setting);
	const started = running.get(key) ?? startRunning(setting);
	running.set(key, started);
	return await started;
}

async function startRunning(setting: Setting): Promise<Running> {
	const stage = await startStage({ report, ...setting });
	return { stage, credentials: await benchCredentials(stage) };
}

/** What the node itself adds to n8n's HTTP helper. */
async function ownWork(): Promise<string> {
	const { sandbox } = (await start()).stage;
	sandbox.latency = 0;
	const args = ['--require', 'tsx/cjs', join(__dirname, 'own-work.cts')];
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[...args, sandbox.url, sandbox.username, sandbox.password],
		{ cwd: PROJECT_FOLDER, env: { ...process.env, N8N_LOG_LEVEL: 'silent' } },
	);
	const { count, node, helper } = JSON.parse(stdout) as Record<'node' | 'helper', number[]> & {
		count: number;
	};
	const row = (name: string, cpu: number[]) => {
		const each = cpu.map((milliseconds) => Number((milliseconds / count).toFixed(3)));
		const ratio = (median(cpu) / median(helper)).toFixed(2);
		return [name, `${median(each)} ms`, spread(each), ratio];
	};
	return section(
		"CPU time of a create in n8n's engine",
		['', 'median', 'spread', 'bare loop = 1'],
		[row('1CRM', node), row("A bare loop of n8n's HTTP helper", helper)],
	);
}

async function packageLoad(): Promise<string> {
	const loads = Array.from({ length: ROUNDS }, loadPackage);
	const times = loads.map(({ milliseconds }) => milliseconds);
	const heap = `${median(loads.map(({ kilobytes }) => kilobytes))} kB`;
	return section(
		'Loading the package',
		['median', 'spread', 'heap'],
		[[`${median(times)} ms`, spread(times), heap]],
	);
}

function page(sections: string[]): string {
	return `# Performance

Measured by \`npm run bench\` in a real n8n ${chosenVersion()}, unless said otherwise, on ${cpus().length} cores, which n8n, the
sandbox and the measuring shared. Each request takes ${LATENCY_MS} ms, as if the server were on the internet. The
contestants take turns in one run of up to ${ROUNDS} rounds after one to warm up. The time is that of the nodes alone,
as n8n gives it; the CPU time is that of the whole n8n process, until it has stored the execution. Each turn is
checked: every record once, in the state it has to have.

${sections.join('\n')}
## Why it is so

- **Creates and upserts.** The node keeps 8 requests under way, so that a server with other users stays usable;
  the option Parallel Requests changes that. A thousand requests of ${LATENCY_MS} ms take at least
  ${(1000 / 8) * LATENCY_MS} ms then. HTTP Request has no such limit: it sends as fast as n8n's processor allows, and takes about
  twice the processor time for each. Its batches wait a fixed time, not for their answers.
- **Memory.** What n8n needs to run the workflow and store its execution, and what more to show it, as when the
  execution is opened in the editor. HTTP Request gives an item for each page, Split Out one for each record, as the
  node does.
- **CPU time of a create.** What the node adds to a bare loop: the fields of the module checked and written in 1CRM's
  form, the answer checked, retries, time limits and the words of failures.
- **Events.** n8n 2 makes an isolate of V8 for the expressions of each execution and before that one for its webhook,
  which takes more time than all the rest, and spares its own Webhook node alone the latter. No other trigger can
  do without it. With \`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true\` n8n makes one only where there is an expression to
  evaluate: then the trigger keeps up with the Webhook node, as in n8n 1, which has no isolates, and triggers whose
  version is 1 stay slow, because n8n evaluates an expression for each of their events. To read the record back
  takes a request, and less than the HTTP Request node behind a Webhook node.
`;
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
