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
		consequence: 'The words for a wrong password would not be shown',
		async ask({ server }) {
			const authorization = server.basic(NOBODY.username, NOBODY.password);
			return String((await server.ask({ path: 'me', authorization })).status);
		},
	},
	{
		name: 'Form of a refused login',
		question: 'In which form is Basic refused to an unknown user?',
		expectation: 'JSON with a message',
		consequence: 'None: the status decides, and what a page or text reads is quoted',
		async ask({ server }) {
			const authorization = server.basic(NOBODY.username, NOBODY.password);
			return form(await server.ask({ path: 'me', authorization }));
		},
	},
	{
		name: 'No login',
		question: 'Which status has a request without a login?',
		expectation: '401',
		consequence: 'After a change of the credential n8n would not log in anew',
		ask: async ({ server }) => String((await server.ask({ path: 'me', authorization: '' })).status),
	},
	{
		name: 'Unknown token',
		question: 'Which status has a request with an access token that is none?',
		expectation: '401',
		consequence: 'A token that ran out would not be renewed, and requests would fail',
		async ask({ server }) {
			const authorization = 'Bearer n8n-nodes-1crm.check.none';
			return String((await server.ask({ path: 'me', authorization })).status);
		},
	},
	{
		name: 'Wrong password for a token',
		question: 'How is an access token refused to an unknown user?',
		expectation: '401 invalid_credentials',
		consequence: "invalid_grant is understood, too; of any other 1CRM's own words are shown",
		ask: async ({ server }) => nameOf(await server.askForToken('password', { changes: NOBODY })),
	},
	{
		name: 'Wrong client secret',
		question: 'How is an access token refused to an API client with a wrong secret?',
		expectation: '401 invalid_client',
		consequence: "Unless it is invalid_client, the words about 'Client Secret' are not shown",
		async ask({ server }) {
			const changes = { client_secret: 'none' };
			return nameOf(await server.askForToken('password', { changes }));
		},
	},
	{
		name: 'Unknown grant',
		question: 'How is a grant refused that the API client may not use?',
		expectation: '400 unsupported_grant_type',
		consequence: "unauthorized_client is understood, too; of any other 1CRM's own words are shown",
		ask: async ({ server }) => nameOf(await server.askForToken('n8n-nodes-1crm-check')),
	},
];

function form({ json, text }: Reply): string {
	if (isMap(json)) return typeof json.message === 'string' ? 'JSON with a message' : 'JSON';
	if (typeof json === 'string') return 'JSON: a text';
	if (/^\s*</.test(text)) return 'a web page';
	return text.trim() === '' ? 'nothing' : 'a text';
}
