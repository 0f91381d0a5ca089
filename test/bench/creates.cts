import { PACKAGE_NAME } from '../e2e/stage.cts';
import { type Contest, output } from './contest.cts';
import type { BenchCredentials } from './credentials.cts';

const ITEMS = 500;

/** A record for each item: the node beside n8n's HTTP Request node, which by default sends all at once. */
export function creates({ oneCrm, basic, url }: BenchCredentials): Contest {
	return {
		title: `Create ${ITEMS} records`,
		items: Array.from({ length: ITEMS }, (_, number) => ({
			json: { last_name: `Item ${number}` },
		})),
		contestants: [
			{
				name: '1CRM',
				node: {
					type: `${PACKAGE_NAME}.oneCrm`,
					typeVersion: 1,
					credentials: oneCrm,
					parameters: {
						resource: 'record',
						operation: 'create',
						module: { __rl: true, mode: 'name', value: 'Contact' },
						fields: { mappingMode: 'autoMapInputData', value: null },
					},
				},
			},
			{
				name: 'HTTP Request, all at once',
				node: {
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.5,
					credentials: basic,
					parameters: {
						method: 'POST',
						url: `${url}/api.php/data/Contact`,
						authentication: 'genericCredentialType',
						genericAuthType: 'httpBasicAuth',
						sendBody: true,
						specifyBody: 'json',
						jsonBody: '={{ { data: $json } }}',
						options: {},
					},
				},
			},
		],
		prepare: ({ sandbox }) => sandbox.clear('Contact'),
		check: (execution, { sandbox }) => {
			const made = sandbox.records('Contact').length;
			if (output(execution).length !== ITEMS || made !== ITEMS) {
				throw new Error(`${output(execution).length} items, ${made} records, not ${ITEMS}`);
			}
		},
	};
}
