import { PACKAGE_NAME } from '../e2e/stage.cts';
import { type Contest, output } from './contest.cts';
import type { BenchCredentials } from './credentials.cts';

const RECORDS = 10_000;
const PAGE_SIZE = 200;

/** Every record of a module: the node's Return All beside the paging of n8n's HTTP Request node. */
export function returnAll({ oneCrm, basic, url }: BenchCredentials): Contest {
	return {
		title: `Return all of ${RECORDS.toLocaleString('en')} records`,
		items: [{ json: {} }],
		contestants: [
			{
				name: '1CRM',
				node: {
					type: `${PACKAGE_NAME}.oneCrm`,
					typeVersion: 1,
					credentials: oneCrm,
					parameters: {
						resource: 'record',
						operation: 'search',
						module: { __rl: true, mode: 'name', value: 'Lead' },
						returnAll: true,
						options: { includeClosed: true },
					},
				},
			},
			{
				name: 'HTTP Request with paging',
				node: {
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.5,
					credentials: basic,
					parameters: {
						url: `${url}/api.php/data/Lead?filters[view_closed]=1&limit=${PAGE_SIZE}`,
						authentication: 'genericCredentialType',
						genericAuthType: 'httpBasicAuth',
						options: {
							pagination: {
								pagination: {
									paginationMode: 'updateAParameterInEachRequest',
									parameters: {
										parameters: [
											{ type: 'qs', name: 'offset', value: `={{ $pageCount * ${PAGE_SIZE} }}` },
										],
									},
									paginationCompleteWhen: 'other',
									completeExpression: `={{ $response.body.records.length < ${PAGE_SIZE} }}`,
								},
							},
						},
					},
				},
			},
		],
		prepare: ({ sandbox }) => {
			for (let have = sandbox.records('Lead').length; have < RECORDS; have++) {
				sandbox.insert('Lead', { first_name: 'Lead', last_name: `Number ${have}` });
			}
		},
		check: (execution, { sandbox }) => {
			const ids = output(execution).flatMap(({ json }) =>
				Array.isArray(json.records) ? json.records.map((record) => record.id) : [json.id],
			);
			const all = new Set(sandbox.records('Lead').map(({ id }) => id));
			if (ids.length !== RECORDS || !ids.every((id) => all.delete(id))) {
				throw new Error(`Got ${ids.length} records, not each of ${RECORDS} once`);
			}
		},
	};
}
