import type { ReceivedRequest, Sandbox } from '../sandbox/sandbox.cts';

/**
 * Log-ins and reads of metadata: the requests that may be sent before it is clear whether there is work to
 * do.
 */
const PREPARATION = /^\/(me$|auth\/|meta\/fields\/)/;

/** The requests in which an operation did its work, in the order of their arrival. */
export function workOf({ requests }: Sandbox): ReceivedRequest[] {
	return requests.filter(({ path }) => !PREPARATION.test(path));
}

/** The same in short: `GET /data/Contact`. */
export function sentTo(sandbox: Sandbox): string[] {
	return workOf(sandbox).map(({ method, path }) => `${method} ${path}`);
}
