import type { Fact } from '../fact.cts';
import { isMap, type Reply } from '../server.cts';

/** A user that no server has, so that none is locked for wrong passwords. */
const NOBODY = { username: 'n8n-nodes-1crm-check', password: 'none' };

const nameOf = ({ status, json }: Reply) =>
	`${status} ${isMap(json) && typeof json.error === 'string' ? json.error : 'without a name'}`;

/** How a login is refused. */
export const refusalFacts: Fact[] = [
	{
		name: 'Wrong login',
		question: 'Which status does an unknown user get?',
		expectation: '401',
		consequence: 'The nodes would not show the message about a wrong password',
		async ask({ server }) {
			const authorization = server.basic(NOBODY.username, NOBODY.password);
			return String((await server.ask({ path: 'me', authorization })).status);
		},
	},
	{
		name: 'Form of a refused login',
		question: 'How does 1CRM reject Basic for an unknown user?',
		expectation: 'JSON with a message',
		consequence: 'None: the status decides, and the nodes quote the text or page',
		async ask({ server }) {
			const authorization = server.basic(NOBODY.username, NOBODY.password);
			return form(await server.ask({ path: 'me', authorization }));
		},
	},
	{
		name: 'No login',
		question: 'Which status does a request without a login return?',
		expectation: '401',
		consequence: 'n8n would not log in again after a change of the credential',
		ask: async ({ server }) => String((await server.ask({ path: 'me', authorization: '' })).status),
	},
	{
		name: 'Wrong password for a token',
		question: 'How does 1CRM refuse an access token to an unknown user?',
		expectation: '401 invalid_credentials',
		consequence: "The nodes also understand invalid_grant. Otherwise they show 1CRM's message",
		ask: async ({ server }) => nameOf(await server.askForToken('password', { changes: NOBODY })),
	},
	{
		name: 'Wrong client secret',
		question: 'How does 1CRM refuse an access token to an API client with a wrong secret?',
		expectation: '401 invalid_client',
		consequence: "Without invalid_client, the nodes do not show the hint about 'Client Secret'",
		async ask({ server }) {
			const changes = { client_secret: 'none' };
			return nameOf(await server.askForToken('password', { changes }));
		},
	},
	{
		name: 'Unknown grant',
		question: 'How does 1CRM reject a grant type that the API client may not use?',
		expectation: '400 unsupported_grant_type',
		consequence:
			"The nodes also understand unauthorized_client. Otherwise they show 1CRM's message",
		ask: async ({ server }) => nameOf(await server.askForToken('n8n-nodes-1crm-check')),
	},
];

function form({ json, text }: Reply): string {
	if (isMap(json)) return typeof json.message === 'string' ? 'JSON with a message' : 'JSON';
	if (typeof json === 'string') return 'JSON: a text';
	if (/^\s*</.test(text)) return 'a web page';
	return text.trim() === '' ? 'nothing' : 'a text';
}
