import axios, { type AxiosInstance } from 'axios';
import { clientOf } from '../../support/client.cts';
import type { TriggerOptions } from '../engine-trigger.cts';
import { type TriggerWithSandbox, triggerWithSandbox } from './trigger-with-sandbox.cts';

/** A trigger for contacts, another client of its 1CRM, and whoever else sends something to its address. */
interface Scene extends TriggerWithSandbox {
	/** Another client of the same 1CRM. */
	readonly client: AxiosInstance;
	/**
	 * Stops 1CRM's clock, some seconds after the time it shows, for the rest of the test: a busy machine then doesn't part
	 * what is to be of one second.
	 */
	stopClock(secondsLater?: number): void;
	/** Posts a body to the trigger and waits until it is done with; returns the status of the answer. */
	deliver(url: string, body: unknown, contentType?: string): Promise<number>;
	/** Posts bodies at the same moment; returns the statuses of the answers. */
	deliverAtOnce(url: string, ...bodies: unknown[]): Promise<number[]>;
	/** The JSON of the items of all executions, once everything is delivered. */
	items(): Promise<unknown[]>;
}

/** Gives each test of this `describe` its own scene. */
export function deliveryScene(options: TriggerOptions = {}): Scene {
	let stoppedAt: Date | undefined;
	const clock = () => stoppedAt ?? new Date();
	afterEach(() => {
		stoppedAt = undefined;
	});
	const { sandbox, engine, trigger } = triggerWithSandbox({ ...options, clock });
	const post = async (url: string, body: unknown, contentType = 'application/json') => {
		const { status } = await axios.post<unknown>(url, body, {
			headers: { 'Content-Type': contentType },
			proxy: false,
			validateStatus: () => true,
			// A text is sent unchanged, so that broken text arrives broken.
			transformRequest: (data: unknown) =>
				typeof data === 'string' || Buffer.isBuffer(data) ? data : JSON.stringify(data),
		});
		return status;
	};
	return {
		sandbox,
		engine,
		trigger,
		get client() {
			return clientOf(sandbox);
		},
		stopClock(secondsLater = 0) {
			stoppedAt = new Date(clock().getTime() + secondsLater * 1000);
		},
		async deliver(url, body, contentType) {
			const status = await post(url, body, contentType);
			await trigger.settle();
			return status;
		},
		async deliverAtOnce(url, ...bodies) {
			const statuses = await Promise.all(bodies.map(async (body) => await post(url, body)));
			await trigger.settle();
			return statuses;
		},
		async items() {
			await sandbox.settle();
			await trigger.settle();
			return trigger.executions.flat().map(({ json }) => json);
		},
	};
}

/** The address under which the webhook of a type was registered. */
export function addressOf({ sandbox }: Scene, type: 'create' | 'update'): string {
	const webhook = sandbox.webhooks.find((registered) => registered.type === type);
	if (!webhook) throw new Error(`There is no webhook of the type ${type}`);
	return webhook.url;
}
