import type { INodeExecutionData } from 'n8n-workflow';
import type { Stage } from '../support/n8n/stage.cts';
import type { Contest } from './contest.cts';
import type { BenchCredentials } from './credentials.cts';
import { floor } from './floor.cts';
import { httpRequestNode, oneCrmNode } from './nodes.cts';
import { workflowContestant } from './workflow.cts';

const MODEL = 'Contact';

/** Of the 1CRM with little room: how many requests it answers at full pace, and how many it accepts. */
const ROOM = 6;
const MOST = 12;

/** Its batches wait so long, not for their answers: with less it would have more than 8 requests under way. */
const EIGHT_AT_ONCE = { batchSize: 8, batchInterval: 50 };

const CREATING = {
	resource: 'record',
	operation: 'create',
	module: { __rl: true, mode: 'name', value: MODEL },
	fields: { mappingMode: 'autoMapInputData', value: null },
};

/** A record for each item: the node beside n8n's HTTP Request node, which by default sends all at once. */
export function creates(credentials: BenchCredentials, count: number): Contest {
	const { items, check: checkOutput, prepare, checkRecords } = job(count);
	const posting = {
		method: 'POST',
		path: `data/${MODEL}`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ { data: $json } }}',
	};
	return {
		title: `Create ${count.toLocaleString('en')} records`,
		count,
		contestants: [
			workflowContestant({
				name: '1CRM',
				nodes: [oneCrmNode(credentials, CREATING)],
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
				nodes: [oneCrmNode(credentials, { ...CREATING, options: { parallelRequests: 1 } })],
				items,
				check: checkOutput,
			}),
			floor(() =>
				items.map(({ json }) => [{ method: 'POST', path: `data/${MODEL}`, data: { data: json } }]),
			),
		],
		prepare,
		check: checkRecords,
	};
}

/** The same in a 1CRM with little room: the node by default beside fixed numbers of requests at once. */
export function createsWithLittleRoom(credentials: BenchCredentials, count: number): Contest {
	const { items, check, prepare, checkRecords } = job(count);
	const contestant = (name: string, parallelRequests: number) =>
		workflowContestant({
			name,
			nodes: [oneCrmNode(credentials, { ...CREATING, options: { parallelRequests } })],
			items,
			check,
		});
	return {
		title: `Create ${count.toLocaleString('en')} records in a 1CRM that slows down above ${ROOM} requests at once and refuses above ${MOST}`,
		count,
		contestants: [
			contestant('1CRM', 0),
			...[4, 6, 8, 12].map((width) => contestant(`1CRM with ${width} parallel requests`, width)),
		],
		prepare: (stage) => {
			stage.sandbox.capacity = { room: ROOM, most: MOST, refusal: 503 };
			prepare(stage);
		},
		check: (stage) => {
			checkRecords(stage);
			const refused = stage.sandbox.requests.filter(({ status }) => status === 503).length;
			if (refused > 0) throw new Error(`${refused} requests were refused`);
		},
	};
}

function job(count: number) {
	return {
		items: Array.from({ length: count }, (_, number) => ({
			json: { last_name: `Item ${number}` },
		})),
		check: (output: INodeExecutionData[]) => {
			if (output.length !== count) throw new Error(`${output.length} items, not ${count}`);
		},
		prepare: ({ sandbox }: Stage) => sandbox.clear(MODEL),
		checkRecords: ({ sandbox }: Stage) => {
			const made = new Set(sandbox.records(MODEL).map(({ last_name }) => last_name));
			if (sandbox.records(MODEL).length !== count || made.size !== count) {
				throw new Error(`${made.size} records, not ${count}`);
			}
		},
	};
}
