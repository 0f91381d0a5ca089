import { ALWAYS_TRUE } from '../deliveries.cts';
import type { Asked, Fact } from '../fact.cts';
import { isMap, Refused, type Reply } from '../server.cts';
import { idOf } from '../trial.cts';

const URL = 'https://n8n-nodes-1crm.invalid/check';

const WEBHOOK = { type: 'create', model: 'Account', url: URL, filters: ALWAYS_TRUE };

/** Registers a webhook and returns its path. */
async function registered({ trial }: Asked): Promise<string> {
	const reply = await trial.registerWebhook(WEBHOOK);
	const id = idOf(reply);
	if (!id) throw new Refused(reply.status);
	return `webhooks/${id}`;
}

/** Registering, listing and removing webhooks. */
export const webhookFacts: Fact[] = [
	{
		name: 'List of webhooks',
		question: 'Does 1CRM list the registered webhooks?',
		expectation: 'listed',
		consequence: 'The trigger relies on what it registered itself',
		async ask({ server }) {
			const { status } = await server.ask({ path: 'webhooks' });
			if (status !== 200) throw new Refused(status);
			return 'listed';
		},
	},
	{
		name: 'Registering a webhook',
		question: 'Can this user register a webhook, and does the answer contain its ID?',
		expectation: 'registered, with an id',
		consequence:
			'Refused: the trigger needs another user. Without an ID: it looks for it in the list',
		writes: true,
		async ask({ trial }) {
			const reply = await trial.registerWebhook(WEBHOOK);
			if (reply.status !== 200) throw new Refused(reply.status);
			return idOf(reply) ? 'registered, with an id' : 'registered, without an id';
		},
	},
	{
		name: 'Webhook in the list',
		question: 'What does a webhook look like in the list?',
		expectation: 'under records, with id and url',
		consequence: 'The trigger also reads "list". Otherwise it relies on what it registered itself',
		writes: true,
		async ask({ server, trial }) {
			await trial.registerWebhook(WEBHOOK);
			const answer = await server.read({ path: 'webhooks', query: { limit: 200 } });
			const [key, list] = Object.entries(answer).find(([, value]) => Array.isArray(value)) ?? [];
			if (key === undefined) return 'in no list';
			const entries = (list as unknown[]).filter(isMap);
			const own = entries.find((entry) => Object.values(entry).includes(URL));
			if (!own) return `under ${key}, without its address`;
			return `under ${key}, with ${['id', 'url'].filter((name) => name in own).join(' and ')}`;
		},
	},
	{
		name: 'Removing a webhook',
		question: 'How does 1CRM answer the removal of a webhook?',
		expectation: '200 with JSON',
		consequence:
			'None for an empty answer. After any other, the list of webhooks decides whether it is gone',
		writes: true,
		ask: async (asked) =>
			form(await asked.server.ask({ method: 'DELETE', path: await registered(asked) })),
	},
	{
		name: 'Removing a webhook twice',
		question: 'How does 1CRM answer the removal of a webhook that no longer exists?',
		expectation: '404',
		consequence: 'The trigger also accepts 200 with JSON. Otherwise unpublishing would fail',
		writes: true,
		async ask(asked) {
			const path = await registered(asked);
			await asked.server.ask({ method: 'DELETE', path });
			const reply = await asked.server.ask({ method: 'DELETE', path });
			return reply.status < 300 ? form(reply) : String(reply.status);
		},
	},
];

function form({ status, json, text }: Reply): string {
	if (isMap(json) || Array.isArray(json)) return `${status} with JSON`;
	return `${status} with ${text.trim() === '' ? 'nothing' : 'a text'}`;
}
