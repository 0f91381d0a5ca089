import type { INode } from 'n8n-workflow';

import type { Authentication } from '../../nodes/OneCrm/http/credentials';
import type { SavedCredential } from '../support/n8n/definitions.cts';
import type { Execution } from '../support/n8n/execution.cts';
import { chainWorkflow, inModule } from '../support/n8n/workflows.cts';
import { inMidRun } from './in-mid-run.cts';
import { stageForTests } from './stage-for-tests.cts';

const stage = stageForTests();

const NEW_CONTACT = /^\/data\/Contact$/;

/** The second node, which runs once for each account. */
const WRITING = '1CRM 2';

/** How the log-in of each way ends, and what the user is told if there is no other. */
const WAYS: Record<Authentication, { runOut: () => void; revoke: () => void; message: RegExp }> = {
	basic: {
		// Basic has nothing that runs out. A server may refuse one request nevertheless, e.g. while it starts again.
		runOut: () => stage.sandbox.failNext({ kind: 'status', status: 401 }, { path: NEW_CONTACT }),
		revoke: () => (stage.sandbox.variants.basicAuth = false),
		message: /^1CRM didn't accept the login/,
	},
	oauth2: {
		runOut: () => stage.sandbox.expireTokens(),
		revoke: () => (stage.sandbox.variants.grants = ['client_credentials']),
		message: /isn't allowed to log in with a password/,
	},
	clientCredentials: {
		runOut: () => stage.sandbox.expireTokens(),
		revoke: () => (stage.sandbox.variants.grants = ['password']),
		message: /isn't allowed to log in by itself/,
	},
};

describe.each(Object.entries(WAYS))('the log-in by %s', (way, { runOut, revoke, message }) => {
	let credential: SavedCredential;

	beforeAll(async () => {
		const { url: domain, username, password, clientId, clientSecret } = stage.sandbox;
		const client = { domain, authentication: way, clientId, clientSecret };
		const data = way === 'clientCredentials' ? client : { ...client, username, password };
		credential = await stage.client.createCredential({
			...{ name: `Log-in by ${way}`, type: 'oneCrmApi', data },
		});
	});

	beforeEach(() => {
		const { sandbox } = stage;
		sandbox.clear('Contact');
		sandbox.clearRequests();
	});

	afterEach(() => {
		Object.assign(stage.sandbox.variants, {
			basicAuth: true,
			grants: ['password', 'client_credentials', 'refresh_token'],
		});
	});

	/** Creates a contact for each of twelve accounts, one after the other, and goes on after a failure if told so. */
	async function run(onError?: INode['onError']): Promise<Execution> {
		const create = {
			...{ resource: 'record', operation: 'create', module: inModule('Contact') },
			fields: { mappingMode: 'defineBelow', value: { last_name: '={{ $json.name }}' } },
			options: { parallelRequests: 1 },
		};
		const search = { resource: 'record', operation: 'search', module: inModule('Account') };
		const steps = [{ ...search, returnAll: false, limit: 12 }, create];
		const workflow = chainWorkflow(`Log-in by ${way}`, steps, credential);
		for (const node of workflow.nodes) if (node.name === WRITING) node.onError = onError;
		const { id } = await stage.client.createWorkflow(workflow);
		return await stage.client.runWorkflow(id);
	}

	it('passes the test of the credential', async () => {
		expect(await stage.client.testCredential(credential)).toMatchObject({ status: 'OK' });
	});

	it('serves a run', async () => {
		const { status, nodeErrors } = await run();
		expect([status, nodeErrors]).toEqual(['success', {}]);
		expect(stage.sandbox.records('Contact')).toHaveLength(12);
	});

	it('is renewed if it runs out in the middle of a run', async () => {
		const { sandbox } = stage;
		const middle = inMidRun(sandbox, { path: NEW_CONTACT, after: 5 }, runOut);
		const [{ status, nodeErrors }] = await Promise.all([run(), middle]);
		expect([status, nodeErrors]).toEqual(['success', {}]);
		// Each once: the request that was refused is sent again, the others are not.
		expect(sandbox.records('Contact')).toHaveLength(12);
		const refused = sandbox.requests.filter(({ status: answer }) => answer === 401);
		expect(refused).toHaveLength(1);
	});

	it('is refused in plain words, in the test and in a run', async () => {
		const { sandbox, client } = stage;
		revoke();
		sandbox.expireTokens();
		const { status, message: told } = await client.testCredential(credential);
		expect([status, told]).toEqual(['Error', expect.stringMatching(message)]);
		const { nodeErrors } = await run();
		const [error] = Object.values(nodeErrors);
		expect(told).toContain(error.message);
		// What to do about it.
		expect(`${told} ${error.description}`).toMatch(/Administration > API Clients|switch it on/);
		expect(JSON.stringify(nodeErrors)).not.toContain(sandbox.clientSecret);
		expect(sandbox.records('Contact')).toEqual([]);
	});

	it('that ends in the middle of a run says what was done until then', async () => {
		const { sandbox } = stage;
		const middle = inMidRun(sandbox, { path: NEW_CONTACT, after: 5 }, () => {
			revoke();
			sandbox.expireTokens();
		});
		const [{ nodeErrors }] = await Promise.all([run(), middle]);
		expect(nodeErrors[WRITING].message).toMatch(message);
		expect(sandbox.records('Contact')).toHaveLength(5);
	});

	it('is tried once, not for each item, if it is refused in the middle of a run that goes on', async () => {
		const { sandbox } = stage;
		let sent = 0;
		const middle = inMidRun(sandbox, { path: NEW_CONTACT, after: 5 }, () => {
			revoke();
			sandbox.expireTokens();
			sent = sandbox.requests.length;
		});
		const [{ nodeOutputs }] = await Promise.all([run('continueRegularOutput'), middle]);
		const failed = nodeOutputs[WRITING].filter(({ json }) => json.error !== undefined);
		expect(failed).toHaveLength(7);
		for (const { json } of failed) expect(json.error).toMatch(message);
		const refused = sandbox.requests.slice(sent).filter(({ status }) => status !== 200);
		// The log-in that n8n tries after the request of the sixth item.
		expect(refused).toHaveLength(1);
	});
});
