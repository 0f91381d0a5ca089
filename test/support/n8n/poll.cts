import { setTimeout as sleep } from 'node:timers/promises';

const POLL_INTERVAL = 100;

/** Asks until there is an answer, or fails after the limit. */
export async function poll<Answer>(
	what: string,
	limit: number,
	ask: () => Promise<Answer | undefined>,
	interval = POLL_INTERVAL,
): Promise<Answer> {
	for (const end = Date.now() + limit; Date.now() < end; await sleep(interval)) {
		const answer = await ask();
		if (answer !== undefined) return answer;
	}
	throw new Error(`Waited ${limit / 1000} s for ${what} without success`);
}
