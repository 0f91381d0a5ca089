import type { N8nClient } from '../n8n/client.cts';
import { type ExecutionSummary, isFinished } from '../n8n/execution.cts';
import { poll } from '../n8n/poll.cts';

/** All executions of a workflow, newest first. */
export async function allExecutions(
	client: N8nClient,
	workflowId: string,
): Promise<ExecutionSummary[]> {
	const executions: ExecutionSummary[] = [];
	let cursor: string | null | undefined;
	do {
		const { results, nextCursor } = await client.executionPage(workflowId, cursor ?? undefined);
		executions.push(...results);
		cursor = nextCursor;
	} while (cursor);
	return executions;
}

/** Waits until a workflow has had `count` executions and none of them is under way, and gives them. */
export async function finishedExecutions(
	client: N8nClient,
	workflowId: string,
	count: number,
	limit: number,
): Promise<ExecutionSummary[]> {
	return await poll(`the end of ${count} executions`, limit, async () => {
		const executions = await allExecutions(client, workflowId);
		const areFinished = executions.length >= count && executions.every(isFinished);
		return areFinished ? executions : undefined;
	});
}
