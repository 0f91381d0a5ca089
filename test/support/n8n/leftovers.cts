import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** A program, by the number of its process group, or a folder, by its path. */
type Leftover = number | string;

const CLEAN_UP = join(__dirname, 'clean-up.cjs');

const leftovers = new Set<Leftover>();
let cleaner: ChildProcess | undefined;

/** Has a program ended or a folder removed when this process is gone, even if that is killed. */
export function leaveNothingOf(leftover: Leftover): void {
	leftovers.add(leftover);
	cleaner ??= startCleaner();
	cleaner.send([...leftovers]);
}

/** Says that a program has ended or a folder has been removed. */
export function isGone(leftover: Leftover): void {
	leftovers.delete(leftover);
	cleaner?.send([...leftovers]);
	if (leftovers.size > 0) return;
	cleaner?.disconnect();
	cleaner = undefined;
}

/**
 * It has its own process group, which Ctrl-C in a terminal doesn't reach, and doesn't keep its parent from
 * ending.
 */
function startCleaner(): ChildProcess {
	const child = fork(CLEAN_UP, {
		execArgv: [],
		detached: true,
		stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
	});
	child.unref();
	child.channel?.unref();
	return child;
}
