import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;

/** An unguessable token for the address of one webhook: 32 random bytes in hexadecimal. */
export function newToken(): string {
	return randomBytes(TOKEN_BYTES).toString('hex');
}

/** A token in a text, whatever is before and behind it. */
const TOKEN = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;

/** The tokens in an address, or in the query of one. Servers escape what separates them in several ways. */
export function tokensIn(text: string): string[] {
	return text.match(TOKEN) ?? [];
}

/** What is kept of a token, so that the stored state of a workflow does not let anybody in. */
export function tokenHash(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/**
 * Whether the `token` of a delivery is the one whose hash is kept. Takes the same time wherever they differ.
 * Never throws: a value of another type than text isn't a token.
 */
export function isToken(token: unknown, hash: string): boolean {
	if (typeof token !== 'string' || token === '') return false;
	const given = Buffer.from(tokenHash(token), 'hex');
	const kept = Buffer.from(hash, 'hex');
	return given.length === kept.length && timingSafeEqual(given, kept);
}
