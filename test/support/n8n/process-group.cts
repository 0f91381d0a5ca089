import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

import { isGone, leaveNothingOf } from './leftovers.cts';
import { systemErrorCode } from './system-error.cts';

/**
 * Starts a program in its own process group. Ctrl-C in a terminal only reaches this process, which decides
 * how the program ends. No program outlives this process.
 */
export function startProcessGroup(
	command: string,
	args: string[],
	options: SpawnOptions,
): ChildProcess {
	const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
	const { pid } = child;
	if (pid !== undefined) {
		leaveNothingOf(pid);
		child.once('exit', () => isGone(pid));
	}
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
