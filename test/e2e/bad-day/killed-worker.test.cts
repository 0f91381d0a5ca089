import type { FaultTarget } from '../../sandbox/sandbox.cts';
import { INSTALLATION_LIMIT } from '../../support/n8n/installation.cts';
import { poll } from '../../support/n8n/poll.cts';
import { requireNewestLine } from '../../support/n8n/versions.cts';
import { inModule, manualWorkflow, ONE_CRM } from '../../support/n8n/workflows.cts';
import { insertAccount, quoteHeader } from '../../support/sales.cts';
import { activateBulk, activateChanges, type CalledWorkflow } from '../queue/activate-bulk.cts';
import { endedExecutions } from '../queue/executions.cts';
import { type QueueStage, startQueueStage } from '../queue/queue-stage.cts';
import { GET_CHANGES } from '../queue/workflows.cts';
import { reportToStderr } from '../report-to-stderr.cts';

const TEST_LIMIT = 15 * 60_000;
const WAIT_LIMIT = 5 * 60_000;

const CONTACTS = 5;
const LINES = [1, 2, 3].map((number) => ({ name: `Line ${number}`, unitPrice: 10, quantity: 1 }));

/** What is being written when the worker dies: 1CRM carries out the first requests, and never gets to the rest. */
const INTERRUPTED: Record<string, FaultTarget> = {
	changes: { method: 'POST', path: /^\/data\/Lead$/, after: 2 },
	upsert: { method: 'POST', path: /^\/data\/Account$/, after: 5 },
	quote: { method: 'POST', path: /^\/data\/QuoteLine$/, after: 1 },
	upload: { method: 'POST', path: /^\/data\/Note$/ },
};

const accounts = Array.from({ length: 20 }, (_, number) => ({ name: `Killed ${number}` }));
const accountNames = accounts.map(({ name }) => name).sort();

let stage: QueueStage;
let workflows: Record<keyof typeof INTERRUPTED, CalledWorkflow & { items: object[] }>;
/** Without Start From, of which n8n 2.41 lets workers forget where it stands. */
let forgetful: CalledWorkflow & { items: object[] };
let contacts: string[];

/** As docs/queue-mode.md recommends it. */
const lastHour = { startFrom: '={{ $now.minus({ hours: 1 }) }}' };

beforeAll(async () => {
	requireNewestLine('The tests of a killed worker');
	stage = await startQueueStage(reportToStderr);
	insertAccount(stage.sandbox);
	const bulk = async (
		path: string,
		items: object[],
		parameters: Parameters<typeof activateBulk>[2],
	) => ({
		...(await activateBulk(stage, path, parameters)),
		items,
	});
	workflows = {
		changes: { ...(await activateChanges(stage, 'changes', lastHour)), items: [] },
		upsert: await bulk('upsert', accounts, {
			operation: 'upsert',
			module: inModule('Account'),
			fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['name'] },
		}),
		quote: await bulk('quote', [{}], {
			resource: 'salesDocument',
			operation: 'create',
			module: inModule('Quote'),
			fields: quoteHeader({ name: 'Of a killed worker' }),
			linesMode: 'json',
			linesJson: JSON.stringify(LINES),
		}),
		upload: await bulk('upload', [{}], {
			resource: 'file',
			operation: 'upload',
			inputMode: 'manual',
			fileName: 'minutes.txt',
			fileContent: 'The minutes of the meeting',
			attachTo: 'note',
			attachName: 'Minutes',
		}),
	};
	forgetful = { ...(await activateChanges(stage, 'forgetful')), items: [] };
	await killInTheMiddle();
}, INSTALLATION_LIMIT + TEST_LIMIT);

afterAll(async () => {
	await stage?.stop();
}, TEST_LIMIT);

/** Starts all workflows, kills the workers in the middle of each, and waits until n8n has noticed. */
async function killInTheMiddle(): Promise<void> {
	const { sandbox, workers, database } = stage;
	for (const { id, run } of [workflows.changes, forgetful]) {
		await run([]);
		await endedExecutions(database, id, 1, WAIT_LIMIT);
	}
	contacts = Array.from({ length: CONTACTS }, (_, number) =>
		sandbox.insert('Contact', { last_name: `Changed ${number}` }),
	);

	sandbox.clearRequests();
	for (const [name, target] of Object.entries(INTERRUPTED)) {
		// The note is created, and only its answer is never read.
		if (name === 'upload') sandbox.holdAnswers(target);
		else sandbox.hold(target);
	}
	for (const { run, items } of Object.values(workflows)) await run(items);
	for (const [name, { method, path, after = 0 }] of Object.entries(INTERRUPTED)) {
		await poll(`the middle of ${name}`, WAIT_LIMIT, async () => {
			const isMeant = (one: { method: string; path: string }) =>
				one.method === method && path?.test(one.path);
			return sandbox.requests.filter(isMeant).length > after || undefined;
		});
	}
	for (const [index, worker] of workers.entries()) {
		await worker.kill();
		workers[index] = await stage.addWorker();
	}
	for (const target of Object.values(INTERRUPTED)) {
		sandbox.failNext({ kind: 'resetBefore' }, { ...target, after: 0, times: Infinity });
	}
	sandbox.release();
	for (const { id } of Object.values(workflows)) await endedExecutions(database, id, 1, WAIT_LIMIT);
	sandbox.clearFaults();
}

