import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import { NotAskable } from './fact.cts';
import type { Server } from './server.cts';
import type { Trial } from './trial.cts';

/** One delivery of a webhook. */
export interface Delivery {
	path: string;
	contentType: string;
	body: string;
}

/** The filter that the trigger node registers with. */
export const ALWAYS_TRUE = {
	glue: 'or',
	conditions: [{ field: 'deleted', filter: 'is_false', value: '0', when: 'current_value' }],
};
const FILTERED = '/filtered';
const UNFILTERED = '/unfiltered';

/** Registers webhooks with and without a filter, creates one record, and keeps what arrives. */
export class Deliveries {
	private observed?: Promise<Delivery[]>;

	/** `patience` resolves when nothing more is to be expected. */
	constructor(
		private readonly server: Server,
		private readonly trial: Trial,
		private readonly patience: () => Promise<void>,
	) {}

	async withFilter(): Promise<Delivery[]> {
		return (await this.all()).filter(({ path }) => path.endsWith(FILTERED));
	}

	async withoutFilter(): Promise<Delivery[]> {
		return (await this.all()).filter(({ path }) => path.endsWith(UNFILTERED));
	}

	private async all(): Promise<Delivery[]> {
		this.observed ??= this.observe();
		return await this.observed;
	}

	private async observe(): Promise<Delivery[]> {
		const { callbackUrl, callbackPort } = this.server.settings;
		if (!callbackUrl || !callbackPort) {
			throw new NotAskable('set ONECRM_CALLBACK_URL and ONECRM_CALLBACK_PORT');
		}
		const deliveries: Delivery[] = [];
		const receiver = createServer((request, response) => {
			void keep(request, deliveries).then(() => response.end());
		}).listen(callbackPort);
		await once(receiver, 'listening');
		try {
			const webhook = { type: 'create', model: 'Account' };
			const filters = ALWAYS_TRUE;
			await this.trial.registerWebhook({ ...webhook, url: callbackUrl + FILTERED, filters });
			await this.trial.registerWebhook({ ...webhook, url: callbackUrl + UNFILTERED });
			await this.trial.create('Account', { name: this.trial.name() });
			await this.patience();
			return deliveries;
		} finally {
			receiver.close();
			receiver.closeAllConnections();
			await this.trial.clear();
		}
	}
}

async function keep(request: IncomingMessage, deliveries: Delivery[]): Promise<void> {
	const { url: path = '', headers } = request;
	const body = await text(request);
	deliveries.push({ path, contentType: headers['content-type'] ?? '', body });
}
