import axios from 'axios';

import { changeRecord } from '../support/change-record.cts';
import { poll } from '../support/n8n/poll.cts';
import { inModule, TRIGGER, triggerWorkflow } from '../support/n8n/workflows.cts';
import { stageForTests } from './stage-for-tests.cts';

/** Until then, n8n treats a workflow whose activation was interrupted as still being changed. */
const environment = {
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '10',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '500',
};

const stage = stageForTests({ environment });

it('works on after n8n was ended hard, with the same webhooks, and knows what it has seen', async () => {
	const { client, credential, sandbox } = stage;
	const parameters = {
		event: 'created',
		module: inModule('Account'),
		options: { ignoreRepeats: true },
	};
	const definition = triggerWorkflow('Restarted', parameters, credential);
	const { id } = await client.createWorkflow(definition);
	await client.activate(id);
	const registered = [...sandbox.webhooks];
	await changeRecord(sandbox, definition.nodes[0]);
	await client.waitForExecution(id);
	await sandbox.settle();
	const [delivered] = sandbox.deliveries;

	await stage.restart();
	expect(sandbox.webhooks).toEqual(registered);
	const again = await axios.post(delivered.url, delivered.body, { proxy: false });
	expect(again.status).toBe(200);
	await changeRecord(sandbox, definition.nodes[0]);
	const { nodeOutputs } = await stage.client.waitForExecution(id, 2);
	const newest = sandbox.records('Account').at(-1)?.id;
	expect(nodeOutputs[TRIGGER]).toMatchObject([{ json: { recordId: newest } }]);
	expect(await stage.client.executions(id)).toHaveLength(2);

	await stage.client.deactivate(id);
	expect(sandbox.webhooks).toEqual([]);
});

// When n8n 2.41 starts again, it treats an interrupted activation as complete and doesn't ask the node.
it('is mended by the next activation when n8n was ended in the middle of one', async () => {
	const { client, credential, sandbox } = stage;
	const parameters = { event: 'createdOrUpdated', module: inModule('Account') };
	const definition = triggerWorkflow('Interrupted', parameters, credential);
	const { id } = await client.createWorkflow(definition);
	sandbox.latency = 500;
	// n8n 1.x answers at the end of the activation, which it does not live to see.
	const request = client.requestActivation(id).catch(() => undefined);
	const interrupted = await poll('the first webhook', 20_000, async () => sandbox.webhooks.at(0));
	await stage.restart(() => (sandbox.latency = 0));
	await request;

	await stage.client.deactivate(id);
	await stage.client.activate(id);
	expect(sandbox.webhooks.map(({ type }) => type)).toEqual(['create', 'update']);
	expect(sandbox.webhooks).not.toContain(interrupted);
	await changeRecord(sandbox, definition.nodes[0]);
	await stage.client.waitForExecution(id);
	await stage.client.deactivate(id);
	expect(sandbox.webhooks).toEqual([]);
});

describe('A state of the trigger that was put back', () => {
	const STATE_SCOPES = ['workflow:read', 'workflow:update'];

	/** A client of n8n's public API. */
	async function publicApi() {
		const { client, server } = stage;
		const baseURL = `${server.url}/api/v1`;
		const headers = { 'X-N8N-API-KEY': await client.createApiKey(STATE_SCOPES) };
		return axios.create({ baseURL, headers, proxy: false });
	}

	// As n8n's public API does it for whoever copies a whole workflow back.
	it('by n8n’s public API does no harm once the workflow is published again', async () => {
		const { client, credential, sandbox } = stage;
		const definition = triggerWorkflow(
			'Put back',
			{ event: 'created', module: inModule('Account') },
			credential,
		);
		const { id } = await client.createWorkflow(definition);
		await client.activate(id);
		const api = await publicApi();
		const { staticData } = (await api.get<{ staticData: object }>(`/workflows/${id}`)).data;
		await client.deactivate(id);
		await client.activate(id);
		const { name, nodes, connections, settings = {} } = definition;
		await api.put(`/workflows/${id}`, { name, nodes, connections, settings, staticData });
		await stage.restart();

		await stage.client.deactivate(id);
		await stage.client.activate(id);
		expect(sandbox.webhooks).toHaveLength(1);
		await changeRecord(sandbox, definition.nodes[0]);
		await stage.client.waitForExecution(id);
		expect(sandbox.deliveries.at(-1)?.status).toBe(200);
		await stage.client.deactivate(id);
		expect(sandbox.webhooks).toEqual([]);
	});
});
