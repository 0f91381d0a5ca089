import fc from 'fast-check';
import type { TryEnd } from '../../../../../nodes/OneCrm/http/retry';
import type { Method } from '../../../../../nodes/OneCrm/http/types';
import {
	isAnswerLost,
	isOverload,
	isRecordMissing,
	MAX_TRIES,
	mayRetry,
	outcomeOf,
	pauseBefore,
} from '../../../../../nodes/OneCrm/http/retry';
import { CASES } from '../../cases.cts';

const REPEATABLE: Method[] = ['GET', 'PATCH', 'DELETE'];
const ONCE_ONLY: Method[] = ['POST', 'PUT'];

describe.each(REPEATABLE)('%s', (method) => {
	it.each([429, 502, 503, 504])('is sent again after %d', (status) => {
		expect(mayRetry(method, { status })).toBe(true);
	});

	it.each([400, 401, 403, 404, 405, 413, 500, 501, 302])('is not sent again after %d', (status) => {
		expect(mayRetry(method, { status })).toBe(false);
	});

	it.each([
		'ECONNRESET',
		'EPIPE',
		'ETIMEDOUT',
		'ECONNABORTED',
		'ECONNREFUSED',
		'EAI_AGAIN',
		'ERR_BAD_RESPONSE',
		'HPE_INVALID_CONSTANT',
	])('is sent again after %s', (code) => {
		expect(mayRetry(method, { code })).toBe(true);
	});

	it.each(['ENOTFOUND', 'CERT_HAS_EXPIRED', 'ERR_CANCELED', undefined])(
		'is not sent again after %s',
		(code) => {
			expect(mayRetry(method, { code })).toBe(false);
		},
	);
});

describe.each(ONCE_ONLY)('%s', (method) => {
	it('is sent again only where the server cannot have done the work', () => {
		const ends: TryEnd[] = [
			{ status: 429, retryAfter: '1' },
			{ status: 503, retryAfter: '1' },
			{ code: 'ECONNREFUSED' },
			{ code: 'EAI_AGAIN' },
			{ loginFailed: { transient: true } },
		];
		for (const end of ends) expect(mayRetry(method, end)).toBe(true);
	});

	it('is never sent again when its answer may have been lost', () => {
		const status = fc.integer({ min: 100, max: 599 });
		const isBusy = (number: number) => number === 429 || number === 503;
		const noTime = fc.constantFrom('', ' ', 'soon', '-1', '1.5', 'now', 'in 5', 'May 5');
		const lost = fc.oneof(
			fc.record({ status }),
			fc.record({ status, retryAfter: noTime }),
			fc.record({ status: status.filter((number) => !isBusy(number)), retryAfter: fc.string() }),
			fc.record({
				code: fc.constantFrom(
					'ECONNRESET',
					'EPIPE',
					'ETIMEDOUT',
					'ECONNABORTED',
					'ENOTFOUND',
					'ERR_BAD_RESPONSE',
					'HPE_INVALID_CONSTANT',
					undefined,
				),
			}),
		);
		fc.assert(
			fc.property(lost, (end) => {
				expect(mayRetry(method, end)).toBe(false);
			}),
			CASES,
		);
	});
});

describe('a failed login', () => {
	it('is tried again only where it may succeed a moment later', () => {
		for (const method of [...REPEATABLE, ...ONCE_ONLY]) {
			expect(mayRetry(method, { loginFailed: { transient: true } })).toBe(true);
			expect(mayRetry(method, { loginFailed: { transient: false } })).toBe(false);
		}
	});
});

