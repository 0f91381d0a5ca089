import type { INodeExecutionData } from 'n8n-workflow';
import type { Stage } from '../support/n8n/stage.cts';
import type { Contest } from './contest.cts';
import type { BenchCredentials } from './credentials.cts';
import { floor } from './floor.cts';
import { httpUpsertNodes, oneCrmNode } from './nodes.cts';
import { workflowContestant } from './workflow.cts';

const MODEL = 'Account';

const name = (number: number) => `Account ${String(number).padStart(5, '0')}`;
const lookup = (value: string) => `data/${MODEL}?filters[name]=${encodeURIComponent(value)}`;

/** A record for each item, every second of which is there already. */
export function upserts(credentials: BenchCredentials, count: number): Contest {
	const items = Array.from({ length: count }, (_, number) => ({
		json: { name: name(number), rating: 'Hot' },
	}));
	const checkOutput = (output: INodeExecutionData[]) => {
		if (output.length !== count) throw new Error(`${output.length} items, not ${count}`);
	};
	const id = (number: number) => `account-${number}`;
	return {
		title: `Upsert ${count.toLocaleString('en')} records, half of them existing`,
		count,
		contestants: [
			workflowContestant({
				name: '1CRM',
				nodes: [
					oneCrmNode(credentials, {
						resource: 'record',
						operation: 'upsert',
						module: { __rl: true, mode: 'name', value: MODEL },
						fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['name'] },
					}),
				],
				items,
				check: checkOutput,
			}),
			workflowContestant({
				name: 'Two HTTP Requests, all at once',
				nodes: httpUpsertNodes(credentials, MODEL, { filter: 'name', field: 'name' }),
				items,
				check: checkOutput,
			}),
			workflowContestant({
				name: "One at a time, as n8n's CRM nodes do",
				mostRounds: 1,
				nodes: [
					oneCrmNode(credentials, {
						resource: 'record',
						operation: 'upsert',
						module: { __rl: true, mode: 'name', value: MODEL },
						fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['name'] },
						options: { parallelRequests: 1 },
					}),
				],
				items,
				check: checkOutput,
			}),
			floor(() =>
				items.map(({ json }, number) => [
					{ method: 'GET', path: lookup(json.name) },
					number % 2 === 0
						? { method: 'PATCH', path: `data/${MODEL}/${id(number)}`, data: { data: json } }
						: { method: 'POST', path: `data/${MODEL}`, data: { data: json } },
				]),
			),
		],
		prepare: ({ sandbox }: Stage) => {
			sandbox.clear(MODEL);
			for (let number = 0; number < count; number += 2) {
				sandbox.insert(MODEL, { id: id(number), name: name(number) });
			}
		},
		check: ({ sandbox }) => {
			const records = sandbox.records(MODEL);
			const hot = new Set(
				records.filter(({ rating }) => rating === 'Hot').map((record) => record.name),
			);
			if (records.length !== count || hot.size !== count) {
				throw new Error(`${records.length} records, ${hot.size} of them right, not ${count}`);
			}
		},
	};
}
