import axios from 'axios';
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';
import { builtPackage } from '../../support/engine/built-package.cts';
import { Engine, sandboxCredential } from '../../support/engine/engine.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('What the credential makes of a request', () => {
	const sandbox = sandboxForTests({ folder: '/crm' });
	let type: ICredentialType;
	let credential: ICredentialDataDecryptedObject;

	beforeAll(async () => {
		type = (await builtPackage()).credentialType;
		credential = sandboxCredential(sandbox);
	});

	async function authenticate(url: string, changed: ICredentialDataDecryptedObject = {}) {
		const { credentials } = await Engine.start({ ...credential, ...changed });
		return await credentials.authenticate(credentials.data, type.name, { url });
	}

	/** Sends the request of the credential's own test and returns the answer's body. */
	async function sendTest(changed: ICredentialDataDecryptedObject = {}): Promise<unknown> {
		const request = await authenticate(String(type.test?.request.url), changed);
		const { data } = await axios.request<unknown>({
			method: type.test?.request.method,
			url: request.url,
			headers: Object.fromEntries(
				Object.entries(request.headers ?? {}).map(([name, value]) => [name, String(value)]),
			),
			proxy: false,
		});
		return data;
	}

	it.each(['data/Account', '/data/Account', 'api.php/data/Account', '/api.php/data/Account'])(
		'leads %s below the server',
		async (url) => {
			const request = await authenticate(url);
			expect(request.url).toBe(`${sandbox.url}/api.php/data/Account`);
			expect(request.headers?.Authorization).toMatch(/^Basic /);
			expect(request.disableFollowRedirect).toBe(true);
			expect(request.skipSslCertificateValidation).toBe(false);
		},
	);

	it.each([
		'https://other.example/api.php/data/Account',
		'http://127.0.0.1/crm/api.php/data/Account',
		'//other.example/api.php/data/Account',
		'/\\other.example/data',
		'\\\\other.example/data',
		'ht\ntps://other.example/',
		'../index.php',
		'data/../../index.php',
		'data/%2e%2e/%2E%2E/index.php',
		'data\\..\\..\\index.php',
		'javascript:alert(1)',
	])('refuses %j, which leads elsewhere', async (url) => {
		await expect(authenticate(url)).rejects.toThrow('leads outside the 1CRM API');
	});

	it('takes the absolute address of its own server', async () => {
		const url = `${sandbox.url}/api.php/me`;
		expect((await authenticate(url)).url).toBe(url);
	});

	it('ignores the certificate only where that is switched on', async () => {
		const request = await authenticate('me', { allowUnauthorizedCerts: true });
		expect(request.skipSslCertificateValidation).toBe(true);
	});

	it('sends no login at all while there is no token of these credentials', async () => {
		const changed = { authentication: 'oauth2', accessToken: 'of somebody else' };
		expect((await authenticate('me', changed)).headers).not.toHaveProperty('Authorization');
	});

	it('explains in the test of the credential why there was no answer', async () => {
		const { credentials } = await Engine.start(credential);
		const httpRequest = () => Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' }));
		const logIn = type.preAuthentication?.call({ helpers: { httpRequest } }, credentials.data);
		await expect(logIn).rejects.toThrow(
			`"127.0.0.1:${sandbox.port}" refuses connections. Check 'Domain' and its port`,
		);
	});

	it('leaves the login out of what the test says of a redirect', async () => {
		const { credentials } = await Engine.start(credential);
		const login = Buffer.from(`${sandbox.username}:${sandbox.password}`).toString('base64');
		const headers = { location: `https://elsewhere.example/${login}/me` };
		const httpRequest = async () => ({ statusCode: 302, headers, body: '' });
		const logIn = type.preAuthentication?.call({ helpers: { httpRequest } }, credentials.data);
		await expect(logIn).rejects.toThrow('https://elsewhere.example/[removed]/me');
	});

	it('lets the test of the credential ask who is logged in', async () => {
		expect(await sendTest()).toMatchObject({ id: 'Users:1', last_name: 'Administrator' });
	});

	it('lets the test find every answer without a user, such as a web page', async () => {
		sandbox.failNext({ kind: 'html' });
		const page = await sendTest();
		const found = type.test?.rules?.find(
			(rule) =>
				rule.type === 'responseSuccessBody' &&
				Object(page)[rule.properties.key] === rule.properties.value,
		);
		expect(found?.properties.message).toContain("doesn't answer like a 1CRM API");
		expect(Object(await sendTest())[String(Object(found?.properties).key)]).toBe('Users:1');
	});
});
