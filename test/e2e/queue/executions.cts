import type { N8nClient } from '../n8n/client.cts';
import { type ExecutionSummary, isFinished } from '../n8n/execution.cts';
import { poll } from '../n8n/poll.cts';

/** All executions of a workflow. */
export async function allExecutions(
	client: N8nClient,
	workflowId: string,
): Promise<ExecutionSummary[]> {
	// One that ends while the list is read is in it twice: among those under way, and among the others.
	const executions = new Map<string, ExecutionSummary>();
	let cursor: string | null | undefined;
	do {
		const page = await client.executionPage(workflowId, cursor ?? undefined);
		for (const execution of page.results) executions.set(execution.id, execution);
		cursor = page.nextCursor;
	} while (cursor);
	return [...executions.values()];
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
