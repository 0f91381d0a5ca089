import type { Crm } from './crm.cts';
import { PASSWORD } from './crm.cts';
import { ApiError, forbidden } from './errors.cts';
import type { Scope } from './route.cts';
import { accessDenied, type Grant } from './token-store.cts';

const EVERYTHING = ['read', 'write', 'profile'];

/** Who calls, by the `Authorization` header; throws 401 if it does not say so. */
export function callerOf(crm: Crm, authorization: string | undefined): Grant {
	const [, scheme = '', credentials = ''] = /^(\S+)\s+(.*)$/.exec(authorization ?? '') ?? [];
	if (/^bearer$/i.test(scheme)) return crm.tokens.check(credentials);
	if (/^basic$/i.test(scheme) && crm.variants.basicAuth) {
		const [, name = '', password = ''] =
			/^([^:]*):(.*)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
		const userId = userByPassword(crm, name, password);
		if (userId === undefined) {
			const { basicRefusal } = crm.variants;
			const form = basicRefusal === 'object' ? undefined : basicRefusal;
			throw new ApiError(
				401,
				'Not authorized',
				{ form },
				{ 'WWW-Authenticate': 'Basic realm="1CRM"' },
			);
		}
		return { userId, scopes: EVERYTHING };
	}
	throw accessDenied('Missing "Authorization" header');
}

/** The active user with this name and password. */
export function userByPassword(crm: Crm, name: string, password: string): string | undefined {
	if (password !== PASSWORD) return undefined;
	for (const row of crm.store.table('User').rows.values()) {
		const isActive = row.deleted === '0' && row.status === 'Active';
		if (row.user_name === name && isActive) return row.id;
	}
	return undefined;
}

/** Throws 403 unless the caller may do this. */
export function requireScope({ scopes }: Grant, scope: Scope): void {
	// The own profile may be read with any of the scopes.
	if (scope !== 'profile' && !scopes.includes(scope)) {
		throw forbidden(`The access token lacks the scope ${scope}`);
	}
}
