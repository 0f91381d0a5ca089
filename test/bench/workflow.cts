import type { INodeExecutionData } from 'n8n-workflow';
import type { SavedWorkflow, WorkflowDefinition } from '../support/n8n/definitions.cts';
import type { Execution } from '../support/n8n/execution.cts';
import type { Stage } from '../support/n8n/stage.cts';
import { type ChainNode, chainOf } from './chain.cts';
import type { Contestant } from './contest.cts';
import { cpuMilliseconds } from './process-usage.cts';

const START = 'Start';
const LONGEST_RUN_MS = 5 * 60_000;
/** Rarely, so that a look doesn't delay the nodes that are measured. */
const LOOK_INTERVAL_MS = 1000;

interface WorkflowContestant {
	name: string;
	mostRounds?: number;
	/** The nodes that do the job, one behind the other. */
	nodes: Array<Omit<ChainNode, 'name'>>;
	/** What the first of them gets. */
	items: INodeExecutionData[];
	/** Throws if the last node didn't return what it should. */
	check: (output: INodeExecutionData[], stage: Stage) => void;
}

/** A contestant that is a workflow in the real n8n. The time is that of its nodes, as n8n reports it. */
export function workflowContestant(definition: WorkflowContestant): Contestant {
	const { name, mostRounds, nodes, check } = definition;
	let saved: Promise<SavedWorkflow> | undefined;
	return {
		name,
		mostRounds,
		async takeTurn(stage, whenDone) {
			const { client, server } = stage;
			saved ??= client.createWorkflow(workflow(definition));
			const { id } = await saved;
			const before = cpuMilliseconds(server.processId);
			const executionId = await client.startWorkflow(id, START);
			await client.untilFinished(id, executionId, LONGEST_RUN_MS, LOOK_INTERVAL_MS);
			const cpu = cpuMilliseconds(server.processId) - before;
			whenDone?.();
			const execution = await client.execution(executionId);
			check(execution.nodeOutputs[nodeName(nodes.length - 1)] ?? [], stage);
			return { milliseconds: timeOf(execution, nodes.length), cpuMilliseconds: cpu };
		},
	};
}

function workflow({ name, nodes, items }: WorkflowContestant): WorkflowDefinition {
	const start = {
		name: START,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const steps = nodes.map((node, index) => ({ ...node, name: nodeName(index) }));
	return { ...chainOf(name, [start, ...steps]), pinData: { [START]: items } };
}

const nodeName = (index: number) => `Step ${index + 1}`;

function timeOf({ nodeMilliseconds, error }: Execution, nodes: number): number {
	if (error) throw new Error(`The workflow failed: ${error.message}`);
	return Array.from({ length: nodes }, (_, index) => nodeMilliseconds[nodeName(index)]).reduce(
		(sum, milliseconds) => sum + milliseconds,
		0,
	);
}
