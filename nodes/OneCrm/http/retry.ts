import { isNamelessNotFound } from './answer';
import type { Outcome } from './errors';
import type { Method } from './types';

/** How one try of a request ended, as far as trying again is concerned. */
export type TryEnd =
	/** The answer of the server: its status, the text of the header `Retry-After`, and what 1CRM says in it. */
	| { status: number; retryAfter?: string; said?: string }
	/** No answer: the error code of the network layer, if it gave one. */
	| { code: string | undefined }
	/** The log-in before the request failed, so the request itself was not sent. */
	| { loginFailed: { transient: boolean } };

export const MAX_TRIES = 4;

const LONGEST_RETRY_AFTER_MS = 60_000;
const FIRST_PAUSE_MS = 250;
const PAUSE_GROWTH = 3;

const BUSY_STATUSES = new Set([429, 502, 503, 504]);
/** The code of an answer that breaks off in the middle, as the HTTP client names it. */
export const BROKEN_OFF = 'ERR_BAD_RESPONSE';

const BROKEN_CONNECTION_CODES = new Set([
	'ECONNRESET',
	'EPIPE',
	'ECONNABORTED',
	'ETIMEDOUT',
	BROKEN_OFF,
]);
/** What came isn't HTTP, e.g. after a wrong `Content-Length`: the codes of Node's parser. */
const NO_HTTP_CODE = /^HPE_/;
/** The request never reached a server, which may be there a moment later. */
const NO_SERVER_YET = new Set(['ECONNREFUSED', 'EAI_AGAIN']);
/** No server ever: no such host, or nobody vouches for it. Node.js ends the connection before it sends anything. */
const NO_SERVER = /^(ENOTFOUND|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

/**
 * Whether a request may be sent again after `end` without the risk of doing its work twice.
 *
 * GET, PATCH and DELETE have the same result however often they arrive. A POST (and a PUT, whose
 * meaning 1CRM does not document) is only sent again if the server cannot have done the work:
 * 429, a 503 that names a time to come back, a connection that was never made, a failed log-in.
 */
export function mayRetry(method: Method, end: TryEnd): boolean {
	if ('loginFailed' in end) return end.loginFailed.transient;
	const repeatable = method === 'GET' || method === 'PATCH' || method === 'DELETE';
	if ('code' in end) {
		const { code = '' } = end;
		return NO_SERVER_YET.has(code) || (repeatable && isBroken(code));
	}
	if (!BUSY_STATUSES.has(end.status)) return false;
	return repeatable || isTurnedAway(end);
}

/** Whether a server says by this end that it has too much to do, or doesn't get around to saying it. */
export function isOverload(end: TryEnd): boolean {
	if ('status' in end) return BUSY_STATUSES.has(end.status);
	return 'code' in end && (end.code === 'ETIMEDOUT' || end.code === 'ECONNRESET');
}

function isNotSent(code = ''): boolean {
	return NO_SERVER_YET.has(code) || NO_SERVER.test(code);
}

function isBroken(code: string): boolean {
	return BROKEN_CONNECTION_CODES.has(code) || NO_HTTP_CODE.test(code);
}

/** What a request may have changed if it ended like this and isn't sent again. */
export function outcomeOf(method: Method, end: TryEnd): Outcome {
	if ('loginFailed' in end) return 'not sent';
	if ('code' in end && isNotSent(end.code)) return 'not sent';
	if (method === 'GET') return 'refused';
	if (!('status' in end)) return 'unknown';
	const isDecided = end.status < 500 && end.status !== 429;
	return isDecided || isTurnedAway(end) ? 'refused' : 'unknown';
}

/** Whether the server asked to come back at a certain time, and so has not begun the work. Nothing else says so. */
function isTurnedAway(end: TryEnd): boolean {
	if (!('status' in end) || (end.status !== 429 && end.status !== 503)) return false;
	return retryAfterMs(end.retryAfter, Date.now()) !== undefined;
}

/** Whether the work may have been done and its answer got lost, at the server or on the way. */
export function isAnswerLost(end: TryEnd): boolean {
	if ('status' in end) return end.status >= 500 && !isTurnedAway(end);
	return outcomeOf('DELETE', end) === 'unknown';
}

/** Whether the server said that there is no such record, and not that its module or address is missing. */
export function isRecordMissing(end: TryEnd): boolean {
	return 'status' in end && end.status === 404 && isNamelessNotFound(end.said ?? '');
}

/**
 * Milliseconds to wait before try number `nextTry` (2 for the first repetition), or `undefined` when
 * there should be none: tries are used up, or the server asks for more than a minute.
 *
 * Pauses grow (a quarter of a second, then three times as long each) and are jittered by `random`
 * (0 to 1), so that parallel requests do not come back at the same moment. `now` is in milliseconds.
 */
export function pauseBefore(
	nextTry: number,
	end: TryEnd,
	random: () => number = Math.random,
	now: number = Date.now(),
): number | undefined {
	if (nextTry > MAX_TRIES) return undefined;
	const asked = 'status' in end ? retryAfterMs(end.retryAfter, now) : undefined;
	if (asked !== undefined) return asked <= LONGEST_RETRY_AFTER_MS ? asked : undefined;
	const longest = FIRST_PAUSE_MS * PAUSE_GROWTH ** (nextTry - 2);
	return Math.round(longest * (0.5 + random() / 2));
}

/** `Date.parse` makes a date of nearly any text with a number in it, such as `retry 5`. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** `Retry-After` contains seconds or an HTTP date (RFC 9110, section 10.2.3). */
function retryAfterMs(header: string | undefined, now: number): number | undefined {
	if (header === undefined) return undefined;
	if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
	const date = HTTP_DATE.test(header.trim()) ? Date.parse(header) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