describe('outcomeOf', () => {
	it.each<TryEnd>([{ status: 500 }, { status: 503 }, { code: 'ECONNRESET' }, { code: undefined }])(
		'suspects that the work was done after %j',
		(end) => {
			expect(outcomeOf('POST', end)).toBe('unknown');
			expect(outcomeOf('GET', end)).toBe('refused');
			expect(isAnswerLost(end)).toBe(true);
		},
	);

	it.each<TryEnd>([
		{ code: 'ECONNREFUSED' },
		{ code: 'EAI_AGAIN' },
		{ code: 'ENOTFOUND' },
		{ code: 'CERT_HAS_EXPIRED' },
		{ loginFailed: { transient: true } },
	])('knows that nothing was sent after %j', (end) => {
		for (const method of [...REPEATABLE, ...ONCE_ONLY]) {
			expect(outcomeOf(method, end)).toBe('not sent');
		}
		expect(isAnswerLost(end)).toBe(false);
	});

	it.each<TryEnd>([
		{ status: 400 },
		{ status: 404 },
		{ status: 429, retryAfter: '1' },
		{ status: 503, retryAfter: '1' },
	])('knows that the server refused after %j', (end) => {
		expect(outcomeOf('POST', end)).toBe('refused');
		expect(isAnswerLost(end)).toBe(false);
	});

	it.each<TryEnd>([
		{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
		{ code: 'SELF_SIGNED_CERT_IN_CHAIN' },
		{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
		{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
	])('trusts no server whose certificate ends in %j', (end) => {
		expect(outcomeOf('POST', end)).toBe('not sent');
	});

	it('leaves open what a status says that is told without a time to come back', () => {
		expect(outcomeOf('POST', { status: 429 })).toBe('unknown');
		expect(isAnswerLost({ status: 429 })).toBe(false);
	});
});

describe('isOverload', () => {
	it.each<TryEnd>([
		{ status: 429 },
		{ status: 503 },
		{ code: 'ETIMEDOUT' },
		{ code: 'ECONNRESET' },
	])('sees a server with too much to do in %j', (end) => {
		expect(isOverload(end)).toBe(true);
	});

	it.each<TryEnd>([
		{ status: 200 },
		{ status: 500 },
		{ code: 'ECONNREFUSED' },
		{ code: undefined },
		{ loginFailed: { transient: true } },
	])('sees none in %j', (end) => {
		expect(isOverload(end)).toBe(false);
	});
});

describe('isRecordMissing', () => {
	it('knows a missing record by what 1CRM says with a 404', () => {
		expect(isRecordMissing({ status: 404, said: 'Not found' })).toBe(true);
	});

	it.each<TryEnd>([
		{ status: 404 },
		{ status: 404, said: 'Module not found: Foo' },
		{ status: 500, said: 'Not found' },
		{ code: 'ECONNRESET' },
	])('does not take %j for it', (end) => {
		expect(isRecordMissing(end)).toBe(false);
	});
});

describe('pauseBefore', () => {
	const busy: TryEnd = { status: 503 };

	it('grows from try to try, and ends with the fourth', () => {
		expect([2, 3, 4, 5].map((next) => pauseBefore(next, busy, () => 1))).toEqual([
			250,
			750,
			2250,
			undefined,
		]);
		expect(MAX_TRIES).toBe(4);
	});

	it('is jittered between half of it and all of it', () => {
		const jitter = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 4 }), jitter, (next, random) => {
				const longest = 250 * 3 ** (next - 2);
				const pause = pauseBefore(next, busy, () => random);
				expect(pause).toBeGreaterThanOrEqual(Math.floor(longest / 2));
				expect(pause).toBeLessThanOrEqual(longest);
			}),
			CASES,
		);
	});

	it('keeps to the seconds that the server asks for, up to a minute', () => {
		const asked = (retryAfter: string) => pauseBefore(2, { status: 429, retryAfter }, () => 1);
		expect(asked('0')).toBe(0);
		expect(asked(' 7 ')).toBe(7000);
		expect(asked('60')).toBe(60_000);
		expect(asked('61')).toBeUndefined();
		expect(asked('5 minutes')).toBe(250);
		expect(asked('9'.repeat(400))).toBeUndefined();
		expect(asked('soon')).toBe(250);
		expect(asked('')).toBe(250);
	});

	it('keeps to the moment that the server asks for, up to a minute ahead', () => {
		const now = Date.UTC(2026, 6, 14, 9, 0, 0);
		const asked = (retryAfter: string) => pauseBefore(2, { status: 503, retryAfter }, () => 1, now);
		expect(asked('Tue, 14 Jul 2026 09:00:05 GMT')).toBe(5000);
		expect(asked(' Tue, 14 Jul 2026 09:00:05 GMT ')).toBe(5000);
		expect(asked('Tue, 14 Jul 2026 08:59:00 GMT')).toBe(0);
		expect(asked('Tue, 14 Jul 2026 09:01:01 GMT')).toBeUndefined();
	});

	it.each(['1.5', '-1', '5 s'])('takes %j for neither seconds nor a date', (retryAfter) => {
		const usual = pauseBefore(2, { status: 503 }, () => 1);
		expect(pauseBefore(2, { status: 503, retryAfter }, () => 1)).toBe(usual);
	});
});
