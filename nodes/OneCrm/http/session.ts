import { createHash } from 'node:crypto';
import type { IHttpRequestHelper } from 'n8n-workflow';

import type { OneCrmCredentials } from './credentials';
import { basicHeader, tokenIn } from './credentials';
import { logIn } from './login';

/**
 * The `Authorization` header of a request, or `undefined` when an access token is needed and none that
 * belongs to these credentials is kept: the server then answers 401 and n8n has a new one made.
 */
export function authorizationHeader(credentials: OneCrmCredentials): string | undefined {
	if (credentials.authentication === 'basic') return basicHeader(credentials);
	const token = tokenOf(credentials);
	return token === undefined ? undefined : `Bearer ${token}`;
}

/**
 * A kept session is bound to all that it was opened with. Without that, a changed user or domain
 * would go on with the token of the old one until it expires, and send it to the new server.
 */
function fingerprint(credentials: OneCrmCredentials): string {
	const { authentication, domain, username, password, clientId, clientSecret } = credentials;
	return createHash('sha256')
		.update(JSON.stringify([authentication, domain, username, password, clientId, clientSecret]))
		.digest('hex')
		.slice(0, 32);
}

function tokenOf(credentials: OneCrmCredentials): string | undefined {
	const { accessToken } = credentials;
	return accessToken.startsWith(`${fingerprint(credentials)}.`) ? tokenIn(accessToken) : undefined;
}

const opening = new Map<string, Promise<string>>();

/** The latest log-in of this process for each credential: the session it gave, and the one it replaced. */
const latest = new Map<string, { session: string; replaced: string }>();

/**
 * Logs in and returns the session to keep as `accessToken`: a fresh token, or with `basic` only the record that the
 * login was tried and accepted.
 *
 * n8n calls this before the first request of a credential, after a 401, and for each credential test.
 * Parallel requests share one log-in: those that come while it is under way wait for it, and a late
 * 401 that was met with an older token gets the newest one without asking again.
 *
 * Throws a `LoginError` that says in plain words what is wrong, and a `UserError` for a `domain` that
 * isn't an address.
 */
export async function openSession(
	context: IHttpRequestHelper,
	credentials: OneCrmCredentials,
): Promise<string> {
	const key = fingerprint(credentials);
	const kept = credentials.accessToken;
	const newest = latest.get(key);
	// Only the session that the log-in replaced: any other one is newer, from another process of n8n.
	const isReplaced = kept !== '' && kept === newest?.replaced;
	if (isReplaced && kept !== newest.session) return newest.session;

	const running = opening.get(key);
	if (running !== undefined) return await running;

	const session = logIn(context, credentials).then((token) => `${key}.${token}`);
	opening.set(key, session);
	try {
		latest.set(key, { session: await session, replaced: kept });
		return await session;
	} finally {
		opening.delete(key);
	}
}
