import type { IHookFunctions } from 'n8n-workflow';

import { nodeError } from '../OneCrm/nodeError';
import { apiBaseUrl } from '../OneCrm/transport/address';
import { readCredentials } from '../OneCrm/transport/credentials';
import type { RecordEvent, RegisteredWebhook } from './registration';
import { forgetRegistration, keepRegistration, keptRegistration } from './registration';
import type { TriggerSettings } from './settings';
import { checkReachable, readSettings, settingsText } from './settings';
import { listWebhooks, registerWebhook, removeWebhook } from './webhooks';

/**
 * Whether the webhooks of the present settings are registered. What is kept decides, and the server's
 * list where it has one: a webhook that somebody deleted in 1CRM is found missing. Changes nothing.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	try {
		const kept = keptRegistration(context.getWorkflowStaticData('node'));
		if (kept === undefined) return false;
		const settings = readSettings(context);
		const isComplete = kept.webhooks.length === settings.events.length;
		if (!isComplete || kept.settings !== settingsText(settings)) return false;
		const listed = await listWebhooks(context);
		const ids = listed?.map((webhook) => String(webhook.id));
		return ids === undefined || kept.webhooks.every(({ id }) => ids.includes(id));
	} catch (error) {
		throw nodeError(context.getNode(), error);
	}
}

/**
 * Registers a webhook for each event, in place of those that an earlier activation may have left. All or
 * none: when one fails those made before are removed again.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	const registered: RegisteredWebhook[] = [];
	try {
		const settings = readSettings(context);
		checkReachable(settings.address, await crmHostname(context));
		await removeKept(context);
		for (const event of settings.events) {
			registered.push(await registerAndKeep(context, settings, event, registered));
		}
		return true;
	} catch (error) {
		await undo(context, registered);
		throw nodeError(context.getNode(), error);
	}
}

/**
 * Removes what this node has registered, and nothing else. What could not be removed stays known, so
 * that the next activation takes it away.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	try {
		await removeKept(context);
		return true;
	} catch (error) {
		throw nodeError(context.getNode(), error);
	}
}

/** Kept at once: should n8n stop between two webhooks, the first is not forgotten. */
async function registerAndKeep(
	context: IHookFunctions,
	settings: TriggerSettings,
	event: RecordEvent,
	before: RegisteredWebhook[],
): Promise<RegisteredWebhook> {
	const webhook = await registerWebhook(context, settings, event);
	keepRegistration(context.getWorkflowStaticData('node'), {
		settings: settingsText(settings),
		webhooks: [...before, webhook],
	});
	return webhook;
}

async function removeKept(context: IHookFunctions): Promise<void> {
	const staticData = context.getWorkflowStaticData('node');
	const kept = keptRegistration(staticData);
	if (kept === undefined) return;
	let left = kept.webhooks;
	for (const webhook of kept.webhooks) {
		await removeWebhook(context, webhook.id);
		left = left.filter(({ id }) => id !== webhook.id);
		keepRegistration(staticData, { ...kept, webhooks: left });
	}
	forgetRegistration(staticData);
}

/** The error that stopped the activation is what the user has to see, not one of tidying up after it. */
async function undo(context: IHookFunctions, registered: RegisteredWebhook[]): Promise<void> {
	if (registered.length === 0) return;
	try {
		await removeKept(context);
	} catch (error) {
		context.logger.warn(
			`1CRM Trigger: a webhook could not be removed: ${(error as Error).message}`,
		);
	}
}

async function crmHostname(context: IHookFunctions): Promise<string> {
	const { domain, allowHttp } = readCredentials(await context.getCredentials('oneCrmApi'));
	return new URL(apiBaseUrl(domain, allowHttp)).hostname;
}
