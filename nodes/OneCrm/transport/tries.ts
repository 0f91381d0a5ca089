import { doubtful } from './apiError';
import type { Answer, Attempt } from './attempt';
import { pause } from './pause';
import type { OneCrmRequest, RequestContext } from './request';
import { MAX_TRIES, mayHaveBeenDone, mayRetry, pauseBefore } from './retry';

/**
 * Makes attempts at a request, again where that is safe (`retry.ts`), until one is answered with a success.
 *
 * `alreadyGone` is the answer of a DELETE that finds nothing after a try whose answer was lost: it has done
 * its work. Throws the error of the last attempt, which notes whether a change may have been made.
 */
export async function tryUntilAnswered<Body>(
	context: RequestContext,
	{ method, upload, once = false, tries: mostTries = MAX_TRIES }: OneCrmRequest,
	attempt: () => Promise<Attempt<Body>>,
	alreadyGone?: Answer<Body>,
): Promise<Answer<Body>> {
	let mayBeDone = false;
	let resentAfterRenewal = false;
	for (let tries = 1; ; tries++) {
		const ended = await attempt();
		if ('answer' in ended) return ended.answer;

		const { outcome, error } = ended;
		const isGone = 'status' in outcome && outcome.status === 404;
		if (method === 'DELETE' && mayBeDone && isGone && alreadyGone) return alreadyGone;
		mayBeDone ||= mayHaveBeenDone(outcome);

		const isUnauthorized = 'status' in outcome && outcome.status === 401;
		if (isUnauthorized && upload && !resentAfterRenewal) {
			// n8n renews the token after a 401 but cannot send a used-up stream again.
			resentAfterRenewal = true;
			continue;
		}
		const isAnotherLeft = tries < mostTries && mayRetry(once ? 'POST' : method, outcome);
		const pauseMs = isAnotherLeft ? pauseBefore(tries + 1, outcome) : undefined;
		if (pauseMs === undefined || !(await pause(context, pauseMs))) {
			throw mayBeDone ? doubtful(method, error) : error;
		}
	}
}
