import { recordsClient } from '../../support/client.cts';
import { type ExecutionSummary, isFinished } from '../../support/n8n/execution.cts';
import { INSTALLATION_LIMIT } from '../../support/n8n/installation.cts';
import { poll } from '../../support/n8n/poll.cts';
import { type Stage, startStage } from '../../support/n8n/stage.cts';
import { inModule, TRIGGER, triggerWorkflow } from '../../support/n8n/workflows.cts';
import { activateBulk, activateChanges, type CalledWorkflow } from '../queue/activate-bulk.cts';
import { eventWorkflow, GET_CHANGES } from '../queue/workflows.cts';
import { openRoad, type Road } from './road.cts';
import { reportToStderr } from '../report-to-stderr.cts';

const WAIT_LIMIT = 3 * 60_000;
const TEST_LIMIT = 10 * 60_000;

let stage: Stage;
let road: Road;
let eventsId: string;
let changes: CalledWorkflow;
let sync: CalledWorkflow;

beforeAll(async () => {
	stage = await startStage({ report: reportToStderr });
	const { client, credential, sandbox, server } = stage;
	road = await openRoad(sandbox.port);
	const { name, type } = credential;
	const { username, password } = sandbox;
	const data = { domain: road.url, username, password, authentication: 'basic' };
	await client.updateCredential(credential.id, { name, type, data });

	eventsId = (await client.createWorkflow(eventWorkflow(credential))).id;
	await client.activate(eventsId);
	const called = { client, credential, webhookUrl: server.url };
	changes = await activateChanges(called, 'changes');
	sync = await activateBulk(called, 'sync', {
		operation: 'upsert',
		module: inModule('Account'),
		fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['name'] },
	});
	expect((await runToEnd(changes, [])).status).toBe('success');
}, INSTALLATION_LIMIT);

afterAll(async () => {
	await stage?.stop();
	road?.close();
});

/** Resolves when a workflow has this many executions and all have ended. Returns the last one. */
async function lastOf(workflowId: string, count: number): Promise<ExecutionSummary> {
	return await poll(`execution ${count}`, WAIT_LIMIT, async () => {
		const executions = await stage.client.executions(workflowId);
		const hasEnded = executions.length >= count && executions.every(isFinished);
		return hasEnded ? executions[0] : undefined;
	});
}

async function runToEnd({ id, run }: CalledWorkflow, items: object[]) {
	const { length } = await stage.client.executions(id);
	await run(items);
	return await stage.client.execution((await lastOf(id, length + 1)).id);
}

async function createContact(): Promise<string> {
	const http = recordsClient(stage.sandbox, 'Contact');
	return (await http.post<{ id: string }>('', { data: { last_name: 'Event' } })).data.id;
}

function timesStored(module: string, field: string, value: string): number {
	return stage.sandbox.records(module).filter((record) => record[field] === value).length;
}

/** How 1CRM is gone, and how it comes back. No operation tries for longer than some seconds. */
const OUTAGES: Array<[string, RegExp, () => void, () => Promise<void>]> = [
	['refuses connections', /refuses connections/, () => road.close(), async () => await road.open()],
	[
		'answers 503',
		/Down for maintenance/,
		() => {
			const fault = { kind: 'status' as const, status: 503, message: 'Down for maintenance' };
			stage.sandbox.failNext(fault, { times: Infinity });
		},
		async () => stage.sandbox.clearFaults(),
	],
];

