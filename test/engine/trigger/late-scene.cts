import { clientOf } from '../../support/client.cts';
import type { TriggerOptions } from '../engine-trigger.cts';
import { addressOf, deliveryScene } from './delivery-scene.cts';

type Values = Record<string, unknown>;

interface ItemWithChanges {
	changes: Array<{ field: string; after: string }>;
}

/**
 * A trigger whose credential is of the user `sales`. 1CRM has forgotten its webhooks, so that a test can deliver what it
 * likes, and when: after later changes of the record, for example.
 */
export function lateScene(options: TriggerOptions = {}) {
	const scene = deliveryScene(options);
	return {
		scene,
		/** Activates the trigger, and returns the addresses of its webhooks. */
		async activate(triggerOptions: object, event = 'updated') {
			scene.engine.credentials.data.username = 'sales';
			Object.assign(scene.trigger.parameters, { event, options: triggerOptions });
			await scene.trigger.activate();
			scene.stopClock();
			const webhooks = [...scene.sandbox.webhooks];
			const addresses = webhooks.map(({ type }) => [type, addressOf(scene, type as 'update')]);
			for (const { id } of webhooks) await scene.client.delete(`/webhooks/${id}`);
			return Object.fromEntries(addresses) as { create: string; update: string };
		},
		/** A record that isn't new any more. */
		insert(): string {
			const id = scene.sandbox.insert('Contact', { last_name: 'Aalto', title: 'Clerk' });
			scene.stopClock(600);
			return id;
		},
		/** Changes a record a second after the last change; returns it as it is then. */
		async change(id: string, data: Values, user = 'admin', secondsLater = 1): Promise<Values> {
			scene.stopClock(secondsLater);
			await clientOf(scene.sandbox, user).patch(`/data/Contact/${id}`, { data });
			const { data: answer } = await scene.client.get<{ record: Values }>(`/data/Contact/${id}`);
			return answer.record;
		},
		/** The changes in each item, as `field: value`. */
		async changesInItems(): Promise<string[][]> {
			const items = (await scene.items()) as ItemWithChanges[];
			return items.map(({ changes }) => changes.map(({ field, after }) => `${field}: ${after}`));
		},
	};
}
