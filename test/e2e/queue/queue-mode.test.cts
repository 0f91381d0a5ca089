import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

import { startSandbox } from '../../sandbox/sandbox.cts';
import { clientOf } from '../../support/client.cts';
import type { ExecutionSummary } from '../../support/n8n/execution.cts';
import { INSTALLATION_LIMIT } from '../../support/n8n/installation.cts';
import type { WorkflowDefinition } from '../../support/n8n/definitions.cts';
import type { N8nProcess } from '../../support/n8n/n8n-process.cts';
import { poll } from '../../support/n8n/poll.cts';
import { provideCredential } from '../../support/n8n/stage.cts';
import { requireNewestLine } from '../../support/n8n/versions.cts';
import { inModule, ONE_CRM, TRIGGER, triggerWorkflow } from '../../support/n8n/workflows.cts';
import { changeContacts, type ContactChange } from '../burst.cts';
import { refusals } from '../refusals.cts';
import { salesCredential } from '../sales-credential.cts';
import { activateBulk } from './activate-bulk.cts';
import { endedExecutions } from './executions.cts';
import { WORKER_CONCURRENCY } from './queue-processes.cts';
import { type QueueStage, startQueueStage } from './queue-stage.cts';
import { changeAccounts, createContacts } from './traffic.cts';
import { runningExecutions, startedExecutions } from './worker-log.cts';
import { eventWorkflow } from './workflows.cts';
import { reportToStderr } from '../report-to-stderr.cts';

const TEST_LIMIT = 15 * 60_000;
const WAIT_LIMIT = 5 * 60_000;

let stage: QueueStage;

beforeAll(async () => {
	requireNewestLine('The tests of queue mode');
	stage = await startQueueStage(reportToStderr);
}, INSTALLATION_LIMIT);

afterAll(async () => {
	await stage?.stop();
}, TEST_LIMIT);

const published: string[] = [];

// A webhook that a failed test leaves would make others fail.
afterEach(async () => {
	for (const id of published.splice(0)) await stage.client.deactivate(id);
});

/** Publishes a workflow for the test, and returns its id. */
async function publish(workflow: WorkflowDefinition): Promise<string> {
	const { id } = await stage.client.createWorkflow(workflow);
	published.push(id);
	await stage.client.activate(id);
	return id;
}

function accounts(start: string, count: number): Array<{ name: string }> {
	return Array.from({ length: count }, (_, number) => ({ name: `${start} ${number}` }));
}

/** The names of the accounts in 1CRM that are among these, each as often as there is one. */
function storedAmong(names: string[]): string[] {
	const wanted = new Set(names);
	const stored = stage.sandbox.records('Account').map(({ name }) => String(name));
	return stored.filter((name) => wanted.has(name));
}

function failuresAmong(executions: ExecutionSummary[]): ExecutionSummary[] {
	return executions.filter(({ status }) => status !== 'success');
}

it(
	'creates each of 5,000 records once',
	async () => {
		const { id, run } = await activateBulk(stage, 'bulk-create', {
			operation: 'create',
			module: inModule('Account'),
			fields: { mappingMode: 'autoMapInputData', value: null },
		});
		const items = accounts('Bulk', 5000);
		await run(items);

		const executions = await endedExecutions(stage.database, id, 1, WAIT_LIMIT);
		expect(executions.map(({ status }) => status)).toEqual(['success']);
		const names = items.map(({ name }) => name);
		expect(storedAmong(names).sort()).toEqual(names.sort());
	},
	TEST_LIMIT,
);

it('drops an event that comes twice, which the webhook process remembers in the database', async () => {
	const { client, credential, sandbox } = stage;
	const parameters = {
		event: 'created',
		module: inModule('Contact'),
		options: { ignoreRepeats: true },
	};
	const id = await publish(triggerWorkflow('Once', parameters, credential));
	await createContacts(sandbox, 1, () => 1);
	const { url, body } = sandbox.deliveries[0];
	expect((await axios.post(url, body, { proxy: false })).status).toBe(200);
	await createContacts(sandbox, 1, () => 1);

	const executions = await endedExecutions(stage.database, id, 2, WAIT_LIMIT);
	const records = await Promise.all(
		executions.map(async (execution) => {
			return (await client.execution(execution.id)).nodeOutputs[TRIGGER][0].json.recordId;
		}),
	);
	const newest = sandbox.records('Contact').slice(-2);
	expect(records.sort()).toEqual(newest.map((contact) => contact.id).sort());
});

