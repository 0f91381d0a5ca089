import type { Answer } from '../answers.cts';
import { type Crm } from '../crm.cts';
import { badRequest, forbidden, notFound } from '../errors.cts';
import { inOrder, listAnswer, pageOf } from '../paging.cts';
import { bodyOf, type Call, DONE, mapFrom, type Route } from '../route.cts';
import { areFilters } from '../webhook-filters.cts';
import type { RegisteredWebhook } from '../webhooks.cts';
import { WEBHOOK_TYPES } from '../webhooks.cts';

/** Registering, showing and removing webhooks. */
export function webhookRoutes(crm: Crm): Route[] {
	const one = '/webhooks/:id';
	return [
		{ method: 'post', path: '/webhooks', scope: 'write', answer: (call) => register(crm, call) },
		{ method: 'get', path: '/webhooks', scope: 'read', answer: (call) => list(crm, call) },
		{ method: 'get', path: one, scope: 'read', answer: ({ params }) => show(crm, params.id) },
		{ method: 'delete', path: one, scope: 'write', answer: (call) => remove(crm, call) },
	];
}

function register(crm: Crm, call: Call): Answer {
	requireRight(crm, call.userId);
	const { type, url, model, filters: given = {} } = bodyOf(call);
	if (typeof type !== 'string' || !WEBHOOK_TYPES.includes(type)) {
		throw badRequest('The type of a webhook is create, update or create_update');
	}
	if (typeof url !== 'string' || !URL.canParse(url)) throw badRequest('The url is missing');
	if (typeof model !== 'string') throw badRequest('The model is missing');
	crm.store.table(model);
	const filters = mapFrom(given);
	if (!areFilters(filters)) throw badRequest('The filters have another form');
	const webhook = crm.webhooks.register({
		type,
		url,
		model,
		...(Object.keys(filters).length > 0 && { filters }),
	});
	return crm.variants.webhooks.answerWithoutId ? DONE : { json: { id: webhook.id } };
}

function list(crm: Crm, { query }: Call): Answer {
	if (!crm.variants.webhooks.list) throw notFound();
	const { registered } = crm.webhooks;
	const page = pageOf(inOrder(registered), query, crm.variants).map((webhook) =>
		listed(crm, webhook),
	);
	const { records, ...total } = listAnswer(page, registered, crm.variants);
	return { json: { [crm.variants.webhooks.listKey]: records, ...total } };
}

function listed(crm: Crm, webhook: RegisteredWebhook): RegisteredWebhook {
	const { listedIds } = crm.variants.webhooks;
	if (listedIds === 'prefixed') return { ...webhook, id: `Webhooks:${webhook.id}` };
	return listedIds === 'upperCase' ? { ...webhook, id: webhook.id.toUpperCase() } : webhook;
}

function show(crm: Crm, id: string): Answer {
	const webhook = crm.webhooks.registered.find((registered) => registered.id === id);
	if (!webhook || !crm.variants.webhooks.list) throw notFound();
	return { json: { record: webhook } };
}

function remove(crm: Crm, { params, userId }: Call): Answer {
	requireRight(crm, userId);
	const { removal, removedAgain } = crm.variants.webhooks;
	if (!crm.webhooks.remove(params.id) && removedAgain === 'notFound') throw notFound();
	return removal === 'empty' ? { status: 204, headers: {}, content: '' } : DONE;
}

function requireRight(crm: Crm, userId: string): void {
	const isAdmin = crm.store.live('User', userId)?.is_admin === '1';
	if (crm.variants.webhooks.requireAdmin && !isAdmin) {
		throw forbidden('Only an administrator may manage webhooks');
	}
}
