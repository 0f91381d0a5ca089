import { readFile } from 'node:fs/promises';

import type { N8nProcess } from '../../support/n8n/n8n-process.cts';

/** The IDs of the executions that a worker has begun, by its log. */
export async function startedExecutions(worker: N8nProcess): Promise<string[]> {
	return idsAfter('Worker started execution', await logOf(worker));
}

/** The IDs of those that it has begun and not ended. */
export async function runningExecutions(worker: N8nProcess): Promise<string[]> {
	const log = await logOf(worker);
	const finished = new Set(idsAfter('Worker finished execution', log));
	return idsAfter('Worker started execution', log).filter((id) => !finished.has(id));
}

async function logOf({ logFile }: N8nProcess): Promise<string> {
	return await readFile(logFile, 'utf8');
}

function idsAfter(words: string, log: string): string[] {
	return [...log.matchAll(new RegExp(`${words} (\\d+) `, 'g'))].map(([, id]) => id);
}
