import type { IHookFunctions, INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { asNodeError, isUndecided } from '../OneCrm/http/errors';
import { sentences } from '../OneCrm/http/failure';
import { checkChangeSettings } from './changeCheck';
import { checkFilterFields } from './filters';
import { TriggerMemory } from './memory';
import { Activation, registerAll } from './registration';
import { removeOwn } from './removal';
import {
	checkReachable,
	isAtAddress,
	readAddress,
	readServer,
	readSettings,
	settingsText,
} from './settings';
import type { ListedWebhook } from './webhookList';
import { isSameWebhook, isUpToDate, listWebhooks } from './webhookList';
import type { WebhookServer } from './webhookServer';
import { warn, webhookServer } from './webhookServer';

/**
 * Whether the webhooks of the present settings are registered, and no others at this node's address. What
 * is kept decides, and the server's list if it has one: a webhook that somebody deleted in 1CRM is
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
 * Registers a webhook for each event, in place of those that an earlier activation may have left. All or none: if one
 * fails, those made before are removed again.
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

/** Removes the webhooks of this node, and nothing else. Throws an error that names what could not be removed. */
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

/**
 * What went wrong while webhooks were registered or removed. If a workflow could not be activated, n8n shows only the
 * message, so the message also says what to do next.
 */
function activationFailure(node: INode, error: unknown): NodeApiError | NodeOperationError {
	const failure = asNodeError(node, error);
	failure.message = sentences(failure.message, failure.description ?? undefined) ?? failure.message;
	failure.description = undefined;
	return failure;
}
