import type { Fact } from '../fact.cts';
import { isMap, type Reply } from '../server.cts';

const granted = ({ status, json }: Reply) =>
	isMap(json) && json.access_token ? 'granted' : `refused with ${status}`;

/** How one logs in, and who is let in. */
export const loginFacts: Fact[] = [
	{
		name: 'Plain http',
		question: 'How does the API answer a request over http instead of https?',
		expectation: 'refused with 403',
		consequence: 'None: the credential requires https anyway, unless Allow HTTP is on',
		async ask({ server }) {
			const address = new URL(server.settings.baseUrl);
			address.protocol = 'http:';
			// Without the password, which would travel readable.
			const question = { path: 'me', authorization: '' };
			const { status } = await server.ask(question, address.href);
			return status === 401 ? 'answered' : `refused with ${status}`;
		},
	},
	{
		name: 'Basic authentication',
		question: 'Does 1CRM accept a user name and password?',
		expectation: 'accepted',
		consequence: "Users have to choose 'Access Token'; the credential's test says so",
		async ask({ server }) {
			const { status } = await server.ask({ path: 'me', authorization: server.basic() });
			return status === 200 ? 'accepted' : `refused with ${status}`;
		},
	},
	{
		name: 'Password grant',
		question: 'Does an API client get a token for a user name and password?',
		expectation: 'granted',
		consequence: "'Access Token' does not work until the grant is enabled for the API client",
		ask: async ({ server }) => granted(await server.askForToken('password')),
	},
	{
		name: 'Token for a form',
		question: 'Does the token endpoint also accept form fields?',
		expectation: 'refused with 400',
		consequence: 'None: the package sends JSON',
		ask: async ({ server }) => granted(await server.askForToken('password', { asForm: true })),
	},
	{
		name: 'Client credentials grant',
		question: 'Does an API client get a token without a user?',
		expectation: 'granted',
		consequence: "'API Client' doesn't work until the grant is enabled for the API client",
		ask: async ({ server }) => granted(await server.askForToken('client_credentials')),
	},
	{
		name: 'Life of a token',
		question: 'How long is an access token valid?',
		expectation: '86399 s',
		consequence: 'None: the nodes renew a token when the server no longer accepts it',
		async ask({ server }) {
			const { json, status } = await server.askForToken('password');
			return isMap(json) && json.expires_in ? `${json.expires_in} s` : `refused with ${status}`;
		},
	},
	{
		name: 'Unknown token',
		question: 'Which status has a request with a token that 1CRM does not know?',
		expectation: '401',
		consequence: 'None for 400 and 403 with access_denied, which bring a new log-in too',
		async ask({ server }) {
			const { status } = await server.ask({ path: 'me', authorization: 'Bearer unknown' });
			return String(status);
		},
	},
	{
		name: 'Own user',
		question: 'What does the ID of the user look like in /me?',
		expectation: 'Users:<id>',
		consequence: "Fields may not accept 'recordId' of User > Get Me",
		async ask({ server }) {
			const { id } = await server.read({ path: 'me' });
			return String(id).replace(/:.*/, ':<id>');
		},
	},
];
