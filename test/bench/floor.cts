import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { forkProgram } from '../support/forked.cts';
import type { Contestant, Turn } from './contest.cts';

/** Requests that depend on each other, such as a lookup and the write after it. */
type RequestChain = Array<{ method: string; path: string; data?: unknown }>;

export interface FloorJob {
	url: string;
	username: string;
	password: string;
	/** How many chains are under way at a time. */
	parallel: number;
	chains: RequestChain[];
}

/** As the 1CRM node when it begins. */
const PARALLEL = 8;

/**
 * The least possible work: the same requests in a bare loop of axios, which n8n's HTTP helper uses too. It
 * runs in its own process and knows beforehand what to send.
 */
export function floor(chains: () => RequestChain[], name = 'Floor: a bare loop'): Contestant {
	let started: ChildProcess | undefined;
	return {
		name,
		async takeTurn({ sandbox: { url, username, password } }) {
			started ??= startProcess();
			const job: FloorJob = { url, username, password, parallel: PARALLEL, chains: chains() };
			started.send(job);
			const ended = once(started, 'exit').then(() => {
				throw new Error('The bare loop has failed');
			});
			const [turn] = (await Promise.race([once(started, 'message'), ended])) as [Turn];
			return turn;
		},
	};
}

function startProcess(): ChildProcess {
	const child = forkProgram(join(__dirname, 'floor-process.cts'));
	child.unref();
	child.channel?.unref();
	return child;
}
