import { randomUUID } from 'node:crypto';

import { isMap, type Question, Refused, type Reply, type Server } from './server.cts';

/** Marks everything that a check creates, in case it stops early. */
export const MARK = 'n8n-nodes-1crm check';

const MOST_LISTED = 200;

/** What a check creates in 1CRM to try things out. It is tracked, and removed at the end. */
export class Trial {
	private readonly made: string[] = [];

	/** What was created, or may have been created, with an unknown id. */
	private readonly lost: string[] = [];

	constructor(private readonly server: Server) {}

	/** A name that nothing in 1CRM has. */
	name(): string {
		return `${MARK} ${randomUUID().slice(0, 8)}`;
	}

	/** Sends a new record and returns the answer, whatever it is. */
	async post(model: string, data: object, query: Question['query'] = {}): Promise<Reply> {
		const question = { method: 'POST', path: `data/${model}`, query, body: { data } } as const;
		const reply = await this.make(question, `a record of ${model} with "${MARK}" in its name`);
		const id = idOf(reply);
		if (id) this.willRemove(`data/${model}/${id}`);
		return reply;
	}

	/** Creates a record and returns its id. */
	async create(model: string, data: object): Promise<string> {
		const reply = await this.post(model, data);
		const id = idOf(reply);
		if (!id) throw new Refused(reply.status);
		return id;
	}

	/** Makes sure that `clear` removes a record that 1CRM itself created. */
	adopt(model: string, id: string): void {
		this.willRemove(`data/${model}/${id}`);
	}

	/** Sends a change of a record that doesn't exist, and returns the path and the answer. */
	async changeMissing(
		model: string,
		body: { data: object; create: boolean },
		query: Question['query'] = {},
	): Promise<{ path: string; reply: Reply }> {
		const path = `data/${model}/${randomUUID()}`;
		const reply = await this.make({ method: 'PATCH', path, query, body }, path);
		if (isSuccess(reply)) this.willRemove(path);
		return { path, reply };
	}

	async change(model: string, id: string, data: object): Promise<void> {
		await this.server.read({ method: 'PATCH', path: `data/${model}/${id}`, body: { data } });
	}

	async read(model: string, id: string): Promise<Record<string, unknown>> {
		const { record } = await this.server.read({ path: `data/${model}/${id}` });
		return isMap(record) ? record : {};
	}

	/** Registers a webhook and returns the answer, whatever it is. */
	async registerWebhook(webhook: { url: string; [property: string]: unknown }): Promise<Reply> {
		const trace = `the webhook to ${webhook.url}`;
		const reply = await this.make({ method: 'POST', path: 'webhooks', body: webhook }, trace);
		const id = idOf(reply) ?? (await this.listedWebhook(webhook.url));
		if (id) this.willRemove(`webhooks/${id}`);
		else if (isSuccess(reply)) this.lost.push(trace);
		return reply;
	}

	/** Makes sure that `clear` removes what is at this path. */
	private willRemove(path: string): void {
		this.made.push(path);
	}

	/** Removes what was created, the last first, and returns the paths of what 1CRM didn't remove. */
	async clear(): Promise<string[]> {
		const left = this.lost.splice(0);
		for (const path of this.made.splice(0).reverse()) {
			if (!(await this.isRemoved(path))) left.push(path);
		}
		return left;
	}

	/** Without an answer, 1CRM may have created what was asked for. `trace` says what. */
	private async make(question: Question, trace: string): Promise<Reply> {
		try {
			return await this.server.ask(question);
		} catch (error) {
			this.lost.push(trace);
			throw error;
		}
	}

	private async isRemoved(path: string): Promise<boolean> {
		try {
			const reply = await this.server.ask({ method: 'DELETE', path });
			return isSuccess(reply) || reply.status === 404;
		} catch {
			return false;
		}
	}

	/** If the answer has no id, the list is the only way to find what was registered. */
	private async listedWebhook(url: string): Promise<string | undefined> {
		const { json } = await this.server.ask({ path: 'webhooks', query: { limit: MOST_LISTED } });
		const lists = isMap(json) ? [json.records, json.list].filter(Array.isArray) : [];
		const webhook = lists.flat().find((listed) => isMap(listed) && listed.url === url) as unknown;
		return isMap(webhook) && webhook.id ? String(webhook.id) : undefined;
	}
}

const isSuccess = ({ status }: Reply) => status >= 200 && status < 300;

/** The id in the answer to a new record or webhook. */
export function idOf({ json }: Reply): string | undefined {
	return isMap(json) && json.id ? String(json.id) : undefined;
}
