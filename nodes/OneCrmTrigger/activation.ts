import type { IHookFunctions, INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { CrmClient } from '../OneCrm/crm/client';
import { asNodeError, isClearNo, isUndecided, messageOf } from '../OneCrm/http/errors';
import { sentences } from '../OneCrm/http/failure';
import { checkChangeSettings } from './changeCheck';
import { checkFilterFields } from './filters';
import type { RecordEvent, RegisteredWebhook } from './memory';
import { TriggerMemory } from './memory';
import type { TriggerSettings } from './settings';
import {
	checkReachable,
	isAtAddress,
	readAddress,
	readServer,
	readSettings,
	settingsText,
} from './settings';
import type { ListedWebhook, WebhookServer } from './webhooks';
import {
	isCutOff,
	isSameWebhook,
	isUpToDate,
	listOrNothing,
	listWebhooks,
	registerWebhook,
	removeListed,
	removeWebhook,
} from './webhooks';

/** n8n itself tries several times to activate a workflow, and gives up all of them after 84 seconds. */
const TIMEOUT_SECONDS = 15;

function webhookServer(context: IHookFunctions): WebhookServer {
	return { crm: CrmClient.of(context).withTimeout(TIMEOUT_SECONDS), logger: context.logger };
}

/**
 * Whether the webhooks of the present settings are registered, and no others at this node's address. What
 * is kept decides, and the server's list where it has one: a webhook that somebody deleted in 1CRM is
 * found missing, and one that a crash has left is found. Changes nothing.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	try {
		const settings = readSettings(context);
		const { address } = settings;
		const kept = TriggerMemory.of(context, address).registration;
		if (kept?.webhooks.length !== settings.events.length) return false;
		if (kept.settings !== settingsText(settings) || kept.server !== (await readServer(context))) {
			return false;
		}
		const listed = await listWhereAnswered(webhookServer(context));
		if (listed === undefined) return true;
		const isOwn = (entry: ListedWebhook) => kept.webhooks.some((own) => isSameWebhook(entry, own));
		const isComplete = kept.webhooks.every((own) =>
			listed.some((entry) => isSameWebhook(entry, own)),
		);
		const strays = listed.filter((entry) => isAtAddress(entry.url, address) && !isOwn(entry));
		if (
			strays.some((entry) => settings.events.some((event) => isUpToDate(entry, settings, event)))
		) {
			context.logger.warn(
				'1CRM Trigger: n8n has an older state of this trigger than 1CRM, perhaps from an import. Its webhooks are taken over or registered again',
			);
		}
		return isComplete && strays.length === 0;
	} catch (error) {
		throw activationFailure(context.getNode(), error);
	}
}

/**
 * Registers a webhook for each event, in place of those that an earlier activation may have left. All or
 * none: when one fails those made before are removed again.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	const webhooks = webhookServer(context);
	try {
		const settings = readSettings(context);
		const server = await readServer(context);
		checkReachable(settings.address, new URL(server).hostname);
		await checkFilterFields(context, webhooks.crm, settings.module);
		await checkChangeSettings(context, webhooks.crm, settings.module);
		const memory = TriggerMemory.of(context, settings.address);
		await memory.serialize(async () => {
			await registerAll(new Activation(webhooks, memory, settings, server));
		});
		return true;
	} catch (error) {
		throw activationFailure(context.getNode(), error);
	}
}

/** One activation: the webhooks that it takes over or registers, beside those that were there before it. */
class Activation {
	/** What the node keeps of an earlier activation and this server still has. */
	readonly old: RegisteredWebhook[];

	webhooks: RegisteredWebhook[] = [];

	/** Those of them that this activation has registered itself. */
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

	/** Lets the deliveries of these webhooks in, and has n8n save them. */
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
 * nothing is removed that was registered meanwhile, and the end is compared with the list (`settleWithOthers`).
 */
async function registerAll(activation: Activation): Promise<void> {
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
 * Compares the webhooks with the server's list: one that is gone is registered again, one whose address was cut off
 * fails, and if another process has registered one for the same event meanwhile, the smaller token stays.
 * Only what this activation has registered itself is removed.
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

/** Removes what was registered before; whatever stays behind delivers what is refused. */
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

/**
 * Removes the webhooks of this node, and nothing else. Each is tried. What could not be removed stays known, so
 * that the next attempt takes it away, and is named in the error.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	try {
		const address = readAddress(context);
		const memory = TriggerMemory.of(context, address);
		const server = await readServer(context);
		await memory.serialize(async () => {
			await removeOwn(webhookServer(context), memory, address, server);
		});
		return true;
	} catch (error) {
		throw activationFailure(context.getNode(), error);
	}
}

async function removeOwn(
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

/** Those of another server are not there, those of another address are not this trigger's: both are forgotten. */
function keptWebhooks(
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

/** An unreachable server still has its webhooks, and n8n must be able to start without it. */
async function listWhereAnswered(server: WebhookServer): Promise<ListedWebhook[] | undefined> {
	try {
		return await listWebhooks(server);
	} catch (error) {
		if (!isUndecided(error)) throw asNodeError(server.crm.http.node, error);
		warn(server, 'the webhooks could not be checked', error);
		return undefined;
	}
}

/** The activation itself has succeeded or failed by then; tidying up after it is only logged. */
async function tryTo(
	server: WebhookServer,
	what: string,
	work: () => Promise<void>,
): Promise<void> {
	try {
		await work();
	} catch (error) {
		warn(server, what, error);
	}
}

function warn({ logger }: WebhookServer, what: string, error: unknown): void {
	logger.warn(`1CRM Trigger: ${what}: ${messageOf(error)}`);
}

/**
 * What went wrong while webhooks were registered or removed. Of a workflow that could not be activated n8n
 * shows the message alone, so the message also says what to do next.
 */
function activationFailure(node: INode, error: unknown): NodeApiError | NodeOperationError {
	const failure = asNodeError(node, error);
	failure.message = sentences(failure.message, failure.description ?? undefined) ?? failure.message;
	failure.description = undefined;
	return failure;
}
