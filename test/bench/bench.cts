import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import {
	PROJECT_FOLDER,
	type Stage,
	type StageOptions,
	startStage,
} from '../support/n8n/stage.cts';
import { chosenVersion } from '../support/n8n/versions.cts';
import { type Contest, holdContest } from './contest.cts';
import { creates, createsWithLittleRoom } from './creates.cts';
import { type BenchCredentials, benchCredentials } from './credentials.cts';
import { events } from './events.cts';
import { largeFile } from './large-file.cts';
import { memorySection } from './memory.cts';
import { ownWorkSection } from './own-work.cts';
import { packageLoadSection } from './package-load.cts';
import { page } from './page.cts';
import { returnAll } from './return-all.cts';
import { salesDocument } from './sales-document.cts';
import { contestSection } from './table.cts';
import { syncs } from './syncs.cts';
import { upserts } from './upserts.cts';

const ROUNDS = 5;
const LATENCY_MS = 25;
/** Makes n8n create an isolate only if there is an expression to evaluate. */
const LAZY_ISOLATES = { environment: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } };
/** It has no isolates. */
const OLDEST_N8N = { version: chosenVersion('oldest') };
const FILES_ON_DISK = { environment: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' } };
const REPORT = join(PROJECT_FOLDER, 'docs', 'performance.md');

const report = (line: string) => console.error(line);

/** The measurements, by the name that `npm run bench -- name` accepts. */
const MEASUREMENTS: Record<string, () => Promise<string>> = {
	'return-all': contest((credentials) => returnAll(credentials, 10_000)),
	'return-all-100000': contest((credentials) => returnAll(credentials, 100_000), 3),
	creates: contest((credentials) => creates(credentials, 1000)),
	'creates-little-room': contest((credentials) => createsWithLittleRoom(credentials, 1000), 3),
	upserts: contest((credentials) => upserts(credentials, 1000), 3),
	'sales-document': contest((credentials) => salesDocument(credentials, 100)),
	sync: contest(
		(credentials) =>
			syncs(credentials, { stored: 2000, upserted: 2000, changedEach: 100, mostRequests: 120 }),
		3,
	),
	'sync-few': contest(
		(credentials) =>
			syncs(credentials, { stored: 20_000, upserted: 5, changedEach: 1, mostRequests: 12 }),
		3,
	),
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
		FILES_ON_DISK,
	),
	memory: async () => await memorySection(report, LATENCY_MS),
	'own-work': ownWorkSection,
	load: async () => packageLoadSection(ROUNDS),
};

/** Measures the nodes in a real n8n, compares them with what a user would build instead, and writes the page. */
async function main(names: string[]): Promise<void> {
	const all = Object.keys(MEASUREMENTS);
	const unknown = names.filter((name) => !all.includes(name));
	if (unknown.length > 0) {
		throw new Error(`Unknown measurement ${unknown.join(', ')}. Choose from: ${all.join(', ')}`);
	}
	const sections: string[] = [];
	for (const name of names.length > 0 ? names : all) {
		report(`Measuring ${name}`);
		sections.push(await MEASUREMENTS[name]());
		console.log(sections.at(-1));
	}
	if (names.length > 0) return;
	await writeFile(REPORT, await format(page(sections, ROUNDS, LATENCY_MS), { parser: 'markdown' }));
}

/** A measurement that is a contest. It runs in its own n8n. */
function contest(
	make: (credentials: BenchCredentials, stage: Stage) => Contest | Promise<Contest>,
	rounds = ROUNDS,
	setting: Pick<StageOptions, 'environment' | 'version'> = {},
): () => Promise<string> {
	return async () => {
		const stage = await startStage({ report, ...setting });
		try {
			const held = await make(await benchCredentials(stage), stage);
			const results = await holdContest(held, stage, { rounds, latency: LATENCY_MS });
			return contestSection(held, results);
		} finally {
			await stage.stop();
		}
	};
}

main(process.argv.slice(2)).then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
