import { UserError } from 'n8n-workflow';

import { asNodeError } from '../OneCrm/http/errors';
import { keptWebhooks } from './keptWebhooks';
import type { RecordEvent, RegisteredWebhook, TriggerMemory } from './memory';
import type { TriggerSettings } from './settings';
import { isAtAddress, settingsText } from './settings';
import type { ListedWebhook } from './webhookList';
import { isCutOff, isSameWebhook, isUpToDate, listOrNothing } from './webhookList';
import { registerWebhook, removeListed, removeWebhook } from './webhooks';
import type { WebhookServer } from './webhookServer';
import { tryTo } from './webhookServer';

/** One activation: the webhooks that it takes over or registers, beside those that were there before it. */
export class Activation {
	/** The webhooks of an earlier activation that the node keeps for this server. */
	readonly old: RegisteredWebhook[];

	webhooks: RegisteredWebhook[] = [];

	/** The webhooks that this activation has registered itself. */
	readonly registered = new Set<RegisteredWebhook>();

	constructor(
		readonly webhookServer: WebhookServer,
		private readonly memory: TriggerMemory,
		readonly settings: TriggerSettings,
		private readonly server: string,
	) {
		this.old = keptWebhooks(webhookServer, memory, settings.address, server);
	}

	/** Whether a webhook of the list is one that this activation ends with. */
	isWanted(listed: ListedWebhook): boolean {
		return this.webhooks.some((own) => isSameWebhook(listed, own));
	}

	/** Lets in the deliveries of these webhooks, and makes n8n save the webhooks. */
	remember(...more: RegisteredWebhook[]): void {
		const all = [...this.webhooks, ...more];
		const old = this.old.filter(({ tokenHash }) => all.every((own) => own.tokenHash !== tokenHash));
		const { server, settings } = this;
		this.memory.register({ server, settings: settingsText(settings), webhooks: [...old, ...all] });
	}

	async add(event: RecordEvent): Promise<void> {
		const webhook = await registerWebhook(this.webhookServer, this.settings, event, (pending) =>
			this.remember(pending),
		);
		this.webhooks.push(webhook);
		this.registered.add(webhook);
		this.remember();
	}

	async remove(webhook: RegisteredWebhook): Promise<void> {
		await removeWebhook(this.webhookServer, webhook.id);
		this.forget(webhook);
	}

	forget({ tokenHash }: RegisteredWebhook): void {
		const isOther = (own: RegisteredWebhook) => own.tokenHash !== tokenHash;
		this.webhooks = this.webhooks.filter(isOther);
		this.old.splice(0, Infinity, ...this.old.filter(isOther));
		this.remember();
	}
}

/**
 * Takes over what is up to date, registers the rest, and then removes what was there before and isn't wanted.
 *
 * Another process may activate the same workflow at the same time, and n8n keeps what the last of them saves. So
 * nothing that was registered meanwhile is removed, and the result is compared with the list (`settleWithOthers`).
 */
export async function registerAll(activation: Activation): Promise<void> {
	const { webhookServer, settings } = activation;
	const before = (await listOrNothing(webhookServer)) ?? [];
	try {
		for (const event of settings.events) {
			const known = before.find((entry) => isUpToDate(entry, settings, event));
			if (known === undefined) await activation.add(event);
			else activation.webhooks.push({ id: known.id, event, tokenHash: known.tokenHash });
		}
		activation.remember();
		await settleWithOthers(activation, before);
	} catch (error) {
		for (const webhook of activation.registered) {
			await tryTo(webhookServer, 'a webhook could not be removed', async () => {
				await activation.remove(webhook);
			});
		}
		activation.webhooks = [];
		activation.remember();
		throw asNodeError(webhookServer.crm.http.node, error);
	}
	await removeEarlier(activation, before);
}

/**
 * Compares the webhooks with the server's list: one that is gone is registered again, one whose address was cut off is
 * an error, and if another process has registered one for the same event meanwhile, the one with the smaller token hash
 * stays. Only what this activation has registered itself is removed.
 */
async function settleWithOthers(activation: Activation, before: ListedWebhook[]): Promise<void> {
	const { webhookServer, settings } = activation;
	const listed = await listOrNothing(webhookServer);
	if (listed === undefined) return;
	for (const own of [...activation.webhooks]) {
		if (listed.some((entry) => isCutOff(entry, own))) {
			throw new UserError(
				"1CRM doesn't store the whole address of the trigger, so its deliveries would be refused. Shorten the public address of n8n (N8N_WEBHOOK_URL or WEBHOOK_URL)",
			);
		}
		const other = listed.find(
			(entry) =>
				isUpToDate(entry, settings, own.event) &&
				entry.tokenHash < own.tokenHash &&
				before.every(({ tokenHash }) => tokenHash !== entry.tokenHash),
		);
		if (!listed.some((entry) => isSameWebhook(entry, own))) {
			await activation.remove(own);
			await activation.add(own.event);
		} else if (other !== undefined && activation.registered.has(own)) {
			await activation.remove(own);
			activation.webhooks.push({ id: other.id, event: own.event, tokenHash: other.tokenHash });
			activation.remember();
		}
	}
}

/** Removes what was registered before. Deliveries of whatever stays behind are refused. */
async function removeEarlier(activation: Activation, before: ListedWebhook[]): Promise<void> {
	const { webhookServer, settings } = activation;
	const left = 'webhooks of an earlier activation may be left in 1CRM';
	for (const old of [...activation.old]) {
		const isKept = activation.webhooks.some(({ tokenHash }) => tokenHash === old.tokenHash);
		if (isKept) continue;
		await tryTo(webhookServer, left, async () => await activation.remove(old));
	}
	const strays = before.filter(
		(entry) =>
			isAtAddress(entry.url, settings.address) &&
			!activation.isWanted(entry) &&
			activation.old.every((old) => !isSameWebhook(entry, old)),
	);
	for (const stray of strays) {
		await tryTo(webhookServer, left, async () => await removeListed(webhookServer, stray));
	}
}
