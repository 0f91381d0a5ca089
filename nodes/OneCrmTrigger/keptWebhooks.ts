import type { RegisteredWebhook, TriggerMemory } from './memory';
import type { WebhookServer } from './webhookServer';

/**
 * The webhooks that the trigger knows of. Those on another server aren't on this one, those of another address aren't
 * this trigger's: both are forgotten.
 */
export function keptWebhooks(
	{ logger }: WebhookServer,
	memory: TriggerMemory,
	address: string,
	server: string,
): RegisteredWebhook[] {
	const kept = memory.registration;
	if (kept === undefined || kept.webhooks.length === 0) return [];
	if (kept.server === server && kept.address === address) return [...kept.webhooks];
	const [keptAddress] = kept.address.split('?');
	logger.warn(`1CRM Trigger: webhooks to ${keptAddress} may be left in ${kept.server}`);
	memory.register({ server: kept.server, settings: kept.settings, webhooks: [] });
	return [];
}
