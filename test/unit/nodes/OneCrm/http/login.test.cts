import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { readCredentials } from '../../../../../nodes/OneCrm/http/credentials';
import { logIn, LoginError } from '../../../../../nodes/OneCrm/http/login';

type Answer = { statusCode?: number; headers?: Record<string, string>; body?: string } | Error;

const ME = { body: '{"id":"1"}' };
const TOKEN = { body: '{"access_token":"a-token"}' };
const NOT_1CRM = "This address doesn't answer like a 1CRM API";

/** Logs in at a server that answers from a list. */
async function logInAt(authentication: string, ...answers: Answer[]) {
	const requests: IHttpRequestOptions[] = [];
	const context = {
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				requests.push(options);
				const next = answers.shift();
				if (next === undefined || next instanceof Error) throw next ?? new Error('Not expected');
				return await Promise.resolve({ statusCode: 200, headers: {}, body: '', ...next });
			},
		},
	} as unknown as IHttpRequestHelper;
	const credentials = readCredentials({
		domain: 'crm.example.com',
		username: 'admin',
		password: 'pass-word-1',
		clientId: 'client',
		clientSecret: 'client-secret',
		authentication,
	});
	const [token, error] = await logIn(context, credentials).then(
		(accepted) => [accepted, undefined],
		(thrown: LoginError) => [undefined, thrown],
	);
	return { token, error: error as LoginError | undefined, requests };
}

async function failureOf(authentication: string, ...answers: Answer[]): Promise<LoginError> {
	const { error } = await logInAt(authentication, ...answers);
	if (!(error instanceof LoginError)) throw error ?? new Error('It was accepted');
	return error;
}

describe('a log-in', () => {
	it('with Basic asks who the user is, and has no token', async () => {
		const { token, requests } = await logInAt('basic', ME);
		expect(token).toBe('');
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			method: 'GET',
			url: 'https://crm.example.com/api.php/me',
			headers: { Accept: 'application/json', Authorization: `Basic ${btoa('admin:pass-word-1')}` },
			encoding: 'text',
			returnFullResponse: true,
			disableFollowRedirect: true,
			timeout: 0,
			ignoreHttpStatusErrors: true,
			skipSslCertificateValidation: false,
		});
	});

	it.each([
		['oauth2', { grant_type: 'password', username: 'admin', password: 'pass-word-1' }],
		['clientCredentials', { grant_type: 'client_credentials' }],
	])('with %s asks for a token, and tries it', async (authentication, grant) => {
		const { token, requests } = await logInAt(authentication, TOKEN, ME);
		expect(token).toBe('a-token');
		expect(requests).toMatchObject([
			{
				method: 'POST',
				url: 'https://crm.example.com/api.php/auth/user/access_token',
				headers: { 'Content-Type': 'application/json' },
			},
			{ method: 'GET', headers: { Authorization: 'Bearer a-token' } },
		]);
		expect(JSON.parse(String(requests[0].body))).toEqual({
			...grant,
			client_id: 'client',
			client_secret: 'client-secret',
			scope: 'read write profile',
		});
	});
});

describe('a success without a user or token', () => {
	it.each(['', '<p>Log in</p>', '{}', '[]', '"x"', '{"name":"Ada"}'])(
		'is none of 1CRM: %j',
		async (body) => {
			expect((await failureOf('basic', { body })).failure.message).toBe(NOT_1CRM);
			expect((await failureOf('oauth2', { body })).failure.message).toBe(NOT_1CRM);
		},
	);

	it.each(['{"access_token":""}', '{"access_token":5}'])('has no token in %j', async (body) => {
		expect((await failureOf('oauth2', { body })).failure.message).toBe(NOT_1CRM);
	});

	it('says what 1CRM says', async () => {
		const { failure, transient } = await failureOf('basic', { body: '{"errors":["Locked"]}' });
		expect(failure).toEqual({ message: 'Locked' });
		expect(transient).toBe(false);
	});
});

