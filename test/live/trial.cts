import { randomUUID } from 'node:crypto';

import { isMap, Refused, type Reply, type Server } from './server.cts';

/** Marks what a check made, for the case that it was cut short. */
export const MARK = 'n8n-nodes-1crm check';

/** What a check makes in 1CRM to try things out: kept track of, and taken away at the end. */
export class Trial {
	private readonly made: string[] = [];

	/** What was made under an id that 1CRM did not tell. */
	private readonly lost: string[] = [];

	constructor(private readonly server: Server) {}

	/** A name that nothing in the CRM has. */
	name(): string {
		return `${MARK} ${randomUUID().slice(0, 8)}`;
	}

	/** Sends a new record and gives the answer, whatever it is. */
	async post(model: string, data: object, query: Record<string, string> = {}): Promise<Reply> {
		const reply = await this.server.ask({
			method: 'POST',
			path: `data/${model}`,
			query,
			body: { data },
		});
		const id = idOf(reply);
		if (id) this.willRemove(`data/${model}/${id}`);
		return reply;
	}

	/** Makes a record and gives its id. */
	async create(model: string, data: object): Promise<string> {
		const reply = await this.post(model, data);
		const id = idOf(reply);
		if (!id) throw new Refused(reply.status);
		return id;
	}

	async change(model: string, id: string, data: object): Promise<void> {
		await this.server.read({ method: 'PATCH', path: `data/${model}/${id}`, body: { data } });
	}

	async read(model: string, id: string): Promise<Record<string, unknown>> {
		const { record } = await this.server.read({ path: `data/${model}/${id}` });
		return isMap(record) ? record : {};
	}

	/** Registers a webhook and gives the answer, whatever it is. */
	async registerWebhook(webhook: { url: string; [property: string]: unknown }): Promise<Reply> {
		const reply = await this.server.ask({ method: 'POST', path: 'webhooks', body: webhook });
		const id = idOf(reply) ?? (await this.listedWebhook(webhook.url));
		if (id) this.willRemove(`webhooks/${id}`);
		else if (reply.status === 200) this.lost.push(`the webhook to ${webhook.url}`);
		return reply;
	}

	/** Sees to it that what is at this path is gone in the end. */
	willRemove(path: string): void {
		this.made.push(path);
	}

	/** Takes away what was made, the last first, and gives the paths of what 1CRM did not remove. */
	async clear(): Promise<string[]> {
		const left = this.lost.splice(0);
		for (const path of this.made.splice(0).reverse()) {
			const { status } = await this.server.ask({ method: 'DELETE', path });
			if (status !== 200 && status !== 404) left.push(path);
		}
		return left;
	}

	/** An answer without an id leaves the list as the way to find what was registered. */
	private async listedWebhook(url: string): Promise<string | undefined> {
		const { json } = await this.server.ask({ path: 'webhooks' });
		const records = isMap(json) && Array.isArray(json.records) ? json.records : [];
		const webhook = records.filter(isMap).find((listed) => listed.url === url);
		return webhook?.id === undefined ? undefined : String(webhook.id);
	}
}

/** The id in the answer to a new record or webhook. */
export function idOf({ json }: Reply): string | undefined {
	return isMap(json) && json.id ? String(json.id) : undefined;
}
