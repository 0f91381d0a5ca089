import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import { nodeError } from '../OneCrm/nodeError';
import { isJsonObject } from '../OneCrm/transport/answer';
import { LARGEST_PAGE, totalOf } from '../OneCrm/transport/paging';
import { requestJson } from '../OneCrm/transport/request';
import { isNotOffered } from '../OneCrm/transport/status';

export const WEBHOOKS_PATH = 'webhooks';

/** n8n itself tries several times to activate a workflow, and gives up all of them after 84 seconds. */
export const TIMEOUT_SECONDS = 15;

/** A webhook as the server lists it. */
export interface ListedWebhook {
	id: string;
	/** Empty where the list does not tell. */
	url: string;
}

/**
 * All webhooks of the server, or `undefined` where it has no list that can be used: none is documented,
 * so that its form is a guess. Throws a `NodeApiError` when the server does not answer properly.
 */
export async function listWebhooks(
	context: IHookFunctions,
	tries?: number,
): Promise<ListedWebhook[] | undefined> {
	const found = new Map<string, ListedWebhook>();
	try {
		for (;;) {
			const page = await fetchPage(context, found.size, tries);
			if (page === undefined) return undefined;
			const known = found.size;
			for (const webhook of page.webhooks) found.set(webhook.id, webhook);
			// A server that knows no offset sends the same page again.
			if (found.size === known || found.size >= page.total) return [...found.values()];
		}
	} catch (error) {
		if (isNotOffered(error)) {
			context.logger.debug('1CRM does not list its webhooks');
			return undefined;
		}
		throw nodeError(context.getNode(), error);
	}
}

async function fetchPage(
	context: IHookFunctions,
	offset: number,
	tries: number | undefined,
): Promise<{ webhooks: ListedWebhook[]; total: number } | undefined> {
	const answer = await requestJson(context, {
		method: 'GET',
		path: WEBHOOKS_PATH,
		query: { offset, limit: LARGEST_PAGE },
		timeoutSeconds: TIMEOUT_SECONDS,
		tries,
	});
	const list = answer.records ?? answer.list;
	if (!Array.isArray(list)) return undefined;
	const webhooks = list.filter(isJsonObject).flatMap(readListed);
	if (webhooks.length === 0 && list.length > 0) return undefined;
	return { webhooks, total: totalOf(answer) ?? Infinity };
}

function readListed({ id, url }: IDataObject): ListedWebhook[] {
	if (typeof id !== 'string' && typeof id !== 'number') return [];
	return [{ id: String(id), url: typeof url === 'string' ? url : '' }];
}
