import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A free loopback port: the preferred one if nobody uses it, otherwise one that the system picks. */
export async function freePort(preferred = 0): Promise<number> {
	const server = createServer();
	try {
		const listening = once(server, 'listening');
		server.listen(preferred, '127.0.0.1');
		await listening;
		return (server.address() as AddressInfo).port;
	} catch (error) {
		if (preferred === 0) throw error;
		return await freePort();
	} finally {
		server.close();
	}
}
