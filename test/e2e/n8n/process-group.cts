import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

import { systemErrorCode } from './system-error.cts';

const running = new Set<ChildProcess>();

process.on('exit', () => running.forEach((child) => killProcessGroup(child)));

/**
 * Starts a program in a process group of its own. Ctrl-C in a terminal reaches only this process,
 * which decides how the program ends; no program outlives this process.
 */
export function startProcessGroup(
	command: string,
	args: string[],
	options: SpawnOptions,
): ChildProcess {
	const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
	running.add(child);
	child.once('exit', () => running.delete(child));
	child.once('error', () => running.delete(child));
	return child;
}

/** Ends a program and everything that it started, at once. */
export function killProcessGroup(child: ChildProcess): void {
	if (child.pid === undefined) return;
	try {
		if (process.platform === 'win32') child.kill('SIGKILL');
		else process.kill(-child.pid, 'SIGKILL');
	} catch (error) {
		if (systemErrorCode(error) !== 'ESRCH') throw error;
	}
}
