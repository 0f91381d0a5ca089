import fc from 'fast-check';
import { isToken, newToken, tokenHash } from '../../../../nodes/OneCrmTrigger/token';
import { CASES } from '../cases.cts';

describe('a token', () => {
	it('is 32 random bytes, safe in an address', () => {
		const tokens = Array.from({ length: 100 }, newToken);
		for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{64}$/);
		expect(new Set(tokens).size).toBe(100);
	});

	it('is known by its hash, which does not hold it', () => {
		const token = newToken();
		expect(isToken(token, tokenHash(token))).toBe(true);
		expect(tokenHash(token)).toMatch(/^[0-9a-f]{64}$/);
		expect(tokenHash(token)).not.toBe(token);
	});

	it('opens nothing with its hash, in another case, cut or lengthened', () => {
		const token = 'a1'.repeat(32);
		const hash = tokenHash(token);
		for (const wrong of [hash, token.toUpperCase(), token.slice(1), `${token} `, newToken()]) {
			expect(isToken(wrong, hash)).toBe(false);
		}
	});
});

describe('isToken', () => {
	it('says no to every text but the token', () => {
		const token = newToken();
		const hash = tokenHash(token);
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(isToken(text, hash)).toBe(false);
			}),
			CASES,
		);
	});

	it('never throws, and says no to what is no text', () => {
		const hash = tokenHash(newToken());
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (value) => {
				expect(isToken(value, hash)).toBe(false);
			}),
			CASES,
		);
	});

	it('says no to what only becomes the token as a text', () => {
		expect(isToken(5, tokenHash('5'))).toBe(false);
		expect(isToken(['a1'], tokenHash('a1'))).toBe(false);
		expect(isToken(undefined, tokenHash('undefined'))).toBe(false);
	});

	it('says no whatever was kept in place of a hash', () => {
		const token = newToken();
		const whole = tokenHash(token);
		const kept = fc.oneof(
			fc.string(),
			fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), maxLength: 128 }),
			fc.nat({ max: 63 }).map((length) => whole.slice(0, length)),
		);
		fc.assert(
			fc.property(kept, (hash) => {
				expect(isToken(token, hash)).toBe(false);
				expect(isToken('', hash)).toBe(false);
			}),
			CASES,
		);
	});

	it('says no to an empty token, even where its hash was kept', () => {
		expect(isToken('', tokenHash(''))).toBe(false);
	});
});
