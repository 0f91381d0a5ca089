import type { IHookFunctions, INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { CrmClient } from '../OneCrm/crm/client';
import { apiBaseUrl } from '../OneCrm/http/address';
import { readCredentials } from '../OneCrm/http/credentials';
import { asNodeError, isUndecided, messageOf } from '../OneCrm/http/errors';
import { sentences } from '../OneCrm/http/failure';
import { checkFilterFields } from './filters';
import type { RegisteredWebhook } from './memory';
import { TriggerMemory } from './memory';
import { checkReachable, isAtAddress, readAddress, readSettings, settingsText } from './settings';
import type { ListedWebhook, WebhookServer } from './webhooks';
import { listWebhooks, registerWebhook, removeWebhook } from './webhooks';

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
		const own = new Set(kept.webhooks.map(({ id }) => id));
		const isComplete = [...own].every((id) => listed.some((webhook) => webhook.id === id));
		return isComplete && listed.every(({ id, url }) => own.has(id) || !isAtAddress(url, address));
	} catch (error) {
		throw activationFailure(context.getNode(), error);
	}
}

/**
 * Registers a webhook for each event, in place of those that an earlier activation may have left. All or
 * none: when one fails those made before are removed again.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	const registered: RegisteredWebhook[] = [];
	const webhooks = webhookServer(context);
	try {
		const settings = readSettings(context);
		const server = await readServer(context);
		checkReachable(settings.address, new URL(server).hostname);
		await checkFilterFields(context, webhooks.crm, settings.module);
		await removeKept(context, webhooks, settings.address, server);
		const memory = TriggerMemory.of(context, settings.address);
		for (const event of settings.events) {
			registered.push(await registerWebhook(webhooks, settings, event));
			// At once: an event may come in before the next one is registered.
			memory.register({
				server,
				settings: settingsText(settings),
				webhooks: [...registered],
			});
		}
		await removeLeftBehind(webhooks, settings.address, registered);
		return true;
	} catch (error) {
		if (registered.length > 0) await undo(context, webhooks);
		throw activationFailure(context.getNode(), error);
	}
}

/**
 * Removes the webhooks of this node, and nothing else. What could not be removed stays known, so that the
 * next attempt takes it away.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	try {
		await removeOwn(context, webhookServer(context));
		return true;
	} catch (error) {
		throw activationFailure(context.getNode(), error);
	}
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

async function removeOwn(context: IHookFunctions, webhooks: WebhookServer): Promise<void> {
	const address = readAddress(context);
	await removeKept(context, webhooks, address, await readServer(context));
	await removeLeftBehind(webhooks, address, []);
}

/** Those of another server are not there, those of another address are not this trigger's: both are forgotten. */
async function removeKept(
	context: IHookFunctions,
	webhookServer: WebhookServer,
	address: string,
	server: string,
): Promise<void> {
	const memory = TriggerMemory.of(context, address);
	const kept = memory.registration;
	if (kept === undefined || kept.webhooks.length === 0) return;
	const { server: keptServer, settings } = kept;
	const keep = (webhooks: RegisteredWebhook[]) =>
		memory.register({ server: keptServer, settings, webhooks });
	if (kept.server !== server || kept.address !== address) {
		const [address] = kept.address.split('?');
		context.logger.warn(`1CRM Trigger: webhooks to ${address} may be left in ${kept.server}`);
		keep([]);
		return;
	}
	const { webhooks } = kept;
	for (const [index, { id }] of webhooks.entries()) {
		await removeWebhook(webhookServer, id);
		keep(webhooks.slice(index + 1));
	}
}

/**
 * Removes all other webhooks at this node's address. n8n was ended between their registration and its
 * saving of their ids, or did not get the answer; whatever they deliver is refused.
 */
async function removeLeftBehind(
	server: WebhookServer,
	address: string,
	own: RegisteredWebhook[],
): Promise<void> {
	try {
		const listed = (await listWebhooks(server)) ?? [];
		const atAddress = listed.filter(({ url }) => isAtAddress(url, address));
		for (const { id } of atAddress.filter((webhook) => own.every(({ id }) => id !== webhook.id))) {
			await removeWebhook(server, id);
		}
	} catch (error) {
		warn(server, 'webhooks of an earlier activation may be left in 1CRM', error);
	}
}

/** The error that stopped the activation is what the user has to see, not one of tidying up after it. */
async function undo(context: IHookFunctions, webhooks: WebhookServer): Promise<void> {
	try {
		await removeOwn(context, webhooks);
	} catch (error) {
		warn(webhooks, 'a webhook could not be removed', error);
	}
}

function warn({ logger }: WebhookServer, what: string, error: unknown): void {
	logger.warn(`1CRM Trigger: ${what}: ${messageOf(error)}`);
}

async function readServer(context: IHookFunctions): Promise<string> {
	const { domain, allowHttp } = readCredentials(await context.getCredentials('oneCrmApi'));
	return apiBaseUrl(domain, allowHttp);
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
