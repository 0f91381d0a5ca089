import { Faults, type FaultTarget } from '../sandbox/faults.cts';
import type { Engine } from '../support/engine/engine.cts';

/** Nothing listens there. */
const CLOSED_ORIGIN = 'http://127.0.0.1:1';

/**
 * Sends the requests that match to a closed port. A sandbox cannot do that: it sees which request it is when
 * it has taken the connection already.
 */
export function refuseConnections({ credentials }: Engine, target: FaultTarget): void {
	const planned = new Faults();
	planned.failNext({ kind: 'resetBefore' }, target);
	const authenticate = credentials.authenticate.bind(credentials);
	credentials.authenticate = async (data, typeName, request) => {
		const ready = await authenticate(data, typeName, request);
		const { origin, pathname } = new URL(ready.url);
		const path = pathname.replace(/^.*\/api\.php/, '');
		if (!planned.take(String(ready.method), path)) return ready;
		return { ...ready, url: ready.url.replace(origin, CLOSED_ORIGIN) };
	};
}
