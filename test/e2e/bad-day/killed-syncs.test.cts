import { setTimeout as pause } from 'node:timers/promises';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Random } from '../../sandbox/random.cts';
import { isFinished } from '../../support/n8n/execution.cts';
import { INSTALLATION_LIMIT } from '../../support/n8n/installation.cts';
import { poll } from '../../support/n8n/poll.cts';
import { type Stage, startStage } from '../../support/n8n/stage.cts';
import { inModule, ONE_CRM } from '../../support/n8n/workflows.cts';
import { activateBulk, type CalledWorkflow } from '../queue/activate-bulk.cts';
import { reportToStderr } from '../report-to-stderr.cts';

const RECORDS = 300;
/** Of each of the two. */
const KILLS = 10;
/** Long enough for a whole sync, so that n8n is killed at any stage of it. */
const LONGEST_LIFE_MS = 1500;
const WAIT_LIMIT = 3 * 60_000;
const TEST_LIMIT = 20 * 60_000;

const random = new Random(19);

/** Two n8n, and the 1CRM of the first of them, which both write to. */
let stages: Stage[];
const sandbox = () => stages[0].sandbox;

beforeAll(async () => {
	stages = [await startStage({ report: reportToStderr })];
	stages.push(await startStage({ report: reportToStderr }));
	const { url: domain, username, password } = sandbox();
	const [, { client, credential }] = stages;
	const { name, type } = credential;
	const data = { domain, username, password, authentication: 'basic' };
	await client.updateCredential(credential.id, { name, type, data });
}, 2 * INSTALLATION_LIMIT);

beforeEach(() => {
	sandbox().latency = 25;
	sandbox().clear('Contact');
});

afterAll(async () => {
	for (const stage of stages ?? []) await stage.stop();
}, TEST_LIMIT);

/** Publishes the sync in both. */
async function activateSyncs(path: string, parameters: INodeParameters) {
	return await Promise.all(
		stages.map(async ({ client, credential, server }) => {
			const stage = { client, credential, webhookUrl: server.url };
			return await activateBulk(stage, path, {
				operation: 'upsert',
				module: inModule('Contact'),
				...parameters,
			});
		}),
	);
}

/** Starts a sync. An n8n that has just started publishes its workflows a moment after it answers. */
async function begin({ run }: CalledWorkflow, feed: IDataObject[]): Promise<void> {
	await poll('the webhook', WAIT_LIMIT, async () => {
		return await run(feed).then(
			() => true,
			() => undefined,
		);
	});
}

/** Syncs to the end, and returns the output. */
async function syncToEnd(stage: Stage, sync: CalledWorkflow, feed: IDataObject[]) {
	const { length } = await stage.client.executions(sync.id);
	await begin(sync, feed);
	const [{ id }] = await poll('the end of the sync', WAIT_LIMIT, async () => {
		const executions = await stage.client.executions(sync.id);
		return executions.length > length && isFinished(executions[0]) ? executions : undefined;
	});
	const { status, nodeOutputs } = await stage.client.execution(id);
	expect(status).toBe('success');
	return nodeOutputs[ONE_CRM];
}

/** Syncs, is killed at a random moment, and begins anew, so often; then syncs to the end. */
async function syncWithKills(stage: Stage, sync: CalledWorkflow, feed: IDataObject[]) {
	for (let kill = 0; kill < KILLS; kill++) {
		await begin(sync, feed);
		await pause(random.whole(0, LONGEST_LIFE_MS));
		await stage.restart();
	}
	expect(await syncToEnd(stage, sync, feed)).toHaveLength(RECORDS);
}

const person = (number: number, version: string) => ({
	id: `person-${number}`,
	last_name: `Name ${number}`,
	email1: `person-${number}@berg.example`,
	title: version,
});

const feed = Array.from({ length: RECORDS }, (_, number) => person(number, 'new'));

const stored = () =>
	sandbox()
		.records('Contact')
		.map(({ email1, title }) => `${email1} ${title}`)
		.sort();

it.each([
	['by IDs', 'id', false],
	['by e-mail address, each record created once across runs', 'email1', true],
])(
	'Two syncs of the same feed at once %s, killed again and again, end the same',
	async (_by, column, createOnce) => {
		for (const [number] of feed.entries()) {
			if (number % 2 === 0) sandbox().insert('Contact', person(number, number % 3 ? 'old' : 'new'));
		}
		const syncs = await activateSyncs(column, {
			fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [column] },
			options: { createOnce },
		});
		await Promise.all([
			syncWithKills(stages[0], syncs[0], feed),
			syncWithKills(stages[1], syncs[1], [...feed].reverse()),
		]);
		expect(stored()).toEqual(feed.map(({ email1, title }) => `${email1} ${title}`).sort());

		sandbox().clearRequests();
		await syncToEnd(stages[0], syncs[0], feed);
		expect(sandbox().requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	},
	TEST_LIMIT,
);
