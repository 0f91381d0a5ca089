import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import type { Fault, Sandbox } from '../../sandbox/sandbox.cts';
import { everythingIn, LOGIN_HEADER, secretsOf } from '../../support/engine/secrets.cts';
import { createContact, getContact, getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';

const DATA = /^\/data\//;

const FAULTS: Array<[string, Fault]> = [
	['a broken connection', { kind: 'resetBefore' }],
	['an answer that breaks off', { kind: 'truncated' }],
	['a time-out', { kind: 'timeout' }],
	['a web page', { kind: 'html' }],
	['plain text', { kind: 'notJson' }],
	['a redirect', { kind: 'redirect', location: 'https://other.example/' }],
	['a firewall that quotes the request', { kind: 'quotedRequest' }],
	['a page of the server that quotes the request', { kind: 'quotedRequest', status: 500 }],
	['an answer in JSON that quotes the request', { kind: 'quotedRequest', status: 200 }],
	['errors in a 200', { kind: 'errorsIn200' }],
	...[400, 401, 403, 404, 429, 500, 503].map((status): [string, Fault] => [
		`a ${status}`,
		{ kind: 'status', status },
	]),
];

const WRONG_PASSWORD = 'wrong-password-of-nobody';
const WRONG_SECRET = 'wrong-secret-of-nobody';

/** Credentials that fail at the login, by what is wrong with them. */
const WRONG: Array<[string, (sandbox: Sandbox) => ICredentialDataDecryptedObject]> = [
	['a wrong password', () => ({ password: WRONG_PASSWORD })],
	['an http address', () => ({ domain: 'http://crm.example.com' })],
	['an address that is none', () => ({ domain: 'crm example' })],
	['a closed port', () => ({ domain: 'http://127.0.0.1:1' })],
	['https on an http port', ({ domain }) => ({ domain: `https://${domain}` })],
	[
		'a client secret that is wrong',
		() => ({ authentication: 'oauth2', clientSecret: WRONG_SECRET }),
	],
];

describe.each(['basic', 'oauth2'] as const)('Nothing secret is told (%s)', (authentication) => {
	const { sandbox, engine } = engineWithSandbox({ authentication, perTest: true });

	beforeEach(() => {
		skipPauses();
	});

	function expectNoSecretIn(value: unknown): void {
		const text = everythingIn(value);
		for (const secret of [...secretsOf(engine), WRONG_PASSWORD, WRONG_SECRET])
			expect(text).not.toContain(secret);
		expect(text).not.toMatch(LOGIN_HEADER);
	}

	it.each(FAULTS)('after %s', async (_, fault) => {
		await engine.items(getMe);
		const parameters: INodeParameters = { ...createContact('Aalto'), options: { timeout: 1 } };
		sandbox.failNext(fault, { path: DATA, times: 9 });
		const error = await engine.failure(parameters);
		expect(everythingIn(error)).toContain(error.message);
		expectNoSecretIn(error);
		const { items } = await engine.run(parameters, { continueOnFail: true });
		expect(items).toHaveLength(1);
		expect(items[0].json.error).toContain(error.message);
		expectNoSecretIn(items);
	});

	it.each(WRONG)('of a login with %s', async (_, wrong) => {
		Object.assign(engine.credentials.data, wrong(sandbox));
		const error = await engine.failure(getContact('1'));
		expectNoSecretIn(error);
		const { items } = await engine.run(getContact('1'), { continueOnFail: true });
		expect(items).toHaveLength(1);
		expectNoSecretIn(items);
	});

	it('in what a call of the API returns', async () => {
		const headers = { 'Set-Cookie': 'session=c00k1e' };
		sandbox.failNext({ kind: 'errorsIn200', body: { id: '1' }, headers }, { path: DATA });
		const call = { resource: 'api', operation: 'call', method: 'GET', url: 'data/Contact/1' };
		const { items } = await engine.run(call);
		expect(items[0].json).toMatchObject({ statusCode: 200, body: { id: '1' } });
		expectNoSecretIn(items);
		expect(everythingIn(items)).not.toContain('c00k1e');
	});
});
