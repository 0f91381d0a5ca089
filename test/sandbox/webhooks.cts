import axios from 'axios';
import { setMaxListeners } from 'node:events';
import qs from 'qs';
import type { ModuleDefinition } from './modules/definition.cts';
import type { Random } from './random.cts';
import type { RecordView, ViewedRecord } from './record-view.cts';
import type { StoredRecord } from './store.cts';
import type { Variants } from './variants.cts';
import { isFilterTrue, type WebhookFilters } from './webhook-filters.cts';
import { Turns } from './webhook-turns.cts';

export const WEBHOOK_TYPES = ['create', 'update', 'create_update'];

export interface RegisteredWebhook {
	id: string;
	type: string;
	url: string;
	model: string;
	filters?: WebhookFilters;
}

/** One attempt to deliver a record to a webhook. */
export interface Delivery {
	webhookId: string;
	url: string;
	/** What was sent. */
	body: unknown;
	/** The status of the answer, or the reason why there was none. */
	status?: number;
	error?: string;
}

/** Keeps the registered webhooks and calls them when records are created or updated. */
export class Webhooks {
	readonly registered: RegisteredWebhook[] = [];

	readonly deliveries: Delivery[] = [];

	private readonly underWay = new Set<Promise<void>>();

	private readonly stopping = new AbortController();

	private readonly turns = new Turns(() => this.variants.webhooks.atOnce);

	constructor(
		private readonly random: Random,
		private readonly view: RecordView,
		private readonly variants: Variants,
	) {
		// Every delivery that is under way listens to it.
		setMaxListeners(0, this.stopping.signal);
	}

	register({ url, ...webhook }: Omit<RegisteredWebhook, 'id'>): RegisteredWebhook {
		const registered = { id: this.random.guid(), url: this.stored(url), ...webhook };
		this.registered.push(registered);
		return registered;
	}

	/** Whether the webhook existed. */
	remove(id: string): boolean {
		const index = this.registered.findIndex((webhook) => webhook.id === id);
		if (index >= 0) this.registered.splice(index, 1);
		return index >= 0;
	}

	/** Tells the webhooks that wait for this; does not wait for their answers. */
	fire(event: 'create' | 'update', definition: ModuleDefinition, row: StoredRecord): void {
		for (const webhook of this.registered) {
			const isMeant = webhook.model === definition.model && this.isFor(webhook, event);
			if (!isMeant || !this.passes(webhook, definition, row)) continue;
			const record = this.delivered(definition, row);
			for (let sent = 0; sent <= this.variants.webhooks.repeats; sent++) {
				const delivery = this.deliver(webhook, definition, record).finally(() => {
					this.underWay.delete(delivery);
				});
				this.underWay.add(delivery);
			}
		}
	}

	/** Resolves when no delivery is under way, those included that others set off. */
	async settle(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	/** Ends the deliveries that are under way. */
	async stop(): Promise<void> {
		this.stopping.abort();
		await this.settle();
	}

	private isFor({ type }: RegisteredWebhook, event: 'create' | 'update'): boolean {
		return type.includes(event) || (event === 'create' && this.variants.webhooks.updateOnCreate);
	}

	/** What is left of an address in the column that it is stored in. */
	private stored(url: string): string {
		const { storedAddress, addressLength } = this.variants.webhooks;
		if (storedAddress === 'whole') return url;
		const text = storedAddress === 'escaped' ? url.replaceAll('&', '&amp;') : url;
		return text.slice(0, addressLength);
	}

	private passes(webhook: RegisteredWebhook, definition: ModuleDefinition, row: StoredRecord) {
		const { filters } = webhook;
		const { fireWithoutFilter, andFilters } = this.variants.webhooks;
		if (!filters?.conditions?.length) return fireWithoutFilter;
		const valueOf = (name: string) => this.view.value(definition, row, name);
		return isFilterTrue(filters, definition, valueOf, andFilters);
	}

	/** Tries again after a failure of the receiver, as often as the variant says. */
	private async deliver(
		{ id, url }: RegisteredWebhook,
		{ model }: ModuleDefinition,
		record: ViewedRecord,
	): Promise<void> {
		const body = this.payload(model, record);
		for (let tries = 0; tries <= this.variants.webhooks.retries; tries++) {
			const delivery: Delivery = { webhookId: id, url, body };
			this.deliveries.push(delivery);
			await this.turns.take(async () => await this.send(delivery));
			if (delivery.status !== undefined && delivery.status < 500) return;
		}
	}

	private async send(delivery: Delivery): Promise<void> {
		const { url, body } = delivery;
		try {
			const { payload, unusualPayload } = this.variants.webhooks;
			const isForm = (unusualPayload ?? payload) === 'form' || unusualPayload === 'formJson';
			const sent = isForm ? qs.stringify(body) : JSON.stringify(body);
			const answer = await axios.post(url, sent, {
				headers: {
					...this.variants.webhooks.headers,
					'Content-Type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
				},
				maxRedirects: 0,
				proxy: false,
				signal: this.stopping.signal,
				timeout: 10_000,
				validateStatus: () => true,
			});
			delivery.status = answer.status;
		} catch (error) {
			delivery.error = error instanceof Error ? error.message : String(error);
		}
	}

	private delivered(definition: ModuleDefinition, row: StoredRecord): ViewedRecord {
		const { namesModifier, minutesFromUtc } = this.variants.webhooks;
		const modifier = new Set(['modified_user_id', 'modified_user', 'modified_by_name']);
		const entries = Object.entries(this.view.whole(definition, row))
			.filter(([name]) => namesModifier || !modifier.has(name))
			.map(([name, value]) => [name, inZone(value, minutesFromUtc)]);
		return Object.fromEntries(entries) as ViewedRecord;
	}

	private payload(model: string, record: ViewedRecord): unknown {
		const { id, ...fields } = record;
		const { payload, unusualPayload } = this.variants.webhooks;
		switch (unusualPayload ?? payload) {
			case 'wrapped':
				return { record };
			case 'idOnly':
				return { id };
			case 'prefixedId':
				return { ...record, id: `${model}s:${id}` };
			case 'capitalId':
				return { ID: id, ...fields };
			case 'records':
				return { records: [record] };
			case 'list':
				return [record];
			case 'map':
				return { [String(id)]: fields };
			case 'payload':
				return { event: 'saved', payload: record };
			case 'body':
				return { event: 'saved', body: record };
			case 'bean':
				return { event: 'saved', bean: record };
			case 'module':
				return { event: 'saved', [model]: record };
			case 'envelope':
				return { id: `delivery-${this.deliveries.length}`, record };
			case 'formJson':
				return { event: 'saved', data: JSON.stringify(record) };
			case 'bareId':
				return id;
			default:
				return record;
		}
	}
}

/** A time in a zone so many minutes from UTC. Any other value is left as it is. */
function inZone(value: unknown, minutesFromUtc: number): unknown {
	const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value);
	if (!isTime || minutesFromUtc === 0) return value;
	const utc = Date.parse(`${value.replace(' ', 'T')}Z`);
	return new Date(utc + minutesFromUtc * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
