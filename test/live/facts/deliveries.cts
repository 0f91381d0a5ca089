import type { Delivery } from '../deliveries.cts';
import type { Fact } from '../fact.cts';
import { isMap } from '../server.cts';

/** What servers and proxies between add by themselves. */
const COMMON_HEADERS =
	/^(x-forwarded-.*|x-real-ip|x-request-id|x-correlation-id|x-amzn-.*|x-cloud-.*)$/;

/** How far the clocks of 1CRM and of this machine may be apart. */
const CLOCKS_APART_MS = 10 * 60_000;

/** What webhooks deliver. */
export const deliveryFacts: Fact[] = [
	{
		name: 'Method of a delivery',
		question: 'Which method does a webhook use to deliver?',
		expectation: 'POST',
		consequence: 'The trigger would never start, because it only accepts POST',
		writes: true,
		ask: async ({ deliveries }) => (await deliveries.ofCreation('filtered'))[0]?.method ?? 'none',
	},
	{
		name: 'Form of a delivery',
		question: 'What does a webhook deliver?',
		expectation: 'JSON: the fields of the record',
		consequence: 'None for these forms: the trigger reads all of them. Nothing: it never starts',
		writes: true,
		ask: async ({ deliveries }) => form((await deliveries.ofCreation('filtered'))[0]),
	},
	{
		name: 'Headers of a delivery',
		question: 'Which headers does 1CRM add to a delivery, e.g. a signature?',
		expectation: 'none',
		consequence: "None: the trigger recognises 1CRM's deliveries by a token in the address",
		writes: true,
		async ask({ deliveries }) {
			const [{ headers }] = await deliveries.usual();
			const own = Object.keys(headers).filter(
				(name) => name.startsWith('x-') && !COMMON_HEADERS.test(name),
			);
			return own.sort().join(', ') || 'none';
		},
	},
	{
		name: 'Time in a delivery',
		question: 'Does a delivery contain the time of the change?',
		expectation: 'as in records',
		consequence:
			"Missing: 'Ignore Repeats' needs 'Fetch Record' to tell events apart. In another zone: the trigger reads the record to find its changes in the audit log",
		writes: true,
		async ask({ deliveries }) {
			const { date_modified: time } = fieldsOf((await deliveries.usual())[0]);
			if (!time) return 'missing';
			if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(String(time))) return 'in another form';
			const away = Math.abs(Date.now() - Date.parse(`${String(time).replace(' ', 'T')}Z`));
			return away > CLOCKS_APART_MS ? 'in another time zone' : 'as in records';
		},
	},
	{
		name: 'Deliveries of an event',
		question: 'How often does 1CRM deliver one event?',
		expectation: '1',
		consequence: "Users should switch on 'Ignore Repeats'",
		writes: true,
		ask: async ({ deliveries }) => String((await deliveries.ofCreation('filtered')).length),
	},
	{
		name: 'Delivery that failed',
		question: 'If a delivery is answered with 500, does 1CRM send it again within half a minute?',
		expectation: 'not sent again',
		consequence: 'Better than expected: 1CRM repeats an event that n8n could not store',
		writes: true,
		async ask({ deliveries }) {
			const failed = await deliveries.ofCreation('failing');
			const usual = await deliveries.usual();
			return failed.length > usual.length ? 'sent again' : 'not sent again';
		},
	},
	{
		name: 'Kinds of events',
		question: 'Does a webhook for new records, or for changes, get only its own events?',
		expectation: 'each its own',
		consequence: "'Record Created' or 'Record Updated' would start for both kinds, or never",
		writes: true,
		async ask({ deliveries }) {
			const isCalled = (list: Delivery[]) => list.length > 0;
			const own = [
				isCalled(await deliveries.ofCreation('filtered')) && 'new records',
				isCalled(await deliveries.ofChange('update')) && 'changes',
			].filter(Boolean);
			if (isCalled(await deliveries.ofChange('filtered'))) return 'changes to both';
			if (isCalled(await deliveries.ofCreation('update'))) return 'new records to both';
			return own.length === 2 ? 'each its own' : `${own[0] ?? 'nothing'} alone`;
		},
	},
	{
		name: 'Delivery of a change',
		question: 'Does the delivery of a change contain the new value?',
		expectation: 'the new value',
		consequence: "None as long as 'Fetch Record' is on, because the trigger then reads the record",
		writes: true,
		async ask({ deliveries }) {
			const { name } = fieldsOf((await deliveries.ofChange('update'))[0]);
			if (!name) return 'no value';
			return name === (await deliveries.newName()) ? 'the new value' : 'the old value';
		},
	},
	{
		name: 'Webhook without a filter',
		question: 'Does a webhook without a filter deliver?',
		expectation: 'never',
		consequence: 'None: the trigger always registers a filter',
		writes: true,
		async ask({ deliveries }) {
			if ((await deliveries.ofCreation('unfiltered')).length > 0) return 'yes';
			await deliveries.usual();
			return 'never';
		},
	},
	{
		name: 'Conditions with AND',
		question: 'When does a webhook deliver if its conditions are combined with "and"?',
		expectation: 'when all are met',
		consequence: "A trigger with conditions would start too often, or would only work with 'OR'",
		writes: true,
		async ask({ deliveries }) {
			if ((await deliveries.ofCreation('oneMet')).length > 0) return 'when one is met';
			const isDelivered = (await deliveries.ofCreation('bothMet')).length > 0;
			return isDelivered ? 'when all are met' : 'never';
		},
	},
];

function form(delivery: Delivery | undefined): string {
	if (!delivery) return 'nothing';
	const isForm = delivery.headers['content-type']?.includes('form') ?? false;
	const body = parsed(delivery.body);
	if (body === undefined) return isForm ? 'a form' : 'neither JSON nor a form';
	const json = isForm ? 'JSON that is called a form' : 'JSON';
	if (!isMap(body)) return `${json}: no object`;
	const names = Object.keys(body);
	if (names.length === 1) return `${json}: ${names[0]} alone`;
	return 'id' in body ? `${json}: the fields of the record` : `${json}: ${names.join(', ')}`;
}

/** The fields in a delivery, wherever it contains them. */
function fieldsOf(delivery: Delivery | undefined): Record<string, unknown> {
	const body = delivery && parsed(delivery.body);
	if (!isMap(body)) return Object.fromEntries(new URLSearchParams(delivery?.body ?? ''));
	const wrapped = Object.values(body).find(isMap);
	return 'id' in body ? body : (wrapped ?? body);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
