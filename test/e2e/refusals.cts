import { readFile } from 'node:fs/promises';

import { poll } from '../support/n8n/poll.cts';
import { TRIGGER } from '../support/n8n/workflows.cts';

const LOG_LIMIT = 10_000;

/** The lines of n8n's log about deliveries that a workflow refused, as soon as there are this many. */
export async function refusals(
	logFile: string,
	workflowId: string,
	count: number,
): Promise<string[]> {
	return await poll(`${count} refusals in n8n's log`, LOG_LIMIT, async () => {
		const log = await readFile(logFile, 'utf8');
		const start = `"${TRIGGER}" of the workflow ${workflowId} refused a delivery: `;
		const lines = log.split('\n').filter((line) => line.includes(start));
		return lines.length >= count ? lines : undefined;
	});
}
