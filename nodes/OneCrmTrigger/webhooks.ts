import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { nodeError } from '../OneCrm/nodeError';
import { apiPath } from '../OneCrm/transport/address';
import { isJsonObject } from '../OneCrm/transport/answer';
import { isNotFound, isNotOffered, isUnclear } from '../OneCrm/transport/status';
import { LARGEST_PAGE } from '../OneCrm/transport/paging';
import { requestJson } from '../OneCrm/transport/request';
import type { RecordEvent, RegisteredWebhook } from './registration';
import { WEBHOOK_TYPES } from './registration';
import type { TriggerSettings } from './settings';
import { newToken, tokenHash } from './token';

const PATH = 'webhooks';

/** The names in the query of the address that 1CRM calls. */
export const TOKEN_PARAMETER = 'token';
const EVENT_PARAMETER = 'event';
const NAME_PARAMETER = 'name';

/**
 * Registers a webhook in 1CRM for one kind of event. Nothing in a delivery tells a creation from a
 * change, so each kind has a webhook and an address of its own.
 *
 * Throws a `NodeApiError` when 1CRM refuses, or answers without an id and offers no list to find it in.
 */
export async function registerWebhook(
	context: IHookFunctions,
	settings: TriggerSettings,
	event: RecordEvent,
): Promise<RegisteredWebhook> {
	const token = newToken();
	const url = deliveryAddress(settings, event, token);
	const { module: model, filters } = settings;
	const answer = await post(context, { type: WEBHOOK_TYPES[event], url, model, filters });
	const id = answer.id ?? (await findWebhook(context, url))?.id;
	if (typeof id !== 'string' && typeof id !== 'number') {
		throw new NodeApiError(
			context.getNode(),
			{},
			{
				message: '1CRM registered a webhook without saying its ID',
				description:
					'It could not be removed later. Look for it among the webhooks in 1CRM and delete it there',
			},
		);
	}
	return { id: String(id), event, tokenHash: tokenHash(token) };
}

/**
 * A registration without a clear answer may have been made all the same. Then the list tells its id, and
 * the webhook is not left behind where nobody knows of it.
 */
async function post(
	context: IHookFunctions,
	webhook: IDataObject & { url: string },
): Promise<IDataObject> {
	try {
		return await requestJson(context, { method: 'POST', path: PATH, body: webhook });
	} catch (error) {
		const made = isUnclear(error) ? await findWebhook(context, webhook.url) : undefined;
		if (made === undefined) throw nodeError(context.getNode(), error);
		return made;
	}
}

/** No other webhook has the same address: it holds a token. */
async function findWebhook(context: IHookFunctions, url: string): Promise<IDataObject | undefined> {
	return (await listWebhooks(context))?.find((webhook) => webhook.url === url);
}

function deliveryAddress(settings: TriggerSettings, event: RecordEvent, token: string): string {
	const url = new URL(settings.address);
	url.searchParams.set(EVENT_PARAMETER, event);
	if (settings.webhookName !== '') url.searchParams.set(NAME_PARAMETER, settings.webhookName);
	url.searchParams.set(TOKEN_PARAMETER, token);
	return url.href;
}

/** Removes a webhook from 1CRM. One that is gone already is fine; anything else is thrown. */
export async function removeWebhook(context: IHookFunctions, id: string): Promise<void> {
	try {
		await requestJson(context, { method: 'DELETE', path: apiPath([PATH, id]) });
	} catch (error) {
		if (isNotFound(error)) {
			context.logger.debug(`Webhook ${id} was already removed from 1CRM`);
			return;
		}
		throw nodeError(context.getNode(), error);
	}
}

/** The webhooks of the server, or `undefined` where it has no list of them: none is documented. */
export async function listWebhooks(context: IHookFunctions): Promise<IDataObject[] | undefined> {
	try {
		const query = { limit: LARGEST_PAGE };
		const answer = await requestJson(context, { method: 'GET', path: PATH, query });
		const list = answer.records ?? answer.list;
		return Array.isArray(list) ? list.filter(isJsonObject) : undefined;
	} catch (error) {
		if (isNotOffered(error)) {
			context.logger.debug('1CRM does not list its webhooks');
			return undefined;
		}
		throw nodeError(context.getNode(), error);
	}
}