it.each([
	['each change', 'Changes', {}],
	['changes of a chosen field alone', 'Titles', { onlyIfChanged: ['title'] }],
])('starts for %s, and includes what each event changed', async (_, name, options) => {
	const { client, credential, sandbox } = stage;
	const parameters = {
		event: 'updated',
		module: inModule('Contact'),
		options: { ...options, includeChanges: true },
	};
	const id = await publish(triggerWorkflow(name, parameters, credential));
	const contacts = Array.from({ length: 10 }, (__, number) =>
		sandbox.insert('Contact', { last_name: `Changed ${number}` }),
	);
	const changes = await changeContacts(sandbox, contacts, 4);
	await sandbox.settle();
	const { onlyIfChanged } = options as { onlyIfChanged?: string[] };
	const isChosen = ({ field }: ContactChange['changes'][number]) =>
		onlyIfChanged?.includes(field) ?? true;
	const expected = changes.filter((change) => change.changes.every(isChosen));
	expect(expected).toHaveLength(onlyIfChanged ? changes.length / 2 : changes.length);

	const executions = await endedExecutions(stage.database, id, expected.length, WAIT_LIMIT);
	expect(failuresAmong(executions)).toEqual([]);
	const included: object[] = [];
	for (const execution of executions) {
		const { nodeOutputs } = await client.execution(execution.id);
		for (const { json } of nodeOutputs[TRIGGER]) {
			included.push({ recordId: json.recordId, changes: json.changes });
		}
	}
	const inOrder = (list: object[]) => list.map((entry) => JSON.stringify(entry)).sort();
	expect(inOrder(included)).toEqual(inOrder(expected));
});

it('leaves out what the user of the credential changed', async () => {
	const { client, sandbox } = stage;
	const credential = await salesCredential(stage);
	const parameters = {
		event: 'updated',
		module: inModule('Contact'),
		options: { ignoreOwnChanges: true },
	};
	const id = await publish(triggerWorkflow('Own', parameters, credential));
	const contact = `/data/Contact/${sandbox.insert('Contact', { last_name: 'Aalto' })}`;
	await clientOf(sandbox, 'sales').patch(contact, { data: { title: 'Own' } });
	await clientOf(sandbox).patch(contact, { data: { title: 'Of another' } });
	await sandbox.settle();

	const [execution, ...more] = await endedExecutions(stage.database, id, 1, WAIT_LIMIT);
	const { nodeOutputs } = await client.execution(execution.id);
	expect(nodeOutputs[TRIGGER]).toMatchObject([{ json: { record: { title: 'Of another' } } }]);
	expect(more).toEqual([]);
});

it('refuses a wrong token, and the events of a 1CRM that the credential no longer leads to, and logs it', async () => {
	const { client, credential, sandbox, webhookProcess } = stage;
	const parameters = { event: 'created', module: inModule('Contact') };
	const id = await publish(triggerWorkflow('Moved', parameters, credential));
	const [{ url }] = sandbox.webhooks;
	const token = String(new URL(url).searchParams.get('token'));
	const deliver = async (address: string) => {
		const answer = await axios.post(
			address,
			{ id: '1' },
			{ validateStatus: () => true, proxy: false },
		);
		return answer.status;
	};
	expect(await deliver(url.replace(token, '0'.repeat(token.length)))).toBe(401);

	const other = await startSandbox();
	try {
		// Saves the same credential, with another domain.
		await provideCredential(client, other);
		expect(await deliver(url)).toBe(401);
		expect(other.requests).toEqual([]);
	} finally {
		await provideCredential(client, sandbox);
		await other.stop();
	}
	expect(await refusals(webhookProcess.logFile, id, 2)).toEqual([
		expect.stringContaining('Unknown or missing token'),
		expect.stringContaining('belongs to another 1CRM'),
	]);
	await client.deactivate(id);
	published.pop();
	expect(sandbox.webhooks).toEqual([]);
});

