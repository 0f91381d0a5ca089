import type { INodeParameters } from 'n8n-workflow';

import { recordsClient } from '../support/client.cts';
import {
	inModule,
	manualWorkflow,
	ONE_CRM,
	TRIGGER,
	triggerWorkflow,
} from '../support/n8n/workflows.cts';
import { salesCredential } from './sales-credential.cts';
import { stageForTests } from './stage-for-tests.cts';

const stage = stageForTests();

function parametersWith(options: INodeParameters): INodeParameters {
	return { event: 'updated', module: inModule('Contact'), options };
}

/** Publishes a workflow that starts for changes of contacts, and returns its id. */
async function publish(name: string, options: INodeParameters): Promise<string> {
	const { client, credential } = stage;
	const workflow = triggerWorkflow(name, parametersWith(options), credential);
	const { id } = await client.createWorkflow(workflow);
	await client.activate(id);
	return id;
}

function insertContact(): string {
	return stage.sandbox.insert('Contact', { last_name: 'Aalto', title: 'Clerk' });
}

/** Changes a contact as another user of 1CRM would, and waits until n8n has answered. */
async function change(contactId: string, data: object): Promise<void> {
	await recordsClient(stage.sandbox, 'Contact').patch(`/${contactId}`, { data });
	await stage.sandbox.settle();
	expect(stage.sandbox.deliveries.at(-1)?.status).toBe(200);
}

it('includes what changed, with the values before and after', async () => {
	const { client } = stage;
	const id = await publish('Changes', { includeChanges: true });
	const contactId = insertContact();
	await change(contactId, { title: 'Head', department: 'Sales', last_name: 'Berg' });
	const { nodeOutputs } = await client.waitForExecution(id);
	const [{ json }] = nodeOutputs[TRIGGER];
	expect(json).toMatchObject({ recordId: contactId, record: { last_name: 'Berg' } });
	expect(json.changes).toHaveLength(2);
	expect(json.changes).toEqual(
		expect.arrayContaining([
			{ field: 'title', before: 'Clerk', after: 'Head' },
			{ field: 'department', before: null, after: 'Sales' },
		]),
	);
	await client.deactivate(id);
});

it('starts only if a chosen field changed', async () => {
	const { client } = stage;
	const id = await publish('Only if changed', { onlyIfChanged: ['title'] });
	const contactId = insertContact();
	await change(contactId, { department: 'Sales' });
	expect(await client.executions(id)).toEqual([]);
	await change(contactId, { title: 'Head' });
	const { nodeOutputs } = await client.waitForExecution(id);
	expect(nodeOutputs[TRIGGER]).toMatchObject([
		{ json: { recordId: contactId, record: { title: 'Head' } } },
	]);
	expect(await client.executions(id)).toHaveLength(1);
	await client.deactivate(id);
});

it('is not published with a field to watch that the audit log does not cover', async () => {
	await expect(publish('Watches a name', { onlyIfChanged: ['last_name'] })).rejects.toThrow(
		/'Only If Changed' contains "last_name".* audit log/,
	);
	expect(stage.sandbox.webhooks).toEqual([]);
});

it('does not start itself when it writes to the record that started it', async () => {
	const { client, sandbox } = stage;
	const credential = await salesCredential(stage);
	const parameters = parametersWith({ ignoreOwnChanges: true });
	const { nodes, ...definition } = triggerWorkflow('Writes back', parameters, credential);
	const update = {
		resource: 'record',
		operation: 'update',
		module: inModule('Contact'),
		recordId: { __rl: true, mode: 'id', value: '={{ $json.recordId }}' },
		fields: {
			mappingMode: 'defineBelow',
			value: { title: '={{ $json.record.title }}, seen' },
		},
	};
	const [, writer] = manualWorkflow('', update, credential).nodes;
	const { id } = await client.createWorkflow({
		...definition,
		nodes: [...nodes, writer],
		connections: { [TRIGGER]: { main: [[{ node: ONE_CRM, type: 'main', index: 0 }]] } },
	});
	await client.activate(id);

	const contactId = insertContact();
	const deliveriesBefore = sandbox.deliveries.length;
	for (const [index, title] of ['Head', 'Director'].entries()) {
		await change(contactId, { title });
		const { nodeErrors } = await client.waitForExecution(id, index + 1);
		expect(nodeErrors).toEqual({});
		await sandbox.settle();
		expect(sandbox.record('Contact', contactId)).toMatchObject({ title: `${title}, seen` });
	}
	const deliveries = sandbox.deliveries.slice(deliveriesBefore);
	expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
	expect(await client.executions(id)).toHaveLength(2);
	await client.deactivate(id);
});
