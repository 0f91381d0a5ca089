import { sleep } from 'n8n-workflow';

import { finishedExecutions, untilFinished } from '../support/n8n/stored-executions.cts';
import { inModule, TRIGGER, triggerWorkflow } from '../support/n8n/workflows.cts';
import { changeContacts, type ContactChange, createContacts } from './burst.cts';
import { stageForTests } from './stage-for-tests.cts';

/**
 * docs/queue-mode.md recommends this for many events. Otherwise n8n 2 creates a V8 isolate for each webhook
 * and each execution. Both together take a tenth of a second of CPU time, which would make this test very
 * slow.
 */
const environment = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

const stage = stageForTests({ environment });

const BURST = 1000;
const REPEATED_BURST = 500;
const BURST_LIMIT = 550_000;
const WAIT_LIMIT = 500_000;

it.each([
	[BURST, 'changes at once', { options: {} }, 0],
	[
		REPEATED_BURST,
		'changes at once, each of which 1CRM tells twice',
		{ options: { ignoreRepeats: true } },
		1,
	],
])(
	'loses and doubles nothing of %i %s',
	async (burst, name, options, repeats) => {
		const { client, credential, sandbox, server } = stage;
		sandbox.variants.webhooks.repeats = repeats;
		const parameters = { event: 'created', module: inModule('Contact'), ...options };
		const { id } = await client.createWorkflow(triggerWorkflow(name, parameters, credential));
		await client.activate(id);
		const created = await createContacts(sandbox, burst);
		await untilFinished(server, id, burst, WAIT_LIMIT);
		await sandbox.settle();
		expect(sandbox.deliveries.filter(({ status }) => status !== 200)).toEqual([]);
		await client.deactivate(id);

		const executions = await finishedExecutions(server, id);
		expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
		expect(executions).toHaveLength(burst);
		const items = executions.flatMap(({ nodeOutputs }) => nodeOutputs[TRIGGER]);
		const told = items.map(({ json }) => [json.recordId, (json.record as INodeRecord).last_name]);
		expect(told).toHaveLength(burst);
		expect(new Map(told as Array<[string, string]>)).toEqual(created);
	},
	BURST_LIMIT,
);

const CHANGED_CONTACTS = 50;
const CHANGES_OF_EACH = 10;

/** Changes contacts while a trigger with **Include Changes** is active; returns the changes, and those in its items. */
async function changesInBurst(): Promise<{ made: ContactChange[]; included: ContactChange[] }> {
	const { client, credential, sandbox, server } = stage;
	sandbox.variants.webhooks.repeats = 0;
	const ids = Array.from({ length: CHANGED_CONTACTS }, (_, number) =>
		sandbox.insert('Contact', { last_name: `Changed ${number}` }),
	);
	// Without a time, what a record gets in the second of its creation counts as its creation.
	await sleep(1000);
	const parameters = {
		event: 'updated',
		module: inModule('Contact'),
		options: { includeChanges: true },
	};
	const workflow = triggerWorkflow('Changes in a burst', parameters, credential);
	const { id } = await client.createWorkflow(workflow);
	await client.activate(id);
	const told = sandbox.deliveries.length;
	const made = await changeContacts(sandbox, ids, CHANGES_OF_EACH);
	await untilFinished(server, id, made.length, WAIT_LIMIT);
	await sandbox.settle();
	expect(sandbox.deliveries.slice(told).filter(({ status }) => status !== 200)).toEqual([]);
	await client.deactivate(id);

	const executions = await finishedExecutions(server, id);
	expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
	expect(executions).toHaveLength(made.length);
	const items = executions.flatMap(({ nodeOutputs }) => nodeOutputs[TRIGGER]);
	const included = items.map(({ json }) => json as unknown as ContactChange);
	return { made, included };
}

const inAnyOrder = (list: object[]) => list.map((entry) => JSON.stringify(entry)).sort();

it(
	`includes in each of ${CHANGED_CONTACTS * CHANGES_OF_EACH} updates its own changes, and none of another`,
	async () => {
		const { made, included } = await changesInBurst();
		const told = included.map(({ recordId, changes }) => ({ recordId, changes }));
		expect(inAnyOrder(told)).toEqual(inAnyOrder(made));
	},
	BURST_LIMIT,
);

it(
	`includes each of ${CHANGED_CONTACTS * CHANGES_OF_EACH} changes once if 1CRM only delivers IDs`,
	async () => {
		const { payload } = stage.sandbox.variants.webhooks;
		stage.sandbox.variants.webhooks.payload = 'idOnly';
		const { made, included } = await changesInBurst();
		stage.sandbox.variants.webhooks.payload = payload;
		const single = ({ recordId, changes }: ContactChange) =>
			changes.map((change) => ({ recordId, change }));
		expect(inAnyOrder(included.flatMap(single))).toEqual(inAnyOrder(made.flatMap(single)));
	},
	BURST_LIMIT,
);

interface INodeRecord {
	last_name: string;
}
