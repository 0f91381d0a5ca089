import axios from 'axios';
import { changeRecord } from './other-client.cts';
import { type Stage, startStage } from './stage.cts';
import { TRIGGER, triggerWorkflow } from './workflows.cts';

const INSTALLATION_LIMIT = 20 * 60_000;

let stage: Stage;

beforeAll(async () => {
	stage = await startStage({ report: (line) => process.stderr.write(`${line}\n`) });
}, INSTALLATION_LIMIT);

afterAll(async () => {
	await stage?.stop();
});

/** Sends what 1CRM would send, and returns the status of the answer. */
async function deliver(url: string): Promise<number> {
	const answer = await axios.post(url, { id: '1' }, { validateStatus: () => true, proxy: false });
	return answer.status;
}

it('starts an execution for a change by another client, and for nobody without the token', async () => {
	const { client, credential, sandbox } = stage;
	const parameters = {
		event: 'createdOrUpdated',
		module: { __rl: true, mode: 'name', value: 'Account' },
		options: { webhookName: 'From the test' },
	};
	const definition = triggerWorkflow('Changed accounts', parameters, credential);
	const { id } = await client.createWorkflow(definition);

	await client.activate(id);
	expect(sandbox.webhooks.map(({ type, model }) => `${type} ${model}`)).toEqual([
		'create Account',
		'update Account',
	]);

	await changeRecord(sandbox, {
		...definition.nodes[0],
		parameters: { ...parameters, event: 'created' },
	});
	const created = (await client.waitForExecution(id)).nodeOutputs[TRIGGER];
	expect(created.map(({ json }) => json)).toEqual([
		{
			event: 'created',
			module: 'Account',
			recordId: sandbox.records('Account').at(-1)?.id,
			webhookName: 'From the test',
			record: expect.objectContaining({ id: sandbox.records('Account').at(-1)?.id }),
		},
	]);

	const [webhook] = sandbox.webhooks;
	const withoutToken = new URL(webhook.url);
	withoutToken.searchParams.delete('token');
	const wrongToken = new URL(webhook.url);
	wrongToken.searchParams.set('token', '0'.repeat(64));
	expect(await deliver(withoutToken.href)).toBe(401);
	expect(await deliver(wrongToken.href)).toBe(401);

	await client.deactivate(id);
	expect(sandbox.webhooks).toEqual([]);
	expect(await deliver(webhook.url)).toBe(404);
	expect(await client.executions(id)).toHaveLength(1);
});
