import type { IDataObject } from 'n8n-workflow';

import { apiPath } from '../OneCrm/http/address';
import {
	asNodeError,
	isClearNo,
	isForbidden,
	isMissing,
	isNotFound,
	isUnknown,
} from '../OneCrm/http/errors';
import { sentences } from '../OneCrm/http/failure';
import type { RecordEvent, RegisteredWebhook } from './memory';
import type { TriggerSettings } from './settings';
import { newToken, tokenHash } from './token';
import { deliveryAddress, hashInAddress } from './webhookAddress';
import type { ListedWebhook } from './webhookList';
import { listOrNothing, plainId, WEBHOOKS_PATH, withoutPrefix } from './webhookList';
import type { WebhookServer } from './webhookServer';

/** The kind of webhook that 1CRM has for each event. */
const WEBHOOK_TYPES: Readonly<Record<RecordEvent, string>> = {
	created: 'create',
	updated: 'update',
};

/**
 * Registers a webhook in 1CRM for one kind of event. Nothing in a delivery distinguishes a creation from a
 * change, so each kind has a webhook and an address of its own.
 *
 * `expect` gets the webhook, still without its id, before it is sent: an event may come in before the answer.
 * Throws a `CrmError` if 1CRM refuses, or returns no id and has no list to find it in, and a `UserError`
 * for an address that 1CRM would cut off.
 */
export async function registerWebhook(
	server: WebhookServer,
	settings: TriggerSettings,
	event: RecordEvent,
	expect: (webhook: RegisteredWebhook) => void,
): Promise<RegisteredWebhook> {
	const token = newToken();
	const webhook = { id: '', event, tokenHash: tokenHash(token) };
	const url = deliveryAddress(settings, event, token);
	expect(webhook);
	const { module: model, filters } = settings;
	const id = await post(server, { type: WEBHOOK_TYPES[event], url, model, filters });
	return { ...webhook, id };
}

/**
 * The id of the new webhook. A registration without a clear answer may have been made anyway: then the list has its id,
 * and no unknown webhook is left behind.
 */
async function post(
	server: WebhookServer,
	webhook: IDataObject & { url: string },
): Promise<string> {
	let answer: IDataObject;
	try {
		answer = await server.crm.http.json({
			method: 'POST',
			path: WEBHOOKS_PATH,
			body: webhook,
		});
	} catch (error) {
		const failure = managementFailure(server, error);
		if (!isUnknown(failure)) throw failure;
		const listed = await lookUp(server, webhook.url);
		if (listed.id !== undefined) return listed.id;
		if (!listed.isKnown) {
			const advice = failure.description ?? undefined;
			failure.description = sentences(advice, mayBeLeft(webhook.url));
		}
		throw failure;
	}
	const id = idOf(answer) ?? (await lookUp(server, webhook.url)).id;
	if (id !== undefined) return id;
	throw server.crm.http.error({
		message: "1CRM registered a webhook but didn't return its ID",
		description: `The webhook isn't used, because it couldn't be removed later. ${mayBeLeft(webhook.url)}`,
	});
}

function mayBeLeft(url: string): string {
	const { origin, pathname } = new URL(url);
	return `Look among the webhooks in 1CRM for one with the address ${origin}${pathname}, and delete it there`;
}

/**
 * Looks for a webhook by its address. No other has the same: it contains a token. Doesn't throw if the list fails: the
 * user has to see how the registration went.
 */
async function lookUp(
	server: WebhookServer,
	url: string,
): Promise<{ isKnown: boolean; id?: string }> {
	const listed = await listOrNothing(server);
	return {
		isKnown: listed !== undefined,
		id: listed?.find((webhook) => webhook.tokenHash === hashInAddress(url))?.id,
	};
}

function idOf({ id }: IDataObject): string | undefined {
	return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : undefined;
}

/**
 * Removes a webhook from 1CRM. One that is gone already is fine; any other failure is thrown. What 1CRM answers is not
 * documented: if it isn't a clear yes, its list of webhooks decides.
 */
export async function removeWebhook(server: WebhookServer, id: string): Promise<void> {
	try {
		await server.crm.http.json({
			method: 'DELETE',
			path: apiPath([WEBHOOKS_PATH, id]),
			mayBeEmpty: true,
		});
	} catch (error) {
		if (!isNotFound(error) && (isClearNo(error) || !(await isGone(server, id)))) {
			throw managementFailure(server, error);
		}
		server.logger.debug(`Webhook ${id} was already removed from 1CRM`);
	}
}

/** Removes a webhook of the list, which may write the id in another way than 1CRM takes it. */
export async function removeListed(server: WebhookServer, listed: ListedWebhook): Promise<void> {
	const ids = new Set([withoutPrefix(listed.id), plainId(listed.id), listed.id]);
	for (const id of ids) {
		await removeWebhook(server, id);
		if (ids.size === 1 || (await isGone(server, id))) return;
	}
	throw server.crm.http.error({ message: `1CRM didn't remove the webhook ${listed.id}` });
}

async function isGone(server: WebhookServer, id: string): Promise<boolean> {
	const listed = await listOrNothing(server, 1);
	return listed !== undefined && listed.every((webhook) => plainId(webhook.id) !== plainId(id));
}

/** The failure of a request. If 1CRM does not manage webhooks, for this user or at all, it says what to do. */
function managementFailure(server: WebhookServer, error: unknown) {
	const failure = asNodeError(server.crm.http.node, error);
	if (isForbidden(failure)) {
		failure.message = `1CRM doesn't let this user manage webhooks (${failure.message})`;
		failure.description = 'Choose a credential whose user may, e.g. an administrator of 1CRM';
	} else if (isMissing(failure)) {
		failure.message = `This 1CRM doesn't offer webhooks (${failure.message})`;
		failure.description =
			'Start the workflow by a Schedule Trigger, followed by Record > Get Changes';
	}
	return failure;
}
