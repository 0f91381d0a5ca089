import { htmlPage } from '../answers.cts';
import { callerOf } from '../authentication.cts';
import type { Crm } from '../crm.cts';
import { ApiError, notFound } from '../errors.cts';
import type { Route } from '../route.cts';
import { publicKey } from '../token-store.cts';

/** The page about the API, the version, the key for tokens, and who is calling. */
export function systemRoutes(crm: Crm): Route[] {
	return [
		{
			method: 'get',
			path: '/',
			scope: 'public',
			answer: () => htmlPage('API', 'This is a sandbox that stands in for 1CRM. It is not 1CRM.'),
		},
		{
			method: 'get',
			path: '/version',
			scope: 'public',
			answer: ({ headers }) => ({
				json: {
					version: '8.6.0',
					authenticated: isAuthenticated(crm, headers.authorization),
					products: ['enterprise'],
				},
			}),
		},
		{
			method: 'get',
			path: '/public_key',
			scope: 'public',
			answer: () => ({ json: { key: publicKey() } }),
		},
		{
			method: 'get',
			path: '/me',
			scope: 'profile',
			answer: ({ userId }) => ({ json: profile(crm, userId) }),
		},
	];
}

function isAuthenticated(crm: Crm, authorization: string | undefined): boolean {
	try {
		callerOf(crm, authorization);
		return true;
	} catch (error) {
		if (error instanceof ApiError) return false;
		throw error;
	}
}

function profile(crm: Crm, userId: string) {
	const user = crm.store.live('User', userId);
	if (!user) throw notFound();
	return {
		id: `Users:${userId}`,
		name: null,
		first_name: user.first_name ?? null,
		last_name: user.last_name ?? null,
		role: 'user',
		groups: {},
		email: user.email1 ?? null,
		timezone: 'UTC',
		is_partner: false,
	};
}
