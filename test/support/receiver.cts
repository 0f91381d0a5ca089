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
	const state = { isHolding: false, underWay: 0, peak: 0 };
	const held: Array<() => void> = [];
	const server = createServer((request, response) => {
		let body = '';
		state.peak = Math.max(state.peak, ++state.underWay);
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			received.push({ path: request.url ?? '', headers: request.headers, body });
			const answer = () => {
				state.underWay--;
				response.writeHead(statuses.shift() ?? 200).end('ok');
			};
			if (state.isHolding) held.push(answer);
			else answer();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		/** The statuses of the next answers. 200 after the last one. */
		statuses,
		/** Answers nothing until `release`. */
		hold() {
			state.isHolding = true;
		},
		/** Answers what is held, and what comes from now on. */
		release() {
			state.isHolding = false;
			for (const answer of held.splice(0)) answer();
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
