import type { Fact } from '../fact.cts';
import { isMap, type Reply } from '../server.cts';

const granted = ({ status, json }: Reply) =>
	isMap(json) && json.access_token ? 'granted' : `refused with ${status}`;

/** How one logs in, and who is let in. */
export const loginFacts: Fact[] = [
	{
		name: 'Plain http',
		question: 'What does the API answer to http instead of https?',
		expectation: 'refused with 403',
		consequence: 'The credential asks for https all the same, unless Allow HTTP is on',
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
		question: 'Is a user let in by name and password?',
		expectation: 'accepted',
		consequence: "Users have to choose 'Access Token'; the credential's test says so",
		async ask({ server }) {
			const { status } = await server.ask({ path: 'me', authorization: server.basic() });
			return status === 200 ? 'accepted' : `refused with ${status}`;
		},
	},
	{
		name: 'Password grant',
		question: 'Does an API client trade name and password for a token?',
		expectation: 'granted',
		consequence: "'Access Token' does not work until the grant is enabled for the API client",
		ask: async ({ server }) => granted(await server.askForToken('password')),
	},
	{
		name: 'Token for a form',
		question: 'Does the token endpoint take form fields, too?',
		expectation: 'refused with 400',
		consequence: 'None: the package sends JSON',
		ask: async ({ server }) => granted(await server.askForToken('password', { asForm: true })),
	},
	{
		name: 'Client credentials grant',
		question: 'Does an API client get a token without a user?',
		expectation: 'granted',
		consequence: 'None: the package does not use it',
		ask: async ({ server }) => granted(await server.askForToken('client_credentials')),
	},
	{
		name: 'Life of a token',
		question: 'How long does an access token live?',
		expectation: '86399 s',
		consequence: 'None: a token is renewed when the server no longer takes it',
		async ask({ server }) {
			const { json, status } = await server.askForToken('password');
			return isMap(json) && json.expires_in ? `${json.expires_in} s` : `refused with ${status}`;
		},
	},
	{
		name: 'Own user',
		question: 'In which form does /me give the id of the user?',
		expectation: 'Users:<id>',
		consequence: "'recordId' of User > Get Me may not be what fields take",
		async ask({ server }) {
			const { id } = await server.read({ path: 'me' });
			return String(id).replace(/:.*/, ':<id>');
		},
	},
];
