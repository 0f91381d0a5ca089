import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

import { changeRecord } from '../support/change-record.cts';
import { clientOf } from '../support/client.cts';
import { poll } from '../support/n8n/poll.cts';
import { inModule, TRIGGER, triggerWorkflow } from '../support/n8n/workflows.cts';
import { stageForTests } from './stage-for-tests.cts';

const stage = stageForTests();

/** A form in several parts, with the field `id`. */
const PARTS = '--x\r\nContent-Disposition: form-data; name="id"\r\n\r\nparts\r\n--x--\r\n';

/** Sends what 1CRM would send, and returns the status of the answer. */
async function deliver(url: string): Promise<number> {
	const answer = await axios.post(url, { id: '1' }, { validateStatus: () => true, proxy: false });
	return answer.status;
}

it('starts an execution for a change by another client, and for nobody without the token', async () => {
	const { client, credential, sandbox } = stage;
	const parameters = {
		event: 'createdOrUpdated',
		module: inModule('Account'),
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

it('starts one workflow while another one on the same module is not active', async () => {
	const { client, credential, sandbox } = stage;
	const parameters = { event: 'created', module: inModule('Account') };
	const definitions = ['First', 'Second'].map((name) =>
		triggerWorkflow(name, parameters, credential),
	);
	// One after the other: n8n 1 with SQLite can't start two transactions at once.
	const { id: first } = await client.createWorkflow(definitions[0]);
	const { id: second } = await client.createWorkflow(definitions[1]);
	await client.activate(first);
	await client.activate(second);
	expect(sandbox.webhooks).toHaveLength(2);

	await client.deactivate(first);
	await changeRecord(sandbox, definitions[1].nodes[0]);
	await client.waitForExecution(second);
	expect(await client.executions(first)).toEqual([]);

	await client.deactivate(second);
	expect(sandbox.webhooks).toEqual([]);
});

it('has one set of webhooks that work after it was activated several times at once', async () => {
	const { client, credential, sandbox } = stage;
	const parameters = { event: 'createdOrUpdated', module: inModule('Account') };
	const definition = triggerWorkflow('Overlapping', parameters, credential);
	const { id } = await client.createWorkflow(definition);
	for (let round = 1; round <= 3; round++) {
		// So slow that the activations meet.
		sandbox.latency = 100;
		await Promise.all([client.activate(id), client.activate(id), client.activate(id)]);
		sandbox.latency = 0;
		expect(sandbox.webhooks.map(({ type }) => type).sort()).toEqual(['create', 'update']);
		const created = { ...definition.nodes[0], parameters: { ...parameters, event: 'created' } };
		await changeRecord(sandbox, created);
		await client.waitForExecution(id, round);
		await client.deactivate(id);
		expect(sandbox.webhooks).toEqual([]);
	}
	expect(await client.executions(id)).toHaveLength(3);
});

it('has exactly the webhooks of its settings after they were changed', async () => {
	const { client, credential, sandbox } = stage;
	const parameters = { event: 'createdOrUpdated', module: inModule('Account') };
	const definition = triggerWorkflow('Changing', parameters, credential);
	const { id } = await client.createWorkflow(definition);
	await client.activate(id);
	const [node] = definition.nodes;
	const change = async (changes: INodeParameters) => {
		node.parameters = { ...node.parameters, ...changes };
		await client.updateWorkflow(id, { nodes: [node] });
		await client.activate(id);
	};
	await change({ event: 'updated' });
	await change({ module: inModule('Contact') });
	expect(sandbox.webhooks).toMatchObject([{ type: 'update', model: 'Contact' }]);

	const condition = { field: 'last_name', operator: 'eq', value: 'Berg', when: 'current_value' };
	await change({ filters: { conditions: [condition] } });
	const filters = { conditions: [{ field: 'last_name', filter: 'eq', value: 'Berg' }] };
	expect(sandbox.webhooks).toMatchObject([{ filters }]);

	// Somebody deletes it in 1CRM.
	await clientOf(sandbox).delete(`/webhooks/${sandbox.webhooks[0].id}`);
	expect(sandbox.webhooks).toEqual([]);
	await change({ options: { webhookName: 'Again' } });
	expect(sandbox.webhooks).toMatchObject([{ type: 'update', filters }]);
	await client.deactivate(id);
	expect(sandbox.webhooks).toEqual([]);
});

it.each([
	['of version 1', 1],
	['as it is added', undefined],
])(
	'%s starts an execution for each body with a record in it, and for no other',
	async (_, version) => {
		const { client, credential, sandbox } = stage;
		const parameters = {
			event: 'created',
			module: inModule('Account'),
			options: { fetchRecord: false },
		};
		const { nodes, ...definition } = triggerWorkflow('Odd', parameters, credential);
		const [node] = nodes;
		const { id } = await client.createWorkflow({
			...definition,
			nodes: [{ ...node, typeVersion: version ?? node.typeVersion }],
		});
		await client.activate(id);
		const [{ url }] = sandbox.webhooks;
		const JSON_TYPE = 'application/json';
		const FORM = 'application/x-www-form-urlencoded';
		const deliveries: Array<[string, string | Buffer, 'item' | 'refused']> = [
			[JSON_TYPE, '{"id":"json"}', 'item'],
			[JSON_TYPE, '{"record":{"id":"wrapped"}}', 'item'],
			[JSON_TYPE, '[{"id":"first"},{"id":"second"}]', 'item'],
			[JSON_TYPE, `{"id":"huge","notes":"${'x'.repeat(10 * 1024 * 1024)}"}`, 'item'],
			[FORM, 'id=form&name=a%26b', 'item'],
			[FORM, '{"id":"json-as-form","name":"a&b=c"}', 'item'],
			['text/plain', '{"id":"text"}', 'item'],
			['application/octet-stream', '{"id":"bytes"}', 'item'],
			['application/vnd.api+json', '{"id":"json-api"}', 'item'],
			['multipart/form-data; boundary=x', PARTS, 'item'],
			[JSON_TYPE, '', 'refused'],
			[JSON_TYPE, '{}', 'refused'],
			[JSON_TYPE, '{"id":', 'refused'],
			[JSON_TYPE, '{"__proto__":{"id":"1"}}', 'refused'],
			['text/html', '<p>id=1</p>', 'refused'],
			['application/octet-stream', '', 'refused'],
			['application/octet-stream', Buffer.from('7b226964223a22ff', 'hex'), 'refused'],
			[JSON_TYPE, Buffer.from('7b226964223a22ff', 'hex'), 'refused'],
		];
		const outcomes: string[] = [];
		for (const [type, body] of deliveries) {
			const headers = { 'Content-Type': type };
			const options = { headers, proxy: false as const, validateStatus: () => true };
			const { status } = await axios.post(url, body, { ...options, transformRequest: [] });
			outcomes.push(status === 200 ? 'item' : status < 500 ? 'refused' : `status ${status}`);
		}
		expect(outcomes).toEqual(deliveries.map(([, , outcome]) => outcome));

		await client.waitForExecution(id, outcomes.filter((outcome) => outcome === 'item').length);
		const ids: unknown[] = [];
		for (const execution of await client.executions(id)) {
			const { nodeOutputs } = await client.execution(execution.id);
			ids.push(...nodeOutputs[TRIGGER].map(({ json }) => json.recordId));
		}
		const read = ['json', 'wrapped', 'first', 'second', 'huge', 'form', 'json-as-form', 'text'];
		expect(ids.sort()).toEqual([...read, 'bytes', 'json-api', 'parts'].sort());
		await client.deactivate(id);
	},
);

it('listens for a test event with a webhook of its own', async () => {
	const { client, credential, sandbox } = stage;
	const parameters = { event: 'created', module: inModule('Account') };
	const definition = triggerWorkflow('Tested', parameters, credential);
	const { id } = await client.createWorkflow(definition);
	await client.activate(id);
	const [production] = sandbox.webhooks;

	await client.listen(id, TRIGGER);
	await client.stopListening(id);
	await poll('the end of listening', 5000, async () => sandbox.webhooks.length === 1 || undefined);
	expect(sandbox.webhooks).toEqual([production]);

	await client.listen(id, TRIGGER);
	expect(sandbox.webhooks).toHaveLength(2);
	await changeRecord(sandbox, definition.nodes[0]);
	await client.waitForExecution(id, 2);
	const modes = (await client.executions(id)).map(({ mode }) => mode);
	expect(modes.sort()).toEqual(['manual', 'webhook']);
	expect(sandbox.webhooks).toEqual([production]);
	await client.deactivate(id);
});
