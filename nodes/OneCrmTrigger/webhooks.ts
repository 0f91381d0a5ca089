import type { IDataObject, Logger } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { CrmClient } from '../OneCrm/crm/client';
import { apiPath } from '../OneCrm/http/address';
import {
	asNodeError,
	isClearNo,
	isForbidden,
	isMissing,
	isNotFound,
	isNotOffered,
	isUnknown,
	messageOf,
} from '../OneCrm/http/errors';
import { sentences } from '../OneCrm/http/failure';
import { LARGEST_PAGE, listOf, totalOf } from '../OneCrm/http/page';
import type { RecordEvent, RegisteredWebhook } from './memory';
import type { TriggerSettings } from './settings';
import { isAtAddress, settingsText } from './settings';
import { newToken, tokenHash } from './token';

const WEBHOOKS_PATH = 'webhooks';

/** The 1CRM that webhooks are managed in, and where it is said what nobody can see otherwise. */
export interface WebhookServer {
	crm: CrmClient;
	logger: Logger;
}

/** A webhook as the server lists it. */
export interface ListedWebhook {
	/** As the list writes it, which may differ from the answer to the registration. */
	id: string;
	/** Empty if the list doesn't show it. */
	url: string;
	/** Of the token in the address; empty if there is none. */
	tokenHash: string;
}

/** 1CRM's columns for addresses are assumed to have as many characters; what is longer would be cut off. */
const LONGEST_ADDRESS = 255;
const LONGEST_NAME = 40;

/** The kinds of webhook that 1CRM has for each event. */
export const WEBHOOK_TYPES: Readonly<Record<RecordEvent, string>> = {
	created: 'create',
	updated: 'update',
};

/** The names in the query of the address that 1CRM calls. */
export const TOKEN_PARAMETER = 'token';
const EVENT_PARAMETER = 'event';
const NAME_PARAMETER = 'name';
const SETTINGS_PARAMETER = 'settings';

/**
 * Registers a webhook in 1CRM for one kind of event. Nothing in a delivery tells a creation from a
 * change, so each kind has a webhook and an address of its own.
 *
 * `expect` gets the webhook, still without its id, before it is sent: an event may come in before the answer.
 * Throws a `CrmError` when 1CRM refuses, or gives no id and offers no list to find it in, and a `UserError`
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
 * The id of the new webhook. A registration without a clear answer may have been made all the same: then
 * the list tells its id, and the webhook is not left behind where nobody knows of it.
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
 * Looks for a webhook by its address. No other has the same: it holds a token. A list that fails tells
 * nothing; what the user has to see is how the registration went.
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

function idOf({ id }: IDataObject): string | undefined {
	return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : undefined;
}

/**
 * The address that 1CRM calls. The token comes first, so that it survives whatever 1CRM does to the separators
 * behind it, and the name last, as long as there is room for it when each `&` is stored as `&amp;`.
 */
function deliveryAddress(settings: TriggerSettings, event: RecordEvent, token: string): string {
	const { address, webhookName } = settings;
	const url = new URL(address);
	const own = [...url.searchParams];
	url.search = '';
	url.searchParams.set(TOKEN_PARAMETER, token);
	for (const [name, value] of own) url.searchParams.append(name, value);
	url.searchParams.set(EVENT_PARAMETER, event);
	url.searchParams.set(SETTINGS_PARAMETER, settingsMark(settings));
	const whole = url.href;
	if (storedLength(whole) > LONGEST_ADDRESS) {
		throw new UserError(
			`The address of this trigger has ${storedLength(whole)} characters, and 1CRM can store ${LONGEST_ADDRESS}. Shorten the public address of n8n (N8N_WEBHOOK_URL or WEBHOOK_URL)`,
		);
	}
	const letters = Array.from(webhookName).slice(0, LONGEST_NAME);
	for (; letters.length > 0; letters.pop()) {
		url.searchParams.set(NAME_PARAMETER, letters.join(''));
		if (storedLength(url.href) <= LONGEST_ADDRESS) return url.href;
	}
	return whole;
}

function storedLength(address: string): number {
	return address.replaceAll('&', '&amp;').length;
}

/** A few letters that are the same for the same settings: by them a webhook is known to be up to date. */
function settingsMark(settings: TriggerSettings): string {
	return tokenHash(settingsText(settings)).slice(0, 8);
}

/** The webhook in a list that was registered for an event under the same settings, by this n8n or another process. */
export function isUpToDate(
	{ url, tokenHash: hash }: ListedWebhook,
	settings: TriggerSettings,
	event: RecordEvent,
): boolean {
	if (hash === '' || !isAtAddress(url, settings.address)) return false;
	const { searchParams } = new URL(url);
	return (
		searchParams.get(EVENT_PARAMETER) === event &&
		searchParams.get(SETTINGS_PARAMETER) === settingsMark(settings)
	);
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
function plainId(id: string): string {
	return withoutPrefix(id).toLowerCase();
}

function withoutPrefix(id: string): string {
	return id.replace(/^[^:]*:/, '');
}

/**
 * Removes a webhook from 1CRM. One that is gone already is fine; anything else is thrown. What 1CRM answers is not
 * documented: where it is no clear yes, its list of webhooks decides.
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

/** Removes a webhook by what the list says of it, whose id may be written in another way than 1CRM takes it. */
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

/** What 1CRM says when it does not manage webhooks, for this user or at all, in words that say what to do. */
function managementFailure(server: WebhookServer, error: unknown) {
	const failure = asNodeError(server.crm.http.node, error);
	if (isForbidden(failure)) {
		failure.message = `1CRM doesn't let this user manage webhooks (${failure.message})`;
		failure.description = 'Choose a credential whose user is an administrator of 1CRM';
	} else if (isMissing(failure)) {
		failure.message = `This 1CRM doesn't offer webhooks (${failure.message})`;
		failure.description =
			"Start the workflow by a Schedule Trigger, and search with the option 'Modified After'";
	}
	return failure;
}

/**
 * All webhooks of the server, or `undefined` where it has no list that can be used: none is documented,
 * so that its form is a guess. Throws a `CrmError` when the server does not answer properly.
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

/** An address without the marks of HTML, in which some versions of 1CRM may store it. */
function unescaped(url: string): string {
	return url.replace(/&(?:amp|#0*38|#x0*26);/gi, '&');
}

function hashInAddress(url: string): string {
	const token = URL.canParse(url) ? new URL(url).searchParams.get(TOKEN_PARAMETER) : null;
	return token === null ? '' : tokenHash(token);
}
