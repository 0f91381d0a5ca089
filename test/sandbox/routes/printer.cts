import type { Answer } from '../answers.cts';
import type { Crm } from '../crm.cts';
import { notFound } from '../errors.cts';
import { onePagePdf } from '../pdf.cts';
import type { Route } from '../route.cts';
import { recordOf } from './data.cts';

/** Records printed as PDF, and the personal data of a contact. */
export function printerRoutes(crm: Crm): Route[] {
	return [
		{
			method: 'get',
			path: '/printer/pdf/personal/:model/:id',
			scope: 'read',
			answer: ({ params }) => {
				if (params.model !== 'Contact') throw notFound();
				return print(crm, params, 'Personal data');
			},
		},
		{
			method: 'get',
			path: '/printer/pdf/:model/:id',
			scope: 'read',
			answer: ({ params }) => print(crm, params, params.model),
		},
	];
}

function print(crm: Crm, params: Record<string, string>, title: string): Answer {
	const row = recordOf(crm, params);
	const { definition } = crm.store.table(params.model);
	return {
		headers: { 'Content-Type': 'application/pdf' },
		content: onePagePdf(`${title}: ${crm.view.label(definition, row) ?? row.id}`),
	};
}
