import type { Answer } from '../answers.cts';
import type { Crm } from '../crm.cts';
import { notFound } from '../errors.cts';
import { inOrder, listAnswer, pageOf } from '../paging.cts';
import type { Call, Route } from '../route.cts';
import type { StoredRecord } from '../store.cts';

/** The reports on a module, and the archived runs of one of them. */
export function reportRoutes(crm: Crm): Route[] {
	return [
		{
			method: 'get',
			path: '/reports/:model',
			scope: 'read',
			answer: (call) => {
				const { module } = crm.store.table(call.params.model).definition;
				return list(crm, call, 'Report', (row) => row.primary_module === module);
			},
		},
		{
			method: 'get',
			path: '/reports/:model/:id',
			scope: 'read',
			answer: (call) => {
				crm.store.table(call.params.model);
				if (!crm.store.live('Report', call.params.id)) throw notFound();
				return list(crm, call, 'ReportData', (row) => row.report_id === call.params.id);
			},
		},
	];
}

function list(
	crm: Crm,
	{ query }: Call,
	model: string,
	isMeant: (row: StoredRecord) => boolean,
): Answer {
	const { definition, rows } = crm.store.table(model);
	const found = [...rows.values()].filter((row) => row.deleted === '0' && isMeant(row));
	const page = pageOf(inOrder(found), query, crm.variants);
	const records = page.map((row) => crm.view.whole(definition, row));
	return { json: listAnswer(records, found, crm.variants) };
}
