import type { Answer } from '../answers.cts';
import type { Crm } from '../crm.cts';
import { ApiError, notFound } from '../errors.cts';
import { linkedRecords, setLink } from '../links.cts';
import type { Link } from '../modules/definition.cts';
import { bodyOf, type Call, DONE, isMap, type Route } from '../route.cts';
import type { LinkData, StoredRecord } from '../store.cts';
import { recordOf } from './data.cts';

/** The records behind a link of a record: listing, adding, removing. */
export function relatedRoutes(crm: Crm): Route[] {
	const link = '/data/:model/:id/:link';
	return [
		{ method: 'get', path: link, scope: 'read', answer: (call) => list(crm, call) },
		{ method: 'post', path: link, scope: 'write', answer: (call) => add(crm, call) },
		{
			method: 'delete',
			path: `${link}/:related`,
			scope: 'write',
			answer: (call) => remove(crm, call),
		},
	];
}

function linkOf(crm: Crm, call: Call): { row: StoredRecord; module: string; link: Link } {
	const row = recordOf(crm, call.params);
	const { links, module } = crm.store.table(call.params.model).definition;
	const isKept = call.params.link === 'taxrates' && !crm.variants.sales.taxRatesLink;
	if (!Object.hasOwn(links, call.params.link) || isKept) {
		const status = crm.variants.unknownLink === 'badRequest' ? 400 : 404;
		throw new ApiError(status, `Link ${call.params.link} not found`);
	}
	return { row, module, link: links[call.params.link] };
}

function list(crm: Crm, call: Call): Answer {
	const { row, module, link } = linkOf(crm, call);
	const table = crm.store.table(link.model);
	const scope = `${row.id} ${call.params.link}`;
	return {
		json: crm.lists.page(table, call.query, call.userId, scope, () =>
			listedTwice(linkedRecords(crm.store, module, row, link), crm.variants.linkedTwice),
		),
	};
}

function* listedTwice(rows: Iterable<StoredRecord>, twice: string[]): Generator<StoredRecord> {
	for (const row of rows) {
		yield row;
		if (twice.includes(row.id)) yield row;
	}
}

function add(crm: Crm, call: Call): Answer {
	const { row, module, link } = linkOf(crm, call);
	if (call.params.link === 'payments' && !crm.variants.sales.paymentsLink) throw notFound();
	const wanted = relatedIds(call);
	if (wanted.some(({ id }) => !crm.store.live(link.model, id))) throw notFound();
	for (const { id, data } of wanted) setLink(crm.store, module, row, link, id, data);
	return DONE;
}

function remove(crm: Crm, call: Call): Answer {
	const { row, module, link } = linkOf(crm, call);
	setLink(crm.store, module, row, link, call.params.related, undefined);
	return DONE;
}

/** The ids under `records`, and those under `records_with_data` with their data. */
function relatedIds(call: Call): Array<{ id: string; data: LinkData }> {
	const { records, records_with_data: withData } = bodyOf(call);
	const plain = Array.isArray(records) ? records.map((id) => ({ id: String(id), data: {} })) : [];
	const rich = Array.isArray(withData) ? withData.filter(isMap) : [];
	return [...plain, ...rich.map(({ id, ...data }) => ({ id: String(id), data }))];
}
