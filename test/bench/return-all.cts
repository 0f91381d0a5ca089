import type { INodeExecutionData } from 'n8n-workflow';
import type { Stage } from '../support/n8n/stage.cts';
import type { Contest } from './contest.cts';
import type { BenchCredentials } from './credentials.cts';
import { floor } from './floor.cts';
import { httpRequestNode, oneCrmNode } from './nodes.cts';
import { workflowContestant } from './workflow.cts';

const MODEL = 'Contact';
const PAGE_SIZE = 200;
const PATH = `data/${MODEL}?limit=${PAGE_SIZE}&order=id`;

/** Every record of a module: the node's Return All beside the paging of n8n's HTTP Request node. */
export function returnAll(credentials: BenchCredentials, count: number): Contest {
	return {
		title: `Return all of ${count.toLocaleString('en')} records`,
		count,
		contestants: [
			oneCrmContestant(credentials),
			httpRequestContestant(credentials, true),
			httpRequestContestant(credentials),
			floor(() =>
				Array.from({ length: count / PAGE_SIZE }, (_, page) => [
					{ method: 'GET', path: `${PATH}&offset=${page * PAGE_SIZE}` },
				]),
			),
		],
		prepare: ({ sandbox }) => {
			if (sandbox.records(MODEL).length > count) sandbox.clear(MODEL);
			for (let have = sandbox.records(MODEL).length; have < count; have++) {
				sandbox.insert(MODEL, { first_name: 'Contact', last_name: `Number ${have}` });
			}
		},
	};
}

/** Return All of the node under measure. */
export function oneCrmContestant(credentials: BenchCredentials) {
	return workflowContestant({
		name: '1CRM',
		nodes: [
			oneCrmNode(credentials, {
				resource: 'record',
				operation: 'search',
				module: { __rl: true, mode: 'name', value: MODEL },
				returnAll: true,
			}),
		],
		items: [{ json: {} }],
		check: eachRecordOnce,
	});
}

/** What a user would build instead: an item for each page or, with Split Out behind it, for each record. */
export function httpRequestContestant(credentials: BenchCredentials, isSplit = false) {
	return workflowContestant({
		name: `HTTP Request with paging${isSplit ? ' and Split Out' : ''}`,
		nodes: [
			httpRequestNode(credentials, {
				path: PATH,
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
			}),
			...(isSplit ? [SPLIT_OUT] : []),
		],
		items: [{ json: {} }],
		check: eachRecordOnce,
	});
}

const SPLIT_OUT = {
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'records', options: {} },
};

function eachRecordOnce(output: INodeExecutionData[], { sandbox }: Stage): void {
	const ids = output.flatMap(({ json }) =>
		Array.isArray(json.records) ? json.records.map((record) => record.id) : [json.id],
	);
	const records = sandbox.records(MODEL);
	const all = new Set(records.map(({ id }) => id));
	if (ids.length !== records.length || !ids.every((id) => all.delete(id))) {
		throw new Error(`Got ${ids.length} records, not each of ${records.length} once`);
	}
}
