import { createRequire } from 'node:module';

import type { INodeExecutionData, IRunExecutionData } from 'n8n-workflow';

// flatted's type declarations know only its ES module, which a CommonJS file may not import.
const { parse }: { parse(text: string): unknown } = createRequire(__filename)('flatted');

/** The error of a node or of a whole execution, as n8n keeps it. */
interface ExecutionFailure {
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: Record<string, unknown>;
	node?: { name: string };
}

/** A line of n8n's list of executions. */
export interface ExecutionSummary {
	id: string;
	status: 'new' | 'running' | 'waiting' | 'success' | 'error' | 'crashed' | 'canceled' | 'unknown';
	mode: string;
}

/** An execution as n8n's REST API returns it: the data is JSON in flatted's form. */
export interface StoredExecution extends ExecutionSummary {
	data: string;
	dataTooLargeToDisplay?: boolean;
}

/** What an execution did. */
export interface Execution extends ExecutionSummary {
	/** The items of each node, from all of its outputs and runs. */
	nodeOutputs: Record<string, INodeExecutionData[]>;
	/** How long each node took, over all of its runs. */
	nodeMilliseconds: Record<string, number>;
	/** The errors of the nodes that failed. */
	nodeErrors: Record<string, ExecutionFailure>;
	error?: ExecutionFailure;
}

/** Whether an execution has come to its end. */
export function isFinished({ status }: ExecutionSummary): boolean {
	return !['new', 'running', 'waiting'].includes(status);
}

/** Whether the data of an execution is stored. n8n 1.x stores its end a moment before. */
export function hasData({ data }: StoredExecution): boolean {
	return parse(data) !== undefined;
}

/** Takes the outputs and errors out of n8n's stored form. */
export function readExecution(stored: StoredExecution): Execution {
	const { id, status, mode } = stored;
	if (stored.dataTooLargeToDisplay) {
		throw new Error(`Execution ${id} contains more data than n8n shows`);
	}
	const { resultData } = parse(stored.data) as IRunExecutionData;
	const nodeOutputs: Execution['nodeOutputs'] = {};
	const nodeMilliseconds: Execution['nodeMilliseconds'] = {};
	const nodeErrors: Execution['nodeErrors'] = {};
	for (const [node, runs] of Object.entries(resultData.runData)) {
		nodeOutputs[node] = runs.flatMap((run) =>
			(run.data?.main ?? []).flatMap((items) => items ?? []),
		);
		nodeMilliseconds[node] = runs.reduce((sum, run) => sum + run.executionTime, 0);
		const error = runs.find((run) => run.error)?.error;
		if (error) nodeErrors[node] = error as ExecutionFailure;
	}
	const error = resultData.error as ExecutionFailure;
	return { id, status, mode, nodeOutputs, nodeMilliseconds, nodeErrors, error };
}
