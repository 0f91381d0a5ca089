import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Execution } from '../e2e/n8n/execution.cts';
import type { Stage } from '../e2e/stage.cts';

const START = 'Start';
const CONTESTANT = 'Contestant';

/** One way to do the job that is measured: the node that does it, in a workflow of its own. */
export interface Contestant {
	name: string;
	node: Omit<INode, 'id' | 'name' | 'position'>;
}

export interface Contest {
	title: string;
	contestants: Contestant[];
	/** What each of them gets. */
	items: INodeExecutionData[];
	/** Brings the sandbox into the same state before each run. */
	prepare: (stage: Stage) => void;
	/** Throws when a run did not do the whole job. */
	check: (execution: Execution, stage: Stage, contestant: string) => void;
}

export interface Result {
	contestant: string;
	/** Of the node alone, for each run, in milliseconds. */
	milliseconds: number[];
	/** The most requests under way at once, in any run. */
	inFlightPeak: number;
}

/** Runs the contestants in turn, several rounds after one to warm up, in one n8n against one sandbox. */
export async function holdContest(
	contest: Contest,
	stage: Stage,
	rounds: number,
): Promise<Result[]> {
	const { sandbox, client } = stage;
	const entries = await Promise.all(
		contest.contestants.map(async ({ name, node }) => {
			const { id } = await client.createWorkflow({
				name: `${contest.title}: ${name}`,
				nodes: [
					{
						id: START,
						name: START,
						type: 'n8n-nodes-base.manualTrigger',
						typeVersion: 1,
						position: [0, 0],
						parameters: {},
					},
					{ ...node, id: CONTESTANT, name: CONTESTANT, position: [200, 0] },
				],
				connections: { [START]: { main: [[{ node: CONTESTANT, type: 'main', index: 0 }]] } },
				settings: { executionOrder: 'v1' },
				pinData: { [START]: contest.items },
			});
			return { id, result: { contestant: name, milliseconds: [] as number[], inFlightPeak: 0 } };
		}),
	);
	for (let round = 0; round <= rounds; round++) {
		for (const { id, result } of entries) {
			contest.prepare(stage);
			sandbox.clearRequests();
			const execution = await client.runWorkflow(id, START);
			contest.check(execution, stage, result.contestant);
			if (round === 0) continue;
			result.milliseconds.push(execution.nodeMilliseconds[CONTESTANT]);
			result.inFlightPeak = Math.max(result.inFlightPeak, sandbox.inFlightPeak);
		}
	}
	return entries.map(({ result }) => result);
}

/** The items that the node under measure gave. */
export function output(execution: Execution): INodeExecutionData[] {
	return execution.nodeOutputs[CONTESTANT] ?? [];
}
