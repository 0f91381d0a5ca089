import { readFile } from 'node:fs/promises';

import type { N8nProcess } from '../../support/n8n/n8n-process.cts';

/** The IDs of the executions that a worker has begun and not ended, by its log. */
export async function runningExecutions({ logFile }: N8nProcess): Promise<string[]> {
	const log = await readFile(logFile, 'utf8');
	const idsAfter = (words: string) =>
		[...log.matchAll(new RegExp(`${words} (\\d+) `, 'g'))].map(([, id]) => id);
	const finished = new Set(idsAfter('Worker finished execution'));
	return idsAfter('Worker started execution').filter((id) => !finished.has(id));
}
