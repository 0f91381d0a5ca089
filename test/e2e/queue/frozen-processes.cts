import { readFile } from 'node:fs/promises';

/**
 * Halts a process and its children, however they are grouped: PostgreSQL puts each of its own into a group of its own.
 * Returns a function that lets them go on.
 */
export async function freezeProcesses(processId: number): Promise<() => void> {
	// The parent first, so that it starts no more of them.
	process.kill(processId, 'SIGSTOP');
	const children = await childrenOf(processId);
	for (const child of children) process.kill(child, 'SIGSTOP');
	return () => {
		for (const frozen of [...children, processId]) process.kill(frozen, 'SIGCONT');
	};
}

async function childrenOf(processId: number): Promise<number[]> {
	const list = await readFile(`/proc/${processId}/task/${processId}/children`, 'utf8');
	return list.split(' ').filter(Boolean).map(Number);
}