describe.each(OUTAGES)('1CRM, which %s', (kind, reason, leave, comeBack) => {
	it(
		'ends a sync with the reason, which starts over once 1CRM is back',
		async () => {
			const items = Array.from({ length: 10 }, (_, number) => ({ name: `${kind} ${number}` }));
			leave();
			const failed = await runToEnd(sync, items);
			expect(failed.error?.message).toMatch(reason);
			await comeBack();
			expect((await runToEnd(sync, items)).status).toBe('success');
			for (const { name } of items) expect(timesStored('Account', 'name', name)).toBe(1);
		},
		TEST_LIMIT,
	);

	it(
		'returns all changes with the first run after it is back',
		async () => {
			const ids = [stage.sandbox.insert('Contact', { last_name: 'Before' })];
			leave();
			for (let run = 0; run < 2; run++) {
				expect((await runToEnd(changes, [])).error?.message).toMatch(reason);
			}
			ids.push(stage.sandbox.insert('Contact', { last_name: 'Meanwhile' }));
			await comeBack();
			const { nodeOutputs } = await runToEnd(changes, []);
			const returned = nodeOutputs[GET_CHANGES].map(({ json }) => json.recordId);
			for (const id of ids) expect(returned.filter((other) => other === id)).toHaveLength(1);
			expect((await runToEnd(changes, [])).nodeOutputs[GET_CHANGES]).toEqual([]);
		},
		TEST_LIMIT,
	);

	it(
		'keeps an event that came just before, whose execution is retried once 1CRM is back',
		async () => {
			const { client, sandbox } = stage;
			const { length } = await client.executions(eventsId);
			sandbox.hold({ method: 'GET', path: /^\/data\/Contact\// });
			const contactId = await createContact();
			await poll('the event', WAIT_LIMIT, async () => sandbox.held > 0 || undefined);
			leave();
			sandbox.release();
			const { id } = await lastOf(eventsId, length + 1);
			const failed = await client.execution(id);
			expect(failed.error?.message).toMatch(reason);
			const [{ json }] = failed.nodeOutputs[TRIGGER];
			expect(json).toMatchObject({ recordId: contactId, record: null });
			expect(json.recordError).toMatch(reason);
			expect(timesStored('Account', 'name', contactId)).toBe(0);

			await comeBack();
			await client.retryExecution(id);
			const retried = await client.execution((await lastOf(eventsId, length + 2)).id);
			expect(retried.status).toBe('success');
			expect(timesStored('Account', 'name', contactId)).toBe(1);
		},
		TEST_LIMIT,
	);
});

it(
	'lets n8n start without 1CRM, with the webhooks that are registered',
	async () => {
		const { sandbox } = stage;
		const registered = [...sandbox.webhooks];
		road.close();
		await stage.restart();
		await road.open();
		expect(sandbox.webhooks).toEqual(registered);
		const { length } = await stage.client.executions(eventsId);
		const contactId = await createContact();
		expect((await lastOf(eventsId, length + 1)).status).toBe('success');
		expect(timesStored('Account', 'name', contactId)).toBe(1);
	},
	TEST_LIMIT,
);

it(
	'misses no change in silence if a failed execution is retried after n8n was started again',
	async () => {
		const contactId = stage.sandbox.insert('Contact', { last_name: 'Retried' });
		road.close();
		const { id } = await runToEnd(changes, []);
		await stage.restart();
		await road.open();
		const { client } = stage;
		const retried = async (workflow: 'original' | 'saved', count: number) => {
			await client.retryExecution(id, workflow);
			return await client.execution((await lastOf(changes.id, count)).id);
		};
		const { length } = await client.executions(changes.id);
		const original = await retried('original', length + 1);
		const found = (original.nodeOutputs[GET_CHANGES] ?? []).map(({ json }) => json.recordId);
		// n8n 2.41 gives such a retry no static data.
		if (original.error) expect(original.error.message).toMatch(/^n8n no longer has what/);
		else expect(found).toContain(contactId);

		const saved = await retried('saved', length + 2);
		if (original.error) {
			expect(saved.nodeOutputs[GET_CHANGES].map(({ json }) => json.recordId)).toContain(contactId);
		}
		expect(timesStored('Lead', 'last_name', contactId)).toBe(1);
	},
	TEST_LIMIT,
);

it(
	'leaves a webhook of a workflow that is unpublished meanwhile, which the next publication replaces',
	async () => {
		const { client, credential, sandbox } = stage;
		const parameters = { event: 'created', module: inModule('Lead'), options: {} };
		const { id } = await client.createWorkflow(triggerWorkflow('Leads', parameters, credential));
		const leads = () => sandbox.webhooks.filter(({ model }) => model === 'Lead').length;
		road.close();
		await expect(client.activate(id)).rejects.toThrow(/refuses connections/);
		await road.open();
		expect(leads()).toBe(0);

		await client.activate(id);
		expect(leads()).toBe(1);
		road.close();
		// n8n says in its log that the webhook could not be removed, some versions in their answer, too.
		await client.deactivate(id).catch(() => undefined);
		await road.open();
		expect(leads()).toBe(1);
		await client.activate(id);
		expect(leads()).toBe(1);
		await client.deactivate(id);
		expect(leads()).toBe(0);
	},
	TEST_LIMIT,
);
