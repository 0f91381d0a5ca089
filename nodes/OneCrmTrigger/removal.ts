import { asNodeError, isClearNo } from '../OneCrm/http/errors';
import { sentences } from '../OneCrm/http/failure';
import { keptWebhooks } from './keptWebhooks';
import type { TriggerMemory } from './memory';
import { isAtAddress } from './settings';
import { isSameWebhook, listOrNothing } from './webhookList';
import { removeListed, removeWebhook } from './webhooks';
import type { WebhookServer } from './webhookServer';
import { tryTo } from './webhookServer';

/**
 * Tries to remove each webhook of a trigger. What could not be removed is named in the error and stays known, so that
 * the next attempt removes it.
 */
export async function removeOwn(
	server: WebhookServer,
	memory: TriggerMemory,
	address: string,
	serverAddress: string,
): Promise<void> {
	let left = keptWebhooks(server, memory, address, serverAddress);
	const errors: unknown[] = [];
	for (const webhook of [...left]) {
		try {
			await removeWebhook(server, webhook.id);
			left = left.filter((other) => other !== webhook);
			const settings = memory.registration?.settings ?? '';
			memory.register({ server: serverAddress, settings, webhooks: left });
		} catch (error) {
			errors.push(error);
		}
	}
	// A server that doesn't answer isn't asked for its list either.
	if (!errors.some(isClearNo)) {
		const listed = (await listOrNothing(server)) ?? [];
		const strays = listed.filter(
			(entry) =>
				isAtAddress(entry.url, address) && left.every((webhook) => !isSameWebhook(entry, webhook)),
		);
		for (const stray of strays) {
			await tryTo(server, 'webhooks of an earlier activation may be left in 1CRM', async () => {
				await removeListed(server, stray);
			});
		}
	}
	if (errors.length === 0) return;
	const failure = asNodeError(server.crm.http.node, errors[0]);
	const ids = left.map(({ id }) => id).join(', ');
	failure.description = sentences(failure.description ?? undefined, `Left in 1CRM: webhook ${ids}`);
	throw asNodeError(server.crm.http.node, failure);
}
