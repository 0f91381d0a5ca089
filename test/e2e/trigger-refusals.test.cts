import axios from 'axios';

import { startSandbox } from '../sandbox/sandbox.cts';
import { changeRecord } from '../support/change-record.cts';
import { provideCredential } from '../support/n8n/stage.cts';
import { inModule, TRIGGER, triggerWorkflow } from '../support/n8n/workflows.cts';
import { refusals } from './refusals.cts';
import { stageForTests } from './stage-for-tests.cts';

const stage = stageForTests();

const PARAMETERS = { event: 'created', module: inModule('Account') };

async function deliver(url: string, body: object): Promise<number> {
	const answer = await axios.post(url, body, { validateStatus: () => true, proxy: false });
	return answer.status;
}

it('says in the log of n8n what it refused, once a minute, without values and tokens', async () => {
	const { client, credential, sandbox } = stage;
	const { id } = await client.createWorkflow(triggerWorkflow('Log', PARAMETERS, credential));
	await client.activate(id);
	const [{ url }] = sandbox.webhooks;
	const token = String(new URL(url).searchParams.get('token'));
	const wrongToken = '0'.repeat(token.length);

	for (let time = 0; time < 3; time++) {
		expect(await deliver(url.replace(token, wrongToken), { id: '1', name: 'Secret' })).toBe(401);
		expect(await deliver(url, { title: 'Secret', city: 'Secret' })).toBe(400);
	}
	const lines = await refusals(stage.server.logFile, id, 2);
	expect(lines).toEqual([
		expect.stringMatching(/Unknown or missing token\. .* the names: id, name$/),
		expect.stringMatching(/No record ID in the body\. .* the names: title, city$/),
	]);
	for (const hidden of ['Secret', token, wrongToken]) expect(lines.join()).not.toContain(hidden);
	expect(await client.executions(id)).toEqual([]);
	await client.deactivate(id);
});

it('refuses the events of a 1CRM that its credential no longer leads to, until it is published again', async () => {
	const { client, credential, sandbox } = stage;
	const definition = triggerWorkflow('Moved', PARAMETERS, credential);
	const { id } = await client.createWorkflow(definition);
	await client.activate(id);
	const other = await startSandbox();
	try {
		// Saves the same credential, with another domain.
		await provideCredential(client, other);
		await changeRecord(sandbox, definition.nodes[0]);
		await sandbox.settle();
		expect(sandbox.deliveries.at(-1)?.status).toBe(401);
		expect(await refusals(stage.server.logFile, id, 1)).toEqual([
			expect.stringMatching(/another 1CRM\. Publish the workflow again/),
		]);
		expect(await client.executions(id)).toEqual([]);
		expect(other.requests).toEqual([]);

		await client.deactivate(id);
		await client.activate(id);
		expect(other.webhooks).toMatchObject([{ type: 'create', model: 'Account' }]);
		await changeRecord(other, definition.nodes[0]);
		const { nodeOutputs } = await client.waitForExecution(id);
		expect(nodeOutputs[TRIGGER]).toMatchObject([
			{ json: { record: { id: other.records('Account').at(-1)?.id } } },
		]);
		await client.deactivate(id);
		expect(other.webhooks).toEqual([]);
	} finally {
		await provideCredential(client, sandbox);
		await other.stop();
	}
});
