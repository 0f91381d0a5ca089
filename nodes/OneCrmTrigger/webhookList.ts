import type { IDataObject } from 'n8n-workflow';

import { asNodeError, isNotOffered, messageOf } from '../OneCrm/http/errors';
import { LARGEST_PAGE, listOf, totalOf } from '../OneCrm/http/page';
import type { RecordEvent, RegisteredWebhook } from './memory';
import type { TriggerSettings } from './settings';
import { hashInAddress, isAddressOf, unescaped } from './webhookAddress';
import type { WebhookServer } from './webhookServer';

export const WEBHOOKS_PATH = 'webhooks';

/** A webhook as the server lists it. */
export interface ListedWebhook {
	/** As the list writes it, which may differ from the answer to the registration. */
	id: string;
	/** Empty if the list doesn't show it. */
	url: string;
	/** Of the token in the address; empty if there is none. */
	tokenHash: string;
}

/**
 * All webhooks of the server, or `undefined` if it has no list that can be used: none is documented, so its form is a
 * guess. Throws a `CrmError` if the server doesn't answer properly.
 */
export async function listWebhooks(
	server: WebhookServer,
	tries?: number,
): Promise<ListedWebhook[] | undefined> {
	const found = new Map<string, ListedWebhook>();
	try {
		for (;;) {
			const page = await fetchPage(server, found.size, tries);
			if (page === undefined) return undefined;
			const known = found.size;
			for (const webhook of page.webhooks) found.set(webhook.id, webhook);
			// A server that knows no offset sends the same page again.
			if (found.size === known || found.size >= page.total) return [...found.values()];
		}
	} catch (error) {
		if (isNotOffered(error)) {
			server.logger.debug('1CRM does not list its webhooks');
			return undefined;
		}
		throw asNodeError(server.crm.http.node, error);
	}
}

async function fetchPage(
	server: WebhookServer,
	offset: number,
	tries: number | undefined,
): Promise<{ webhooks: ListedWebhook[]; total: number } | undefined> {
	const answer = await server.crm.http.json({
		method: 'GET',
		path: WEBHOOKS_PATH,
		query: { offset, limit: LARGEST_PAGE },
		tries,
	});
	const list = listOf(answer.records ?? answer.list);
	if (list === undefined) return undefined;
	const webhooks = list.flatMap(readListed);
	if (webhooks.length === 0 && list.length > 0) return undefined;
	return { webhooks, total: totalOf(answer) ?? Infinity };
}

function readListed({ id, url }: IDataObject): ListedWebhook[] {
	if (typeof id !== 'string' && typeof id !== 'number') return [];
	const address = typeof url === 'string' ? unescaped(url) : '';
	return [{ id: String(id), url: address, tokenHash: hashInAddress(address) }];
}

/** The same, but `undefined` also if the server doesn't answer properly. */
export async function listOrNothing(
	server: WebhookServer,
	tries?: number,
): Promise<ListedWebhook[] | undefined> {
	try {
		return await listWebhooks(server, tries);
	} catch (error) {
		server.logger.warn(`1CRM Trigger: the webhooks could not be listed: ${messageOf(error)}`);
		return undefined;
	}
}

/** Whether a webhook of a list was registered for an event under these settings. */
export function isUpToDate(
	{ url, tokenHash }: ListedWebhook,
	settings: TriggerSettings,
	event: RecordEvent,
): boolean {
	return tokenHash !== '' && isAddressOf(url, settings, event);
}

/** Whether the entry of a list is this webhook: its token proves it, an id may be written in another way. */
export function isSameWebhook(listed: ListedWebhook, webhook: RegisteredWebhook): boolean {
	if (listed.url !== '') return listed.tokenHash === webhook.tokenHash;
	return plainId(listed.id) === plainId(webhook.id);
}

/** Whether 1CRM has kept less of the address than it was sent. */
export function isCutOff(listed: ListedWebhook, webhook: RegisteredWebhook): boolean {
	const isSameId = webhook.id !== '' && plainId(listed.id) === plainId(webhook.id);
	return isSameId && !isSameWebhook(listed, webhook);
}

/** An id without the name of its module, in small letters: `Webhooks:A1` → `a1`. */
export function plainId(id: string): string {
	return withoutPrefix(id).toLowerCase();
}

export function withoutPrefix(id: string): string {
	return id.replace(/^[^:]*:/, '');
}
