import { bareClientOf, clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

const TOKEN_PATH = '/auth/user/access_token';

describe('authentication', () => {
	const sandbox = sandboxForTests({ perTest: true });

	const passwordGrant = (changes: object = {}) => ({
		grant_type: 'password',
		client_id: sandbox.clientId,
		client_secret: sandbox.clientSecret,
		username: sandbox.username,
		password: sandbox.password,
		scope: 'read write profile',
		...changes,
	});

	it('knows who calls by Basic, and refuses a wrong password or Basic switched off', async () => {
		const client = clientOf(sandbox);
		expect((await client.get('/me')).data).toEqual({
			id: 'Users:1',
			name: null,
			first_name: null,
			last_name: 'Administrator',
			timezone: 'UTC',
			is_partner: false,
			role: 'user',
			groups: [],
			email: null,
		});
		expect((await clientOf(sandbox, 'nobody').get('/me')).status).toBe(401);
		sandbox.variants.basicAuth = false;
		expect((await client.get('/me')).status).toBe(401);
	});

	it.each([
		['object', /^application\/json/, '{"message":"Not authorized"}'],
		['html', /^text\/html/, '<p>Not authorized</p>'],
		['text', /^text\/plain/, 'Not authorized'],
	] as const)('refuses Basic with 401 in the form %s', async (form, type, part) => {
		sandbox.variants.basicRefusal = form;
		const client = clientOf(sandbox, 'nobody');
		const answer = await client.get('/me', { responseType: 'text', transformResponse: String });
		expect(answer.status).toBe(401);
		expect(answer.headers['content-type']).toMatch(type);
		expect(answer.data).toContain(part);
	});

	it('needs no authentication for the version and the public key', async () => {
		const bare = bareClientOf(sandbox);
		expect((await bare.get('/version')).data.authenticated).toBe(false);
		expect((await clientOf(sandbox).get('/version')).data.authenticated).toBe(true);
		expect((await bare.get('/public_key')).data.key).toContain('BEGIN PUBLIC KEY');
		const { data, status } = await bare.get('/me');
		expect(status).toBe(401);
		expect(data).toEqual({
			error: 'access_denied',
			message: 'The resource owner or authorization server denied the request.',
			hint: 'Missing "Authorization" header',
		});
	});

	it('grants tokens for a password, lets them expire and be renewed once', async () => {
		const bare = bareClientOf(sandbox);
		const { data } = await bare.post(TOKEN_PATH, passwordGrant());
		expect(data).toMatchObject({ token_type: 'Bearer', expires_in: 86399 });
		const claims = JSON.parse(Buffer.from(data.access_token.split('.')[1], 'base64url').toString());
		expect(claims).toMatchObject({ sub: 'Users:1', scopes: ['read', 'write', 'profile'] });
		expect((await bareClientOf(sandbox, data.access_token).get('/data/Contact')).status).toBe(200);
		sandbox.expireTokens();
		const expired = await bareClientOf(sandbox, data.access_token).get('/me');
		expect([expired.status, expired.data.hint]).toEqual([401, 'Access token is invalid']);
		const renewal = {
			grant_type: 'refresh_token',
			client_id: sandbox.clientId,
			client_secret: sandbox.clientSecret,
			refresh_token: data.refresh_token,
		};
		const renewed = await bare.post(TOKEN_PATH, renewal);
		expect((await bareClientOf(sandbox, renewed.data.access_token).get('/me')).status).toBe(200);
		expect((await bare.post(TOKEN_PATH, renewal)).status).toBe(400);
		expect(sandbox.tokensIssued).toBe(2);
	});

	it('grants tokens for as long as the administrator chose', async () => {
		sandbox.variants.tokenLifetime = 0;
		const { data } = await bareClientOf(sandbox).post(TOKEN_PATH, passwordGrant());
		expect(data.expires_in).toBe(0);
		expect((await bareClientOf(sandbox, data.access_token).get('/me')).status).toBe(401);
	});

	it('grants client_credentials without a refresh token', async () => {
		const { data } = await bareClientOf(sandbox).post(
			TOKEN_PATH,
			passwordGrant({ grant_type: 'client_credentials' }),
		);
		expect(data.refresh_token).toBeUndefined();
		expect((await bareClientOf(sandbox, data.access_token).get('/me')).status).toBe(200);
	});

	it('holds tokens to their scopes: without any it is the profile alone', async () => {
		const { data } = await bareClientOf(sandbox).post(
			TOKEN_PATH,
			passwordGrant({ scope: undefined }),
		);
		const client = bareClientOf(sandbox, data.access_token);
		expect((await client.get('/me')).status).toBe(200);
		expect((await client.get('/data/Contact')).status).toBe(403);
	});

	it.each([
		[401, 'invalid_client', { client_secret: 'wrong' }],
		[401, 'invalid_credentials', { password: 'wrong' }],
		[400, 'invalid_scope', { scope: 'everything' }],
		[400, 'unsupported_grant_type', { grant_type: 'wish' }],
	])('refuses with %i %s', async (expected, error, changes) => {
		const { data, status } = await bareClientOf(sandbox).post(TOKEN_PATH, passwordGrant(changes));
		expect([status, data.error]).toEqual([expected, error]);
	});

	it('refuses a wrong password as newer libraries do if told to', async () => {
		sandbox.variants.wrongPassword = 'invalid_grant';
		const { data, status } = await bareClientOf(sandbox).post(
			TOKEN_PATH,
			passwordGrant({ password: 'wrong' }),
		);
		expect([status, data.error]).toEqual([400, 'invalid_grant']);
	});

	it('takes form fields at the token endpoint only if told to', async () => {
		const form = new URLSearchParams(passwordGrant());
		const bare = bareClientOf(sandbox);
		expect((await bare.post(TOKEN_PATH, form)).data.error).toBe('unsupported_grant_type');
		sandbox.variants.acceptFormTokens = true;
		expect((await bare.post(TOKEN_PATH, form)).status).toBe(200);
	});
});