/** Starts a workflow again, and returns what became of all of its executions. */
async function runAgain({ id, run, items }: CalledWorkflow & { items: object[] }) {
	const before = await endedExecutions(stage.database, id, 1, WAIT_LIMIT);
	await run(items);
	return await endedExecutions(stage.database, id, before.length + 1, WAIT_LIMIT);
}

function names(module: string, field: string, wanted: string[]): string[] {
	const values = stage.sandbox.records(module).map((record) => String(record[field]));
	return values.filter((value) => wanted.includes(value)).sort();
}

it.each(Object.keys(INTERRUPTED))(
	'shows the interrupted execution of %s as failed',
	async (name) => {
		const executions = await endedExecutions(stage.database, workflows[name].id, 1, WAIT_LIMIT);
		expect(executions.at(-1)?.status).toBe('error');
	},
);

it(
	'returns the changes of the interrupted run again',
	async () => {
		expect(names('Lead', 'last_name', contacts).length).toBeLessThan(CONTACTS);
		const executions = await runAgain(workflows.changes);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'error', 'success']);
		const { nodeOutputs } = await stage.client.execution(executions[2].id);
		const returned = nodeOutputs[GET_CHANGES].map(({ json }) => json.recordId);
		expect(returned).toEqual(expect.arrayContaining(contacts));
		expect(names('Lead', 'last_name', contacts)).toEqual([...contacts].sort());
	},
	TEST_LIMIT,
);

it(
	'fails where n8n has forgotten the cursor, rather than that changes are missed in silence',
	async () => {
		const { id } = (await runAgain(forgetful))[1];
		const { error, nodeOutputs } = await stage.client.execution(id);
		const returned = (nodeOutputs[GET_CHANGES] ?? []).map(({ json }) => json.recordId);
		if (error) expect(error.message).toMatch(/^n8n no longer has what the last run/);
		else expect(returned).toEqual(expect.arrayContaining(contacts));
	},
	TEST_LIMIT,
);

it(
	'completes an interrupted Create or Update',
	async () => {
		expect(names('Account', 'name', accountNames).length).toBeLessThan(accounts.length);
		const executions = await runAgain(workflows.upsert);
		expect(executions.map(({ status }) => status)).toEqual(['error', 'success']);
		expect(names('Account', 'name', accountNames)).toEqual(accountNames);
	},
	TEST_LIMIT,
);

it(
	'leaves a part of a quote, whose check says so, and creates another one',
	async () => {
		const { client, credential, sandbox } = stage;
		const quotes = () =>
			sandbox.records('Quote').filter(({ name }) => name === 'Of a killed worker');
		expect(quotes()).toHaveLength(1);
		await runAgain(workflows.quote);
		expect(quotes()).toHaveLength(2);

		const checks: unknown[] = [];
		for (const { id } of quotes()) {
			const get = { resource: 'salesDocument', operation: 'get', module: inModule('Quote') };
			const recordId = { __rl: true, mode: 'id', value: id };
			const definition = manualWorkflow('Check', { ...get, recordId }, credential);
			const workflow = await client.createWorkflow(definition);
			const { nodeOutputs } = await client.runWorkflow(workflow.id, undefined, WAIT_LIMIT);
			checks.push(nodeOutputs[ONE_CRM][0].json.check);
		}
		expect(checks).toEqual(['different', 'same']);
	},
	TEST_LIMIT,
);

it(
	'creates the note of an interrupted upload again',
	async () => {
		const notes = () => sandboxNotes().filter(({ name }) => name === 'Minutes');
		const sandboxNotes = () => stage.sandbox.records('Note');
		expect(notes()).toHaveLength(1);
		await runAgain(workflows.upload);
		expect(notes()).toHaveLength(2);
		for (const { id } of notes()) expect(stage.sandbox.file(id)?.size).toBe(26);
	},
	TEST_LIMIT,
);