describe('a refused log-in', () => {
	it.each([
		['basic', 401, '{"message":"No"}', "1CRM didn't accept the login", false],
		['basic', 403, '{"message":"No"}', 'No', false],
		['basic', 403, '<p>No</p>', '1CRM answered with status 403', false],
		['basic', 429, '<p>No</p>', '1CRM answered with status 429', true],
		['basic', 400, '{"message":"No"}', 'No', false],
		['basic', 500, '<p>No</p>', '1CRM answered with status 500', false],
		['basic', 503, '<p>No</p>', '1CRM answered with status 503', true],
		['basic', 503, '{"message":"No"}', 'No', true],
	])(
		'by %s with %d and %j is told as it is',
		async (authentication, statusCode, body, message, transient) => {
			const error = await failureOf(authentication, { statusCode, body });
			expect(error.failure.message).toBe(message);
			expect(error).toMatchObject({ transient, answeredWith: statusCode });
			expect(error.message.startsWith(message)).toBe(true);
		},
	);

	it.each([
		[404, '{"message":"No"}'],
		[404, '<p>No</p>'],
		[400, '<p>No</p>'],
		[499, ''],
	])('with %d and %j does not come from 1CRM', async (statusCode, body) => {
		for (const authentication of ['basic', 'oauth2']) {
			const error = await failureOf(authentication, { statusCode, body });
			expect(error.failure.message).toBe(NOT_1CRM);
			expect(error).toMatchObject({ transient: false, answeredWith: undefined });
		}
	});

	it.each([300, 302, 399])(
		'with %d leads elsewhere, where no password goes',
		async (statusCode) => {
			const headers = { location: 'https://other.example/?token=x' };
			const { failure, transient } = await failureOf('basic', { statusCode, headers });
			expect(failure.message).toBe('1CRM redirects to another address: https://other.example/');
			expect(transient).toBe(false);
			const without = await failureOf('basic', { statusCode });
			expect(without.failure.message).toBe('1CRM redirects to another address');
		},
	);

	it('quotes no secret', async () => {
		for (const secret of ['pass-word-1', btoa('admin:pass-word-1'), 'client-secret']) {
			const error = await failureOf('basic', { statusCode: 400, body: `{"message":"${secret}"}` });
			expect(error.message).toBe('[removed]');
		}
		const quoted = { statusCode: 400, body: '{"message":"a-token"}' };
		expect((await failureOf('oauth2', TOKEN, quoted)).message).toBe('[removed]');
	});

	it('of a token that 1CRM has just issued is about the web server or the client', async () => {
		const refused = { statusCode: 401, body: '{"message":"Denied."}' };
		for (const authentication of ['oauth2', 'clientCredentials']) {
			const { failure } = await failureOf(authentication, TOKEN, refused);
			expect(failure.message).toBe("1CRM didn't accept the access token that it issued");
			expect(failure.description).toMatch(/^Denied\. Check that the web server.*'Authorization'/);
		}
		const forbidden = await failureOf('oauth2', TOKEN, { ...refused, statusCode: 403 });
		expect(forbidden.failure.message).toBe('Denied.');
	});
});

describe('a refused token', () => {
	it.each([
		['oauth2', 'invalid_client', "1CRM doesn't know this API client", /'Client Secret'/],
		['oauth2', 'invalid_credentials', "1CRM didn't accept the login", /'User Name' and 'Password'/],
		['oauth2', 'invalid_grant', "1CRM didn't accept the login", /'User Name' and 'Password'/],
		['clientCredentials', 'invalid_grant', "1CRM didn't accept the login", /has an active user/],
		[
			'oauth2',
			'unsupported_grant_type',
			"The API client isn't allowed to log in with a password",
			/"Password"$/,
		],
		[
			'oauth2',
			'unauthorized_client',
			"The API client isn't allowed to log in with a password",
			/"Password"$/,
		],
		[
			'clientCredentials',
			'unauthorized_client',
			"The API client isn't allowed to log in by itself",
			/"Client Credentials"/,
		],
		['oauth2', 'invalid_scope', 'invalid_scope', undefined],
	])('of %s with %s says what to do', async (authentication, error, message, description) => {
		const answer = { statusCode: 400, body: JSON.stringify({ error }) };
		const { failure } = await failureOf(authentication, answer);
		expect(failure.message).toBe(message);
		if (description === undefined) expect(failure.description).toBeUndefined();
		else expect(failure.description).toMatch(description);
	});

	it('may be told without an error', async () => {
		const answer = { statusCode: 401, body: '["x"]' };
		expect((await failureOf('oauth2', answer)).failure.message).toBe(
			"1CRM didn't accept the login",
		);
	});
});

describe('a log-in without an answer', () => {
	it.each([
		['ECONNREFUSED', '"crm.example.com" refuses connections', true],
		['ENOTFOUND', 'The host "crm.example.com" was not found', false],
	])('with %s says why', async (code, message, transient) => {
		const error = await failureOf('basic', Object.assign(new Error(code), { code }));
		expect(error.failure.message).toBe(message);
		expect(error.transient).toBe(transient);
	});

	it('keeps the words of n8n', async () => {
		const error = await failureOf('basic', new Error('Domain not allowed'));
		expect(error.failure).toEqual({ message: 'Domain not allowed' });
		expect(error.transient).toBe(false);
	});
});
