import type { INodeExecutionData } from 'n8n-workflow';
import type { Stage } from '../support/n8n/stage.cts';
import type { Contest, Contestant } from './contest.cts';
import type { BenchCredentials } from './credentials.cts';
import { floor } from './floor.cts';
import { httpUpsertNodes, oneCrmNode } from './nodes.cts';
import { workflowContestant } from './workflow.cts';

const MODEL = 'Contact';

interface SyncSize {
	/** How many records 1CRM has. */
	stored: number;
	/** How many of them are upserted. */
	upserted: number;
	/** One of so many upserted records has changed. */
	changedEach: number;
	/** What the 1CRM node may send at most. */
	mostRequests: number;
}

const person = (number: number) => ({
	last_name: `Name ${number}`,
	email1: `person-${number}@example.com`,
	title: 'Engineer',
});

/** Upserts of records that are there already, by e-mail, few of which have changed. */
export function syncs(credentials: BenchCredentials, size: SyncSize): Contest {
	const { stored, upserted, changedEach, mostRequests } = size;
	const isChanged = (number: number) => number % changedEach === 0;
	const changed = Math.ceil(upserted / changedEach);
	const items = Array.from({ length: upserted }, (_, number) => ({
		json: { ...person(number), ...(isChanged(number) && { title: 'Chief' }) },
	}));
	const checkOutput = (output: INodeExecutionData[]) => {
		if (output.length !== upserted) throw new Error(`${output.length} items, not ${upserted}`);
	};
	/** Besides, only what changed may have been sent. */
	const checkRequests =
		(writes: number) =>
		(output: INodeExecutionData[], { sandbox }: Stage) => {
			checkOutput(output);
			const sent = sandbox.requests.filter(({ method }) => method !== 'GET').length;
			if (sent === writes && sandbox.requests.length <= mostRequests) return;
			throw new Error(`${sandbox.requests.length} requests, ${sent} of them writes`);
		};
	const node = oneCrmNode(credentials, {
		resource: 'record',
		operation: 'upsert',
		module: { __rl: true, mode: 'name', value: MODEL },
		fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['email1'] },
	});
	const own = { nodes: [node], items };
	const first = workflowContestant({ name: '1CRM', ...own, check: checkRequests(changed) });
	return {
		title:
			`Upsert ${count(upserted)} records by e-mail into ${count(stored)}, ` +
			(changed === upserted ? 'all of them changed' : `${count(changed)} of them changed`),
		count: upserted,
		contestants: [
			first,
			startedAgain(
				first,
				workflowContestant({ name: '1CRM, started again', ...own, check: checkRequests(0) }),
			),
			workflowContestant({
				name: 'Two HTTP Requests, all at once',
				mostRounds: 2,
				nodes: httpUpsertNodes(credentials, MODEL, { filter: 'any_email', field: 'email1' }),
				items,
				check: checkOutput,
			}),
			floor(
				() =>
					items.map(({ json }, number) => [
						{ method: 'GET', path: `data/${MODEL}?filters[any_email]=${json.email1}` },
						{ method: 'PATCH', path: `data/${MODEL}/${idOf(number)}`, data: { data: json } },
					]),
				'A bare loop: one lookup and one write each',
			),
		],
		prepare: ({ sandbox }: Stage) => {
			sandbox.clear(MODEL);
			for (let number = 0; number < stored; number++) {
				sandbox.insert(MODEL, { id: idOf(number), ...person(number) });
			}
		},
		check: ({ sandbox }) => {
			const records = sandbox.records(MODEL);
			const chiefs = records.filter(({ title }) => title === 'Chief');
			if (records.length !== stored || chiefs.length !== changed) {
				throw new Error(`${records.length} records, ${chiefs.length} of them changed`);
			}
		},
	};
}

const idOf = (number: number) => `contact-${number}`;
const count = (number: number) => number.toLocaleString('en');

/** The same once more, when there is nothing left to write. */
function startedAgain(first: Contestant, second: Contestant): Contestant {
	return {
		name: '1CRM, started again',
		async takeTurn(stage) {
			await first.takeTurn(stage);
			stage.sandbox.clearRequests();
			return await second.takeTurn(stage);
		},
	};
}
