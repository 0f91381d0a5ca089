import type { INodeExecutionData } from 'n8n-workflow';
import type { Stage } from '../support/n8n/stage.cts';
import type { Contest } from './contest.cts';
import type { BenchCredentials } from './credentials.cts';
import { floor } from './floor.cts';
import { httpRequestNode, oneCrmNode } from './nodes.cts';
import { workflowContestant } from './workflow.cts';

const MODEL = 'Contact';

/** Its batches wait so long, not for their answers: with less it would have more than 8 requests under way. */
const EIGHT_AT_ONCE = { batchSize: 8, batchInterval: 50 };

/** A record for each item: the node beside n8n's HTTP Request node, which by default sends all at once. */
export function creates(credentials: BenchCredentials, count: number): Contest {
	const items = Array.from({ length: count }, (_, number) => ({
		json: { last_name: `Item ${number}` },
	}));
	const creating = {
		resource: 'record',
		operation: 'create',
		module: { __rl: true, mode: 'name', value: MODEL },
		fields: { mappingMode: 'autoMapInputData', value: null },
	};
	const posting = {
		method: 'POST',
		path: `data/${MODEL}`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ { data: $json } }}',
	};
	const checkOutput = (output: INodeExecutionData[]) => {
		if (output.length !== count) throw new Error(`${output.length} items, not ${count}`);
	};
	return {
		title: `Create ${count.toLocaleString('en')} records`,
		count,
		contestants: [
			workflowContestant({
				name: '1CRM',
				nodes: [oneCrmNode(credentials, creating)],
				items,
				check: checkOutput,
			}),
			workflowContestant({
				name: 'HTTP Request, all at once',
				nodes: [httpRequestNode(credentials, posting)],
				items,
				check: checkOutput,
			}),
			workflowContestant({
				name: 'HTTP Request, in batches of 8',
				nodes: [
					httpRequestNode(credentials, {
						...posting,
						options: { batching: { batch: EIGHT_AT_ONCE } },
					}),
				],
				items,
				check: checkOutput,
			}),
			workflowContestant({
				name: "One at a time, as n8n's CRM nodes do",
				mostRounds: 1,
				nodes: [oneCrmNode(credentials, { ...creating, options: { parallelRequests: 1 } })],
				items,
				check: checkOutput,
			}),
			floor(() =>
				items.map(({ json }) => [{ method: 'POST', path: `data/${MODEL}`, data: { data: json } }]),
			),
		],
		prepare: ({ sandbox }: Stage) => sandbox.clear(MODEL),
		check: ({ sandbox }) => {
			const made = new Set(sandbox.records(MODEL).map(({ last_name }) => last_name));
			if (sandbox.records(MODEL).length !== count || made.size !== count) {
				throw new Error(`${made.size} records, not ${count}`);
			}
		},
	};
}
