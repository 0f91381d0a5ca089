import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

import { isFinished } from '../n8n/execution.cts';
import { poll } from '../n8n/poll.cts';
import { finishedExecutions } from './executions.cts';
import { type QueueStage, startQueueStage } from './queue-stage.cts';
import { createContacts } from './traffic.cts';
import { runningExecutions } from './worker-log.cts';
import { bulkWorkflow, eventWorkflow, moduleNamed } from './workflows.cts';

const INSTALLATION_LIMIT = 20 * 60_000;
const TEST_LIMIT = 10 * 60_000;
const WAIT_LIMIT = 5 * 60_000;

let stage: QueueStage;

beforeAll(async () => {
	stage = await startQueueStage((line) => process.stderr.write(`${line}\n`));
}, INSTALLATION_LIMIT);

afterAll(async () => {
	await stage?.stop();
}, TEST_LIMIT);

/** Activates a workflow that writes what is posted to its address, and gives what posts to it. */
async function activateBulk(path: string, parameters: INodeParameters) {
	const { client, credential, webhookUrl } = stage;
	const { id } = await client.createWorkflow(bulkWorkflow(path, parameters, credential));
	await client.activate(id);
	const run = async (items: object[]) => {
		await axios.post(`${webhookUrl}/webhook/${path}`, { items }, { proxy: false });
	};
	return { id, run };
}

/** The names of all records of a module whose name begins so, each as often as there is one. */
function namesBeginningWith(start: string): string[] {
	const names = stage.sandbox.records('Account').map(({ name }) => String(name));
	return names.filter((name) => name.startsWith(start));
}

function accounts(start: string, count: number): Array<{ name: string }> {
	return Array.from({ length: count }, (_, number) => ({ name: `${start} ${number}` }));
}

it(
	'creates each of 5,000 records once',
	async () => {
		const { id, run } = await activateBulk('bulk-create', {
			operation: 'create',
			module: moduleNamed('Account'),
			fields: { mappingMode: 'autoMapInputData', value: null },
		});
		await run(accounts('Bulk', 5000));
		const [execution, ...others] = await finishedExecutions(stage.client, id, 1, WAIT_LIMIT);
		expect(execution.status).toBe('success');
		expect(others).toEqual([]);
		const names = namesBeginningWith('Bulk ');
		expect(names).toHaveLength(5000);
		expect(new Set(names).size).toBe(5000);
	},
	TEST_LIMIT,
);

it(
	'loses none of 2,000 events and doubles none, while a worker is killed',
	async () => {
		const { client, credential, sandbox, workers } = stage;
		const { id } = await client.createWorkflow(eventWorkflow(credential));
		await client.activate(id);
		expect(sandbox.webhooks.map(({ url }) => new URL(url).origin)).toEqual([stage.webhookUrl]);

		const before = await createContacts(sandbox, 1000);
		// Slow enough that the worker is in the middle of some of them.
		sandbox.latency = 500;
		const during = createContacts(sandbox, 40);
		const hit = await poll('an execution on the worker', WAIT_LIMIT, async () => {
			const running = await runningExecutions(workers[0]);
			return running.length > 0 ? running : undefined;
		});
		process.stderr.write(`${new Date().toISOString()} kill\n`);
		await workers[0].kill();
		sandbox.latency = 0;
		const replacement = stage.addWorker();
		const after = await createContacts(sandbox, 960);
		process.stderr.write(`${new Date().toISOString()} sent\n`);
		const events = [...before, ...(await during), ...after];
		workers[0] = await replacement;

		// 1CRM could deliver every event, and every one has an execution that has come to an end.
		const answers = sandbox.deliveries.map(({ status, error }) => status ?? error);
		expect(answers.filter((answer) => answer !== 200)).toEqual([]);
		const executions = await finishedExecutions(client, id, events.length, WAIT_LIMIT);
		process.stderr.write(`${new Date().toISOString()} all finished\n`);
		expect(executions).toHaveLength(2000);
		const failed = executions.filter(({ status }) => status !== 'success');
		process.stderr.write(`hit ${JSON.stringify(hit)} failed ${JSON.stringify(failed)}\n`);
		expect(failed.length).toBeGreaterThan(0);
		expect(failed.every(({ status }) => status === 'error' || status === 'crashed')).toBe(true);

		const isEvent = new Set(events);
		const written = stage.sandbox.records('Account').flatMap(({ name }) =>
			isEvent.has(String(name)) ? [String(name)] : [],
		);
		expect(written).toHaveLength(new Set(written).size);
		expect(events.length - written.length).toBeLessThanOrEqual(failed.length);
		await client.deactivate(id);
	},
	TEST_LIMIT,
);

it(
	'shows a bulk run whose worker was killed as failed, and completes it by an upsert',
	async () => {
		const { client, sandbox, workers } = stage;
		const { id, run } = await activateBulk('bulk-upsert', {
			operation: 'upsert',
			module: moduleNamed('Account'),
			fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['name'] },
		});
		const items = accounts('Upsert', 1000);
		await run(items);
		await poll('half of the records', WAIT_LIMIT, async () => {
			return namesBeginningWith('Upsert ').length >= 300 || undefined;
		});
		for (const worker of workers) {
			if ((await runningExecutions(worker)).length > 0) await worker.kill();
		}
		process.stderr.write(`${new Date().toISOString()} bulk killed\n`);
		const [failed] = await finishedExecutions(client, id, 1, WAIT_LIMIT);
		expect(failed.status).toBe('error');
		process.stderr.write(`${new Date().toISOString()} bulk failed\n`);
		const left = namesBeginningWith('Upsert ').length;
		expect(left).toBeLessThan(items.length);

		await run(items);
		const executions = await finishedExecutions(client, id, 2, WAIT_LIMIT);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'error']);
		expect(executions.every(isFinished)).toBe(true);
		expect(namesBeginningWith('Upsert ').sort()).toEqual(items.map(({ name }) => name).sort());
		expect(sandbox.requests.length).toBeGreaterThan(0);
	},
	TEST_LIMIT,
);
