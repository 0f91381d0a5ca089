import { createContact, getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { until } from '../../support/until.cts';

const TOKEN_PATH = '/auth/user/access_token';

describe('Login as an API client', () => {
	const { sandbox, engine } = engineWithSandbox({
		authentication: 'clientCredentials',
		perTest: true,
	});

	const logIns = () => sandbox.requests.filter(({ path }) => path === TOKEN_PATH);

	it('exchanges ID and secret alone, as JSON, for a token', async () => {
		await engine.items(getMe);
		expect(logIns()).toHaveLength(1);
		expect(logIns()[0].body).toEqual({
			grant_type: 'client_credentials',
			client_id: sandbox.clientId,
			client_secret: sandbox.clientSecret,
			scope: 'read write profile',
		});
		expect(logIns()[0].headers.authorization).toBeUndefined();
	});

	it('sends no user name and password that were entered for another way to log in', async () => {
		Object.assign(engine.credentials.data, { username: 'admin', password: 'kept-password' });
		await engine.items(getMe);
		expect(JSON.stringify(sandbox.requests)).not.toContain('kept-password');
	});

	it('acts as the user who is assigned to the client', async () => {
		expect(await engine.items(getMe)).toMatchObject([{ recordId: '1' }]);
		await engine.items(createContact('Aalto'));
		expect(sandbox.records('Contact')).toMatchObject([{ assigned_user_id: '1' }]);
	});

	it('logs in again when the token expires in the middle of a run', async () => {
		await engine.items(getMe);
		sandbox.hold({ method: 'POST', path: /^\/data/, after: 10 });
		const items = Array.from({ length: 30 }, () => ({ json: {} }));
		const run = engine.items(
			{ ...createContact('Aalto'), options: { parallelRequests: 4 } },
			{ items },
		);
		await until(() => sandbox.held === 4);
		sandbox.expireTokens();
		sandbox.release();
		expect(await run).toHaveLength(30);
		expect(sandbox.records('Contact')).toHaveLength(30);
		expect(logIns()).toHaveLength(2);
	});

	it('does not go on with the token of an access token login', async () => {
		const { username, password } = sandbox;
		Object.assign(engine.credentials.data, { authentication: 'oauth2', username, password });
		await engine.items(getMe);
		engine.credentials.data.authentication = 'clientCredentials';
		await engine.items(getMe);
		expect(sandbox.tokensIssued).toBe(2);
	});
});
