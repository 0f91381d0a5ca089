import { inModule, manualWorkflow, ONE_CRM } from '../support/n8n/workflows.cts';
import { stageForTests } from './stage-for-tests.cts';

const stage = stageForTests();

const CONTACTS = /^\/data\/Contact$/;

async function run(operation: 'create' | 'search', parameters: object) {
	const { client, credential } = stage;
	const node = { resource: 'record', operation, module: inModule('Contact'), ...parameters };
	const { id } = await client.createWorkflow(manualWorkflow('Lost', node, credential));
	return await client.runWorkflow(id);
}

it.each(['resetBefore', 'truncated'] as const)(
	'a request that only reads is sent again if its answer is lost (%s)',
	async (kind) => {
		const { sandbox } = stage;
		sandbox.clearRequests();
		sandbox.failNext({ kind }, { method: 'GET', path: CONTACTS });
		const { status, nodeErrors } = await run('search', { limit: 1 });
		expect([status, nodeErrors]).toEqual(['success', {}]);
		expect(sandbox.requests.filter(({ path }) => CONTACTS.test(path))).toHaveLength(2);
	},
);

it.each(['resetAfter', 'truncated'] as const)(
	'a record is created once if the answer is lost, with a warning (%s)',
	async (kind) => {
		const { sandbox } = stage;
		sandbox.failNext({ kind }, { method: 'POST', path: CONTACTS });
		const fields = { mappingMode: 'defineBelow', value: { last_name: kind } };
		const { message, description } = (await run('create', { fields })).nodeErrors[ONE_CRM];
		expect(message).toMatch(/^The connection to ".+" was lost before an answer arrived$/);
		expect(description).toContain('1CRM may have applied this change anyway');
		const created = sandbox.records('Contact').filter(({ last_name }) => last_name === kind);
		expect(created).toHaveLength(1);
	},
);

it('a 1CRM that is gone is named', async () => {
	const { client } = stage;
	const data = { domain: 'http://127.0.0.1:1', allowHttp: true, username: 'a', password: 'b' };
	const gone = await client.createCredential({ name: 'Gone', type: 'oneCrmApi', data });
	const me = { resource: 'user', operation: 'getMe' };
	const { id } = await client.createWorkflow(manualWorkflow('Gone', me, gone));
	const { nodeErrors } = await client.runWorkflow(id);
	expect(nodeErrors[ONE_CRM].message).toBe('"127.0.0.1:1" refuses connections');
});
