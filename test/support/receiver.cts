import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ReceivedDelivery {
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** A server that records what is posted to it. */
export async function startReceiver() {
	const received: ReceivedDelivery[] = [];
	const statuses: number[] = [];
	const state = { delay: 0, underWay: 0, peak: 0 };
	const server = createServer((request, response) => {
		let body = '';
		state.peak = Math.max(state.peak, ++state.underWay);
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			received.push({ path: request.url ?? '', headers: request.headers, body });
			setTimeout(() => {
				state.underWay--;
				response.writeHead(statuses.shift() ?? 200).end('ok');
			}, state.delay);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		/** The statuses of the next answers. 200 after the last one. */
		statuses,
		/** Milliseconds until an answer. */
		set delay(milliseconds: number) {
			state.delay = milliseconds;
		},
		/** The most deliveries under way at once. */
		get peak() {
			return state.peak;
		},
		stop: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
