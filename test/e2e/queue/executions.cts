import { type ExecutionSummary, isFinished } from '../../support/n8n/execution.cts';
import { poll } from '../../support/n8n/poll.cts';
import type { Postgresql } from './postgresql.cts';

/** Each look starts a process, which is not to slow n8n down. */
const POLL_INTERVAL = 1000;

/**
 * Waits until a workflow has had `count` executions and all of them have finished, and returns them. Reads
 * them from n8n's database, because n8n's paged list can omit executions that began at the same time.
 */
export async function endedExecutions(
	database: Postgresql,
	workflowId: string,
	count: number,
	limit: number,
): Promise<ExecutionSummary[]> {
	const sql = `SELECT id::text, status, mode FROM execution_entity WHERE "workflowId" = '${workflowId}' ORDER BY id`;
	const look = async () => {
		const executions = await database.query<ExecutionSummary>(sql);
		const areFinished = executions.length >= count && executions.every(isFinished);
		return areFinished ? executions : undefined;
	};
	return await poll(`the end of ${count} executions`, limit, look, POLL_INTERVAL);
}
