import { Faults, type FaultTarget } from '../sandbox/faults.cts';
import type { Engine } from '../support/engine/engine.cts';

/** Nothing listens there. */
const CLOSED_ORIGIN = 'http://127.0.0.1:1';

/**
 * Sends the matching requests to a closed port. A sandbox can't refuse a connection by its request, because
 * it only sees the request after it has accepted the connection.
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
