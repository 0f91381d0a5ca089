import { ALWAYS_TRUE, type Delivery } from '../deliveries.cts';
import type { Fact } from '../fact.cts';
import { isMap, Refused } from '../server.cts';
import { idOf } from '../trial.cts';

/** Webhooks, and what they deliver. */
export const webhookFacts: Fact[] = [
	{
		name: 'Registering a webhook',
		question: 'May this user register a webhook, and does the answer hold its id?',
		expectation: 'registered, with an id',
		consequence:
			'Refused: the trigger needs another user. Without an id it is looked up in the list',
		writes: true,
		async ask({ trial }) {
			const reply = await trial.registerWebhook({
				type: 'create',
				model: 'Account',
				url: 'https://n8n-nodes-1crm.invalid/check',
				filters: ALWAYS_TRUE,
			});
			if (reply.status !== 200) throw new Refused(reply.status);
			return idOf(reply) ? 'registered, with an id' : 'registered, without an id';
		},
	},
	{
		name: 'Form of a delivery',
		question: 'What does a webhook deliver?',
		expectation: 'JSON: the fields of the record',
		consequence: 'All of these forms are read. Nothing: the trigger never starts',
		writes: true,
		ask: async ({ deliveries }) => form((await deliveries.withFilter())[0]),
	},
	{
		name: 'Deliveries of an event',
		question: 'How often is one event delivered?',
		expectation: '1',
		consequence: "Users should switch on 'Ignore Repeats'",
		writes: true,
		ask: async ({ deliveries }) => String((await deliveries.withFilter()).length),
	},
	{
		name: 'Webhook without a filter',
		question: 'Does a webhook without a filter deliver?',
		expectation: 'never',
		consequence: 'None: the trigger always registers one',
		writes: true,
		ask: async ({ deliveries }) =>
			(await deliveries.withoutFilter()).length > 0 ? 'yes' : 'never',
	},
];

function form(delivery: Delivery | undefined): string {
	if (!delivery) return 'nothing';
	if (delivery.contentType.includes('form')) return 'a form';
	const body: unknown = JSON.parse(delivery.body);
	if (!isMap(body)) return 'JSON: no object';
	const names = Object.keys(body);
	if (names.length === 1) return `JSON: ${names[0]} alone`;
	return 'id' in body ? 'JSON: the fields of the record' : `JSON: ${names.join(', ')}`;
}
