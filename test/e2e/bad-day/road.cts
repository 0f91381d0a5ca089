import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The only way to a server, which can be closed: connections are cut, and new ones refused. */
export interface Road {
	url: string;
	close(): void;
	open(): Promise<void>;
}

/** Opens a way to a server on loopback. */
export async function openRoad(targetPort: number): Promise<Road> {
	const sockets = new Set<Socket>();
	let server: Server;
	let port = 0;
	const keep = (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.once('close', () => sockets.delete(socket));
	};
	const open = async () => {
		server = createServer((near) => {
			const far = connect(targetPort, '127.0.0.1');
			for (const [one, other] of [
				[near, far],
				[far, near],
			]) {
				keep(one);
				one.once('close', () => other.destroy());
				one.pipe(other);
			}
		});
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		({ port } = server.address() as AddressInfo);
	};
	await open();
	return {
		url: `http://127.0.0.1:${port}`,
		open,
		close() {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}
