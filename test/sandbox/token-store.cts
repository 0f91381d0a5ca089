import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto';
import { ApiError } from './errors.cts';
import type { Variants } from './variants.cts';

export interface Grant {
	userId: string;
	scopes: string[];
}

interface IssuedToken extends Grant {
	expiresAt: number;
}

interface TokenAnswer {
	token_type: 'Bearer';
	expires_in: number;
	access_token: string;
	refresh_token?: string;
}

// Generating a key takes a while, so all sandboxes of a process share one. It is generated when first needed.
let keys: { privateKey: KeyObject; publicKey: KeyObject } | undefined;
const keyPair = () => (keys ??= generateKeyPairSync('rsa', { modulusLength: 4096 }));

/** The key that access tokens can be verified with. */
export function publicKey(): string {
	return keyPair().publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/** Issues access and refresh tokens and knows which of them are good. */
export class TokenStore {
	issued = 0;

	private readonly access = new Map<string, IssuedToken>();

	private readonly refresh = new Map<string, Grant>();

	private readonly codes = new Map<string, Grant & { redirectUri: string }>();

	constructor(
		private readonly clientId: string,
		private readonly variants: Variants,
		private readonly clock: () => Date,
	) {}

	issue(grant: Grant, withRefresh: boolean): TokenAnswer {
		this.issued++;
		const expiresAt = this.clock().getTime() + this.variants.tokenLifetime * 1000;
		const token = this.webToken(grant, expiresAt);
		this.access.set(token, { ...grant, expiresAt });
		const answer: TokenAnswer = {
			token_type: 'Bearer',
			expires_in: this.variants.tokenLifetime,
			access_token: token,
		};
		if (withRefresh) {
			answer.refresh_token = randomBytes(512).toString('hex');
			this.refresh.set(answer.refresh_token, grant);
		}
		return answer;
	}

	/** The user of an access token. */
	check(token: string): Grant {
		const known = this.access.get(token);
		const { expiredToken } = this.variants;
		if (!known) throw accessDenied('Access token could not be verified', expiredToken);
		if (known.expiresAt <= this.clock().getTime()) {
			throw accessDenied('Access token is invalid', expiredToken);
		}
		return known;
	}

	/** A code that a browser takes to the address `redirectUri`, where it is traded for a token. */
	issueCode(grant: Grant, redirectUri: string): string {
		const code = randomBytes(32).toString('hex');
		this.codes.set(code, { ...grant, redirectUri });
		return code;
	}

	/** The login of a code that was issued for this address. It can't be used again afterwards. */
	takeCode(code: string, redirectUri: string): Grant | undefined {
		const known = this.codes.get(code);
		this.codes.delete(code);
		return known?.redirectUri === redirectUri ? known : undefined;
	}

	/** The login of a refresh token, which can't be used again afterwards. */
	takeRefresh(token: string): Grant | undefined {
		const grant = this.refresh.get(token);
		this.refresh.delete(token);
		return grant;
	}

	/** Lets every access token run out at once; refresh tokens stay good. */
	expireAll(): void {
		for (const token of this.access.values()) token.expiresAt = 0;
	}

	private webToken({ userId, scopes }: Grant, expiresAt: number): string {
		const issuedAt = Math.floor(this.clock().getTime() / 1000);
		const jti = randomUUID();
		const head = { typ: 'JWT', alg: 'RS256', jti };
		const claims = {
			aud: this.clientId,
			jti,
			iat: issuedAt,
			nbf: issuedAt,
			exp: Math.floor(expiresAt / 1000),
			sub: `Users:${userId}`,
			scopes,
		};
		const signed = [head, claims]
			.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
			.join('.');
		const signature = sign('sha256', Buffer.from(signed), keyPair().privateKey);
		return `${signed}.${signature.toString('base64url')}`;
	}
}

/** The refusal of a token, in the words of the library that 1CRM uses. */
export function accessDenied(hint: string, status = 401): ApiError {
	const message = 'The resource owner or authorization server denied the request.';
	return new ApiError(status, message, { error: 'access_denied', hint });
}
