import axios, { type AxiosInstance } from 'axios';
import type { Sandbox } from '../../sandbox/sandbox.cts';
import { startSandbox } from '../../sandbox/sandbox.cts';
import { clientOf } from '../../unit/sandbox/client.cts';
import { EngineTrigger } from '../engine-trigger.cts';
import { Engine, sandboxCredential } from '../engine.cts';

/** A trigger for contacts, another client of its 1CRM, and whoever else sends something to its address. */
export interface Scene {
	sandbox: Sandbox;
	trigger: EngineTrigger;
	/** Another client of the same 1CRM. */
	client: AxiosInstance;
	/** Posts a body to the trigger and waits until it is done with; returns the status of the answer. */
	deliver(url: string, body: unknown, contentType?: string): Promise<number>;
	/** The JSON of the items of all executions, once everything is delivered. */
	items(): Promise<unknown[]>;
	stop(): Promise<void>;
}

export async function startScene(): Promise<Scene> {
	const sandbox = await startSandbox({ seed: false });
	const engine = await Engine.start(sandboxCredential(sandbox));
	const trigger = await EngineTrigger.start(engine, {
		event: 'createdOrUpdated',
		module: 'Contact',
	});
	return {
		sandbox,
		trigger,
		client: clientOf(sandbox),
		async deliver(url, body, contentType = 'application/json') {
			const { status } = await axios.post(url, body, {
				headers: { 'Content-Type': contentType },
				proxy: false,
				validateStatus: () => true,
			});
			await trigger.settle();
			return status;
		},
		async items() {
			await sandbox.settle();
			await trigger.settle();
			return trigger.executions.flat().map(({ json }) => json);
		},
		async stop() {
			await trigger.stop();
			await sandbox.stop();
		},
	};
}

/** The address under which the webhook of a type was registered. */
export function addressOf({ sandbox }: Scene, type: 'create' | 'update'): string {
	const webhook = sandbox.webhooks.find((registered) => registered.type === type);
	if (!webhook) throw new Error(`There is no webhook of the type ${type}`);
	return webhook.url;
}