it(
	'returns the last state of each changed record, and on each worker no state twice, by Get Changes',
	async () => {
		const { client, database, sandbox, workers } = stage;
		const { id, run } = await activateBulk(stage, 'get-changes', {
			operation: 'getChanges',
			module: inModule('Account'),
			returnFields: ['name'],
			// n8n 2 hands no static data to workers, so each begins here.
			options: { startFrom: new Date().toISOString() },
		});
		let executions: ExecutionSummary[] = [];
		const runOnce = async () => {
			await run([{ run: executions.length }]);
			executions = await endedExecutions(database, id, executions.length + 1, WAIT_LIMIT);
		};
		const runsOf = async (worker: N8nProcess) => {
			const started = new Set(await startedExecutions(worker));
			return executions.filter((execution) => started.has(execution.id));
		};
		const fewestRuns = async () =>
			Math.min(...(await Promise.all(workers.map(runsOf))).map(({ length }) => length));
		let isOver = false;
		const changing = changeAccounts(sandbox, () => isOver);
		try {
			while ((await fewestRuns()) < 3) await runOnce();
		} finally {
			isOver = true;
		}
		const last = await changing;
		await runOnce();

		expect(failuresAmong(executions)).toEqual([]);
		const statesIn = async ({ id: executionId }: ExecutionSummary) => {
			const { nodeOutputs } = await client.execution(executionId);
			return (nodeOutputs[ONE_CRM] ?? [])
				.map(({ json }) => json as { recordId: string; record: IDataObject })
				.filter(({ recordId }) => last.has(recordId))
				.map(({ recordId, record }) => [recordId, String(record.name)] as const);
		};
		const states = (await Promise.all(executions.map(statesIn))).flat();
		expect(new Map(states)).toEqual(last);
		for (const worker of workers) {
			const runs = await runsOf(worker);
			const names = (await Promise.all(runs.map(statesIn))).flat().map(([, name]) => name);
			expect(names).toHaveLength(new Set(names).size);
		}
	},
	TEST_LIMIT,
);

it(
	'loses none of 2,000 events and doubles none, while a worker is killed',
	async () => {
		const { credential, sandbox, workers, webhookUrl } = stage;
		const id = await publish(eventWorkflow(credential));
		expect(sandbox.webhooks.map(({ url }) => new URL(url).origin)).toEqual([webhookUrl]);

		const countDone = (ids: string[]) => storedAmong(ids).length;
		const before = await createContacts(sandbox, 1000, countDone);
		const killAtWork = async () => {
			await poll('an execution on the worker', WAIT_LIMIT, async () => {
				return (await runningExecutions(workers[0])).length > 0 || undefined;
			});
			await workers[0].kill();
			sandbox.latency = 0;
		};
		// So slow that the worker is in the middle of some executions.
		sandbox.latency = 500;
		const [during] = await Promise.all([createContacts(sandbox, 40, countDone), killAtWork()]);
		const [after, replacement] = await Promise.all([
			createContacts(sandbox, 960, countDone),
			stage.addWorker(),
		]);
		workers[0] = replacement;
		const events = [...before, ...during, ...after];

		const answers = sandbox.deliveries.map(({ status, error }) => status ?? error);
		expect(answers.filter((answer) => answer !== 200)).toEqual([]);
		const executions = await endedExecutions(stage.database, id, events.length, WAIT_LIMIT);
		expect(executions).toHaveLength(events.length);

		// The executions of the dead worker are shown as failed. All others succeeded, each once.
		const failures = failuresAmong(executions);
		expect(failures.length).toBeGreaterThan(0);
		expect(failures.length).toBeLessThanOrEqual(WORKER_CONCURRENCY);
		expect(new Set(failures.map(({ status }) => status))).toEqual(new Set(['error']));
		const stored = storedAmong(events);
		expect(stored).toHaveLength(new Set(stored).size);
		expect(stored.length).toBeGreaterThanOrEqual(events.length - failures.length);
	},
	TEST_LIMIT,
);

it(
	'shows a bulk run whose worker was killed as failed, runs it not again, and completes it by an upsert',
	async () => {
		const { sandbox, workers } = stage;
		const { id, run } = await activateBulk(stage, 'bulk-upsert', {
			operation: 'upsert',
			module: inModule('Account'),
			fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['name'] },
		});
		const items = accounts('Upsert', 5000);
		const names = items.map(({ name }) => name);
		sandbox.latency = 50;
		await run(items);
		await poll('some of the records', WAIT_LIMIT, async () => {
			return storedAmong(names).length >= 1000 || undefined;
		});
		for (const worker of workers) {
			if ((await runningExecutions(worker)).length > 0) await worker.kill();
		}
		sandbox.latency = 0;

		const executions = await endedExecutions(stage.database, id, 1, WAIT_LIMIT);
		expect(failuresAmong(executions)).toHaveLength(1);
		expect(storedAmong(names).length).toBeLessThan(names.length);

		await run(items);
		const both = await endedExecutions(stage.database, id, 2, WAIT_LIMIT);
		expect(both).toHaveLength(2);
		expect(failuresAmong(both)).toEqual(failuresAmong(executions));
		expect(storedAmong(names).sort()).toEqual(names.sort());
	},
	TEST_LIMIT,
);
