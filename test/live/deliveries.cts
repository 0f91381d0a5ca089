import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import { NotAskable } from './fact.cts';
import { Refused, type Server } from './server.cts';
import type { Trial } from './trial.cts';

/** One delivery of a webhook. */
export interface Delivery {
	path: string;
	method: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** What arrived of a record at first, and of its change afterwards. */
interface Observed {
	created: Delivery[];
	changed: Delivery[];
	/** What the record was called in the end. */
	newName: string;
}

const IS_THERE = { field: 'deleted', filter: 'is_false', value: '0', when: 'current_value' };
const IS_ANOTHER = { field: 'name', filter: 'eq', value: 'none', when: 'current_value' };

/** The filter that the trigger node registers with. */
export const ALWAYS_TRUE = { glue: 'or', conditions: [IS_THERE] };

/** The webhooks that are observed, by the end of their address. */
const WEBHOOKS = {
	filtered: { type: 'create', filters: ALWAYS_TRUE },
	unfiltered: { type: 'create' },
	update: { type: 'update', filters: ALWAYS_TRUE },
	bothMet: { type: 'create', filters: { glue: 'and', conditions: [IS_THERE, IS_THERE] } },
	oneMet: { type: 'create', filters: { glue: 'and', conditions: [IS_THERE, IS_ANOTHER] } },
	failing: { type: 'create', filters: ALWAYS_TRUE },
};

type WebhookName = keyof typeof WEBHOOKS;

/** Registers webhooks of several kinds, creates and changes one record, and records what arrives. */
export class Deliveries {
	private observed?: Promise<Observed>;

	/** In the address of each webhook: whoever else finds the open port can add nothing to what arrives. */
	private readonly token = randomBytes(32).toString('hex');

	/** `patience` resolves when no further delivery is expected. */
	constructor(
		private readonly server: Server,
		private readonly trial: Trial,
		private readonly patience: () => Promise<void>,
	) {}

	/** What arrived of the new record at a webhook. */
	async ofCreation(name: WebhookName): Promise<Delivery[]> {
		return at(name, (await this.all()).created);
	}

	/** The same for the webhook that is like the trigger's. Throws `NotAskable` if nothing has arrived. */
	async usual(): Promise<Delivery[]> {
		const deliveries = await this.ofCreation('filtered');
		if (deliveries.length === 0) throw new NotAskable('nothing was delivered');
		return deliveries;
	}

	/** The same of the change of the record. */
	async ofChange(name: WebhookName): Promise<Delivery[]> {
		return at(name, (await this.all()).changed);
	}

	async newName(): Promise<string> {
		return (await this.all()).newName;
	}

	private async all(): Promise<Observed> {
		this.observed ??= this.observe();
		return await this.observed;
	}

	private async observe(): Promise<Observed> {
		const { callbackUrl, callbackPort, callbackHost = '127.0.0.1' } = this.server.settings;
		if (!callbackUrl || !callbackPort) {
			throw new NotAskable('set ONECRM_CALLBACK_URL and ONECRM_CALLBACK_PORT');
		}
		let arrived: Delivery[] = [];
		const receiver = createServer((request, response) => {
			if (!request.url?.includes(`/${this.token}/`)) {
				response.writeHead(404).end();
				return;
			}
			const isFailing = request.url.endsWith('/failing');
			keep(request, arrived).then(
				() => response.writeHead(isFailing ? 500 : 200).end(),
				() => response.destroy(),
			);
		}).listen(callbackPort, callbackHost);
		await once(receiver, 'listening');
		try {
			await this.register(callbackUrl);
			const id = await this.trial.create('Account', { name: this.trial.name() });
			await this.patience();
			const created = arrived;
			arrived = [];
			const newName = this.trial.name();
			await this.trial.change('Account', id, { name: newName });
			await this.patience();
			return { created: about(id, created), changed: about(id, arrived), newName };
		} finally {
			receiver.close();
			receiver.closeAllConnections();
		}
	}

	private async register(callbackUrl: string): Promise<void> {
		for (const [name, webhook] of Object.entries(WEBHOOKS)) {
			const url = `${callbackUrl}/${this.token}/${name}`;
			const reply = await this.trial.registerWebhook({ model: 'Account', url, ...webhook });
			if (name === 'filtered' && reply.status >= 300) throw new Refused(reply.status);
		}
	}
}

function at(name: WebhookName, deliveries: Delivery[]): Delivery[] {
	return deliveries.filter(({ path }) => path.endsWith(`/${name}`));
}

/** Others may use the CRM meanwhile. What names no record at all may be about this one. */
function about(id: string, deliveries: Delivery[]): Delivery[] {
	return deliveries.filter(({ body }) => body.includes(id) || !/\bid\b/.test(body));
}

async function keep(request: IncomingMessage, arrived: Delivery[]): Promise<void> {
	const { url: path = '', method = '', headers } = request;
	arrived.push({ path, method, headers, body: await text(request) });
}
