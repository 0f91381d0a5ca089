import type { INodeExecutionData } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/sandbox.cts';
import { startSandbox } from '../../sandbox/sandbox.cts';
import { bareClientOf } from '../../support/client.cts';
import { getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { until } from '../../support/until.cts';

const TOKEN_PATH = '/auth/user/access_token';

describe('Login with an access token', () => {
	const { sandbox, engine } = engineWithSandbox({ authentication: 'oauth2', perTest: true });

	const paths = () => sandbox.requests.map(({ path }) => path);
	const token = () => String(engine.credentials.data.accessToken).split('.').slice(1).join('.');
	const logIns = () => paths().filter((path) => path === TOKEN_PATH).length;

	const items = (count: number): INodeExecutionData[] =>
		Array.from({ length: count }, (_, number) => ({ json: { number } }));

	/** What reached a server under `Authorization`, each once. */
	const authorizations = ({ requests }: Sandbox) => [
		...new Set(requests.flatMap(({ headers: { authorization } }) => authorization ?? [])),
	];

	it('trades user name and password, as JSON, for a token and uses that', async () => {
		await engine.items(getMe);
		const [login, ...others] = sandbox.requests;
		expect(login).toMatchObject({
			method: 'POST',
			path: TOKEN_PATH,
			headers: { 'content-type': 'application/json' },
			body: {
				grant_type: 'password',
				client_id: sandbox.clientId,
				client_secret: sandbox.clientSecret,
				scope: 'read write profile',
				username: sandbox.username,
				password: sandbox.password,
			},
		});
		expect(login.headers.authorization).toBeUndefined();
		expect(others).toHaveLength(2);
		expect(authorizations(sandbox)).toEqual([`Bearer ${token()}`]);
	});

	it('keeps the token for later executions', async () => {
		await engine.items(getMe);
		sandbox.clearRequests();
		await engine.items(getMe);
		expect(paths()).toEqual(['/me']);
		expect(sandbox.tokensIssued).toBe(1);
	});

	it('logs in once for many first requests at the same time', async () => {
		sandbox.hold({ path: /access_token/ });
		const run = engine.items(getMe, { items: items(20) });
		await until(() => sandbox.held > 0);
		sandbox.release();
		expect(await run).toHaveLength(20);
		expect(logIns()).toBe(1);
	});

	it('renews an expired token and repeats the request', async () => {
		await engine.items(getMe);
		const expired = token();
		sandbox.expireTokens();
		sandbox.clearRequests();
		expect(await engine.items(getMe)).toMatchObject([{ recordId: '1' }]);
		expect(paths()).toEqual(['/me', TOKEN_PATH, '/me', '/me']);
		expect(token()).not.toBe(expired);
		sandbox.clearRequests();
		await engine.items(getMe);
		expect(paths()).toEqual(['/me']);
	});

	it.each([8, 20])(
		'renews once for 20 items with an expired token, %i at a time',
		async (parallelRequests) => {
			await engine.items(getMe);
			sandbox.expireTokens();
			sandbox.gather(parallelRequests, { path: /^\/me$/ });
			const parameters = { ...getMe, options: { parallelRequests } };
			expect(await engine.items(parameters, { items: items(20) })).toHaveLength(20);
			expect(sandbox.tokensIssued).toBe(2);
		},
	);

	it('does not renew again for a request that was refused late', async () => {
		await engine.items(getMe);
		sandbox.expireTokens();
		sandbox.hold({ path: /^\/me$/, times: 1 });
		const late = engine.items(getMe);
		await until(() => sandbox.held === 1);
		await engine.items(getMe);
		sandbox.release();
		expect(await late).toMatchObject([{ recordId: '1' }]);
		expect(sandbox.tokensIssued).toBe(2);
	});

	it('renews an expired token that another process of n8n had made', async () => {
		await engine.items(getMe);
		sandbox.expireTokens();
		await engine.items(getMe);
		const { clientId, clientSecret, username, password } = sandbox;
		const { data } = await bareClientOf(sandbox).post<{ access_token: string }>(TOKEN_PATH, {
			grant_type: 'password',
			client_id: clientId,
			client_secret: clientSecret,
			scope: 'read write profile',
			username,
			password,
		});
		const stored = String(engine.credentials.data.accessToken);
		engine.credentials.data.accessToken = stored.replace(token(), data.access_token);
		sandbox.expireTokens();
		expect(await engine.items(getMe)).toMatchObject([{ recordId: '1' }]);
	});

	it('gives up when the server takes no token', async () => {
		sandbox.failNext({ kind: 'status', status: 401 }, { path: /^\/data/, times: 9 });
		const call = { resource: 'api', operation: 'call', method: 'GET', url: 'data/Task' };
		const error = await engine.failure(call);
		expect(error).toMatchObject({ message: "1CRM didn't accept the login", httpCode: '401' });
		expect(logIns()).toBe(2);
	});

	it('does not go on with the token of another user', async () => {
		const [admin] = await engine.items(getMe);
		const old = token();
		engine.credentials.data.username = 'sales';
		sandbox.clearRequests();
		const [sales] = await engine.items(getMe);
		expect(sales.recordId).not.toBe(admin.recordId);
		expect(authorizations(sandbox)).not.toContain(`Bearer ${old}`);
		expect(token()).not.toBe(old);
	});

	it.each([
		['password', 'wrong'],
		['clientSecret', 'wrong'],
		['clientId', 'wrong'],
	])('does not go on with the token of another %s', async (property, value) => {
		await engine.items(getMe);
		const old = token();
		engine.credentials.data[property] = value;
		sandbox.clearRequests();
		await engine.failure(getMe);
		expect(authorizations(sandbox)).not.toContain(`Bearer ${old}`);
	});

	it('never sends a token to another server than the one that gave it', async () => {
		await engine.items(getMe);
		const old = token();
		const other = await startSandbox({ seed: false });
		try {
			engine.credentials.data.domain = other.url;
			sandbox.clearRequests();
			expect(await engine.items(getMe)).toMatchObject([{ recordId: '1' }]);
			expect(other.tokensIssued).toBe(1);
			expect(authorizations(other)).toEqual([`Bearer ${token()}`]);
			expect(token()).not.toBe(old);
			expect(sandbox.requests).toEqual([]);
		} finally {
			await other.stop();
		}
	});

	it('does not go on with the token after a change to Basic', async () => {
		await engine.items(getMe);
		engine.credentials.data.authentication = 'basic';
		sandbox.clearRequests();
		await engine.items(getMe);
		expect(authorizations(sandbox)).toEqual([expect.stringMatching(/^Basic /)]);
	});
});
