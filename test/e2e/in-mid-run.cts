import type { Sandbox } from '../sandbox/sandbox.cts';
import { poll } from '../support/n8n/poll.cts';

const LIMIT = 60_000;

/**
 * Lets something happen in the middle of a run, however slow the machine is: once as many requests with this path as
 * `after` says have been answered, and while the next one waits. Call it before the run begins.
 */
export async function inMidRun(
	sandbox: Sandbox,
	{ path, after }: { path: RegExp; after: number },
	act: () => void,
): Promise<void> {
	sandbox.hold({ path, after });
	await poll('the middle of the run', LIMIT, async () => sandbox.held > 0 || undefined);
	act();
	sandbox.release();
}
