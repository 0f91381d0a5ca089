import dns from 'node:dns';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { VariantChoices } from '../../sandbox/sandbox.cts';
import { createContact } from '../../support/engine/simple-operations.cts';
import { startReceiver } from '../../support/receiver.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';
import { startHttpsBefore } from './self-signed.cts';

const NOT_ACCEPTED = "1CRM didn't accept the login";
const NOT_1CRM = "This address doesn't answer like a 1CRM API";

describe.each(['basic', 'oauth2', 'clientCredentials'] as const)(
	'A login that fails (%s)',
	(authentication) => {
		const { sandbox, engine } = engineWithSandbox({ authentication, perTest: true });

		beforeEach(() => {
			skipPauses();
		});

		/** The error of a node with this credential, after which nothing may have been changed. */
		async function failWith(changed: ICredentialDataDecryptedObject) {
			Object.assign(engine.credentials.data, changed);
			const error = await engine.failure(createContact('Aalto'));
			expect(sandbox.records('Contact')).toEqual([]);
			expect(sandbox.requests.every(({ path }) => /^\/(me|auth\/)/.test(path))).toBe(true);
			return error;
		}

		async function failAt(variants: VariantChoices) {
			Object.assign(sandbox.variants, variants);
			return await failWith({});
		}

		it('because there is no such host', async () => {
			const fail = (host: string, _options: unknown, callback: (error: Error) => void) =>
				callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
			vi.spyOn(dns, 'lookup').mockImplementation(fail as typeof dns.lookup);
			const error = await failWith({ domain: 'crn.example.com' });
			expect(error.message).toBe('The host "crn.example.com" was not found');
			expect(error.description).toBe("Check the spelling of 'Domain' in the 1CRM credential");
		});

		it('because the server refuses connections', async () => {
			const { port } = sandbox;
			const domain = sandbox.url;
			await sandbox.stop();
			const error = await failWith({ domain });
			expect(error.message).toBe(`"127.0.0.1:${port}" refuses connections`);
			expect(error.description).toContain("Check 'Domain' and its port");
		});

		it('because a web page answers', async () => {
			sandbox.failNext({ kind: 'html' });
			const error = await failWith({});
			expect(error.message).toBe(NOT_1CRM);
			expect(error.description).toContain("Check 'Domain' in the 1CRM credential");
		});

		it.each([
			['a page', '<html><body>Not Found</body></html>'],
			['JSON', { message: 'Not found' }],
		])('because the server has no such address and says so with %s', async (_, body) => {
			sandbox.failNext({ kind: 'status', status: 404, body });
			const error = await failWith({});
			expect(error.message).toBe(NOT_1CRM);
			expect(error.description).not.toContain("record's ID");
		});

		it('because something else answers in JSON', async () => {
			sandbox.failNext({ kind: 'errorsIn200', body: { hello: 'world' } });
			expect((await failWith({})).message).toBe(NOT_1CRM);
		});

		if (authentication !== 'clientCredentials') {
			it.each([
				['password', { password: 'wrong' }],
				['user name', { username: 'nobody' }],
			])('because of a wrong %s', async (_, wrong) => {
				const error = await failWith(wrong);
				expect(error).toMatchObject({ message: NOT_ACCEPTED, httpCode: '401' });
				expect(error.description).toContain(
					"Check 'User Name' and 'Password' in the 1CRM credential",
				);
			});

			it.each([
				[{ basicRefusal: 'html' }],
				[{ basicRefusal: 'text' }],
				[{ wrongPassword: 'invalid_grant' }],
			] as VariantChoices[][])(
				'because of a wrong password that is refused with %j',
				async (variant) => {
					Object.assign(sandbox.variants, variant);
					const error = await failWith({ password: 'wrong' });
					expect(error.message).toBe(NOT_ACCEPTED);
					expect(error.description).toContain(
						"Check 'User Name' and 'Password' in the 1CRM credential",
					);
				},
			);
		}

		it('because the edition has no API', async () => {
			const error = await failAt({ editionHasApi: false });
			expect(error.message).toBe('The API is not available in this edition');
			expect(error.description).toContain('only the Pro and Enterprise editions have the API');
		});

		it('because 1CRM refuses http', async () => {
			const error = await failAt({ httpsOnly: true });
			expect(error.message).toBe('The API must be called over HTTPS');
			expect(error.description).toContain('1CRM refuses http unless an administrator allows it');
		});

		it('because the certificate is self-signed, unless that is to be ignored', async () => {
			const server = await startHttpsBefore(sandbox.port);
			try {
				const domain = `127.0.0.1:${server.port}`;
				const error = await failWith({ domain });
				expect(error.message).toContain(`The certificate of "${domain}" is not trusted`);
				expect(error.description).toContain("switch on 'Ignore SSL Issues' in the 1CRM credential");
				engine.credentials.data.allowUnauthorizedCerts = true;
				expect(await engine.items(createContact('Aalto'))).toHaveLength(1);
			} finally {
				await server.stop();
			}
		});

		it('because the port speaks http only', async () => {
			const error = await failWith({ domain: `https://${sandbox.domain}` });
			expect(error.message).toBe(`"${sandbox.domain}" doesn't support https`);
		});

		it('because 1CRM points elsewhere, where nothing is sent', async () => {
			const elsewhere = await startReceiver();
			try {
				sandbox.failNext({ kind: 'redirect', location: `${elsewhere.url}/api.php/me?x=1` });
				const error = await failWith({});
				expect(error.message).toBe(
					`1CRM redirects to another address: ${elsewhere.url}/api.php/me`,
				);
				expect(error.description).toContain("as 'Domain' in the 1CRM credential");
				expect(elsewhere.received).toEqual([]);
			} finally {
				await elsewhere.stop();
			}
		});

		it('because the server fails, in its own words', async () => {
			sandbox.failNext({ kind: 'status', status: 500, message: 'No connection to the database' });
			const error = await failWith({});
			expect(error.message).toBe('No connection to the database');
			expect(error.description).toContain('Try again later');
		});

		it('only for a moment, and is tried again', async () => {
			sandbox.failNext({ kind: 'status', status: 503 }, { times: 2 });
			expect(await engine.items(createContact('Aalto'))).toHaveLength(1);
			expect(sandbox.records('Contact')).toHaveLength(1);
		});

		if (authentication === 'basic') {
			it('because Basic is switched off', async () => {
				const error = await failAt({ basicAuth: false });
				expect(error.message).toBe(NOT_ACCEPTED);
				expect(error.description).toContain('Basic authentication is off by default in 1CRM');
				expect(error.description).toContain("or choose 'Access Token'");
			});
			return;
		}

		it.each([
			['ID', { clientId: 'wrong' }],
			['secret', { clientSecret: 'wrong' }],
		])('because of a wrong client %s', async (_, wrong) => {
			const error = await failWith(wrong);
			expect(error.message).toBe("1CRM doesn't know this API client");
			expect(error.description).toContain("Check 'Client ID' and 'Client Secret'");
		});

		it('because 1CRM does not take the token that it has just issued', async () => {
			sandbox.failNext({ kind: 'status', status: 401 }, { path: /^\/me$/, times: 9 });
			const error = await failWith({});
			expect(error.message).toBe("1CRM didn't accept the access token that it issued");
			expect(error.description).toContain('the user of the API client is active');
		});

		if (authentication === 'clientCredentials') {
			it('because the API client may not log in by itself', async () => {
				const error = await failAt({ grants: ['password'] });
				expect(error.message).toBe("The API client isn't allowed to log in by itself");
				expect(error.description).toContain('enable the grant type "Client Credentials"');
			});
			return;
		}

		it('because the API client may not log in with a password', async () => {
			const error = await failAt({ grants: ['client_credentials'] });
			expect(error.message).toBe("The API client isn't allowed to log in with a password");
			expect(error.description).toContain('enable the grant type "Password"');
		});
	},
);
