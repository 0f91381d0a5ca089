import { type Flow, withEither } from './flow.cts';
import { OfficialClient, Refusal } from './official-client.cts';

const PAGE = 'auth';

const claimsOf = (token: string) =>
	JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()) as Record<string, unknown>;

/** The ways to log in. */
export const loggingIn: Flow[] = [
	{
		source: PAGE,
		shows: 'Log in with user name and password',
		standsFor: 'Credential: Basic',
		logins: ['Basic'],
		async run({ client }) {
			expect(await client.get('/me')).toMatchObject({ id: 'Users:1' });
		},
	},
	{
		source: PAGE,
		shows: 'Let a user log in with the browser, and trade the code',
		standsFor: 'Not used: the nodes log in without a browser',
		logins: ['OAuth'],
		async run({ sandbox }) {
			sandbox.variants.grants.push('authorization_code');
			const anonymous = OfficialClient.anonymous(sandbox);
			const { headers, status } = await anonymous.http.get('/auth/user/authorize', {
				params: {
					response_type: 'code',
					client_id: sandbox.clientId,
					redirect_uri: sandbox.redirectUri,
					scope: 'read write profile',
					state: 'of-this-visit',
				},
			});
			const back = new URL(String(headers.location));
			expect([status, back.origin + back.pathname]).toEqual([302, sandbox.redirectUri]);
			expect(back.searchParams.get('state')).toBe('of-this-visit');
			const code = { code: back.searchParams.get('code')!, redirect_uri: sandbox.redirectUri };
			const token = await anonymous.token('authorization_code', code);
			expect(token).toMatchObject({ token_type: 'Bearer', refresh_token: expect.any(String) });
			await expect(anonymous.token('authorization_code', code)).rejects.toMatchObject({
				code: 400,
			});
		},
	},
	{
		source: PAGE,
		shows: 'Trade user name and password for a token',
		standsFor: 'Credential: Access Token',
		logins: ['OAuth'],
		async run({ sandbox }) {
			const { username, password } = sandbox;
			const token = await OfficialClient.anonymous(sandbox).token('password', {
				username,
				password,
			});
			expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 86399 });
			expect(claimsOf(token.access_token)).toMatchObject({
				aud: sandbox.clientId,
				sub: 'Users:1',
				scopes: ['read', 'write', 'profile'],
			});
		},
	},
	{
		source: PAGE,
		shows: 'Log in as an API client',
		standsFor: 'Credential: API Client',
		logins: ['OAuth'],
		async run({ client, sandbox }) {
			const token = await OfficialClient.anonymous(sandbox).token('client_credentials');
			expect(token.refresh_token).toBeUndefined();
			expect(await client.get('/me')).toMatchObject({ id: 'Users:1' });
		},
	},
	{
		source: PAGE,
		shows: 'Renew a token before it runs out',
		standsFor: 'Not used: the nodes log in again',
		logins: ['OAuth'],
		async run({ sandbox }) {
			const { username, password } = sandbox;
			const anonymous = OfficialClient.anonymous(sandbox);
			const { refresh_token } = await anonymous.token('password', { username, password });
			sandbox.expireTokens();
			const renewed = await anonymous.token('refresh_token', { refresh_token });
			const client = OfficialClient.anonymous(sandbox, `Bearer ${renewed.access_token}`);
			expect(await client.get('/me')).toMatchObject({ id: 'Users:1' });
		},
	},
	withEither({
		source: 'examples/errors',
		shows: 'Tell errors apart: an unknown model, an unknown record, no network',
		standsFor: 'The messages of failures',
		async run({ client, sandbox }) {
			const unknownModel = client.create('Acount', { name: 'New Account' });
			await expect(unknownModel).rejects.toEqual(new Refusal(404, 'Model Acount not found'));
			const unknownId = client.record('Account', 'this-does-not-exist');
			await expect(unknownId).rejects.toEqual(new Refusal(404, 'Not found'));
			const url = sandbox.url.replace(/:\d+$/, ':1');
			const nowhere = OfficialClient.anonymous({ ...sandbox, url });
			await expect(nowhere.get('/me')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
		},
	}),
];
