import type { Answer } from '../answers.cts';
import type { Crm } from '../crm.cts';
import { notFound } from '../errors.cts';
import { textsOf } from '../php-query.cts';
import type { Call, Route } from '../route.cts';
import { isSalesDocument } from '../sales.cts';
import { tallyOf } from '../tally.cts';
import { recordOf } from './data.cts';

/** A document with its groups, lines and totals. */
export function tallyRoutes(crm: Crm): Route[] {
	return [
		{
			method: 'get',
			path: '/tally/:model/:id',
			scope: 'read',
			answer: (call) => tally(crm, call),
		},
	];
}

function tally(crm: Crm, { params, query }: Call): Answer {
	const { model } = params;
	if (!crm.variants.sales.tally || !isSalesDocument(crm, model)) throw notFound();
	const row = recordOf(crm, params);
	const { definition } = crm.store.table(model);
	const fields = textsOf(query.fields);
	const record =
		fields.length > 0
			? crm.view.selected(definition, row, fields)
			: crm.view.whole(definition, row);
	return { json: { record, ...tallyOf(crm, model, row) } };
}
