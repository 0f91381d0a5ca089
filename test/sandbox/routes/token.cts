import qs from 'qs';
import type { Answer } from '../answers.cts';
import { userByPassword } from '../authentication.cts';
import { ADMIN_ID, CLIENT_ID, CLIENT_SECRET, type Crm, REDIRECT_URI } from '../crm.cts';
import { ApiError } from '../errors.cts';
import { textOf } from '../php-query.cts';
import { bodyOf, type Call, type Route } from '../route.cts';
import type { Grant } from '../token-store.cts';

const SCOPES = ['read', 'write', 'profile'];

/** The OAuth endpoints for users. */
export function tokenRoutes(crm: Crm): Route[] {
	return [
		{
			method: 'get',
			path: '/auth/user/authorize',
			scope: 'public',
			answer: (call) => authorize(crm, call),
		},
		{
			method: 'post',
			path: '/auth/user/access_token',
			scope: 'public',
			answer: (call) => ({ json: grantToken(crm, parametersOf(crm, call)) }),
		},
	];
}

/**
 * The page on which a user logs in with a browser and lets the API client in. It takes that as done, by the
 * administrator, and sends the browser back with a code.
 */
function authorize(crm: Crm, { query }: Call): Answer {
	const redirectUri = textOf(query.redirect_uri);
	if (!crm.variants.grants.includes('authorization_code') || query.response_type !== 'code') {
		const message = 'The authorization grant type is not supported by the authorization server.';
		throw new ApiError(400, message, { error: 'unsupported_grant_type' });
	}
	if (query.client_id !== CLIENT_ID || redirectUri !== REDIRECT_URI) throw unknownClient();
	const grant = { userId: ADMIN_ID, scopes: scopesOf(textOf(query.scope)) };
	const code = crm.tokens.issueCode(grant, redirectUri);
	const parameters = new URLSearchParams({ code, state: textOf(query.state) ?? '' });
	const headers = { Location: `${redirectUri}?${parameters}` };
	return { status: 302, headers, content: '' };
}

type Parameters = Record<string, unknown>;

/** A form that is not accepted reads as if nothing had been sent. */
function parametersOf(crm: Crm, call: Call): Parameters {
	const type = call.headers['content-type'] ?? '';
	const isForm = type.startsWith('application/x-www-form-urlencoded');
	if (isForm && crm.variants.acceptFormTokens && Buffer.isBuffer(call.body)) {
		return qs.parse(call.body.toString());
	}
	return bodyOf(call);
}

function grantToken(crm: Crm, parameters: Parameters) {
	const grantType = String(parameters.grant_type ?? '');
	if (!crm.variants.grants.includes(grantType)) {
		const message = 'The authorization grant type is not supported by the authorization server.';
		const hint = 'Check the `grant_type` parameter';
		throw new ApiError(400, message, { error: 'unsupported_grant_type', hint });
	}
	if (parameters.client_id !== CLIENT_ID || parameters.client_secret !== CLIENT_SECRET) {
		throw unknownClient();
	}
	const scopes = scopesOf(parameters.scope);
	switch (grantType) {
		case 'password':
			return crm.tokens.issue(passwordGrant(crm, parameters, scopes), true);
		case 'authorization_code':
			return crm.tokens.issue(codeGrant(crm, parameters), true);
		case 'refresh_token':
			return crm.tokens.issue(refreshGrant(crm, parameters), true);
		default:
			return crm.tokens.issue({ userId: ADMIN_ID, scopes }, false);
	}
}

function unknownClient(): ApiError {
	return new ApiError(
		401,
		'Client authentication failed',
		{ error: 'invalid_client' },
		{ 'WWW-Authenticate': 'Basic realm="OAuth"' },
	);
}

function codeGrant(crm: Crm, { code, redirect_uri: redirectUri }: Parameters): Grant {
	const grant = crm.tokens.takeCode(String(code ?? ''), String(redirectUri ?? ''));
	if (!grant) {
		const message = 'The request is missing a required parameter or includes an invalid value.';
		const hint = 'Check the `code` parameter';
		throw new ApiError(400, message, { error: 'invalid_request', hint });
	}
	return grant;
}

function scopesOf(scope: unknown): string[] {
	const asked = String(scope ?? '')
		.split(' ')
		.filter((name) => name !== '');
	const unknown = asked.find((name) => !SCOPES.includes(name));
	if (unknown !== undefined) {
		const message = 'The requested scope is invalid, unknown, or malformed';
		const hint = `Check the \`${unknown}\` scope`;
		throw new ApiError(400, message, { error: 'invalid_scope', hint });
	}
	return asked.length > 0 ? asked : ['profile'];
}

function passwordGrant(crm: Crm, parameters: Parameters, scopes: string[]): Grant {
	const { username, password } = parameters;
	const userId = userByPassword(crm, String(username ?? ''), String(password ?? ''));
	if (userId === undefined) {
		const message = 'The user credentials were incorrect.';
		const error = crm.variants.wrongPassword;
		throw new ApiError(error === 'invalid_grant' ? 400 : 401, message, { error });
	}
	return { userId, scopes };
}

function refreshGrant(crm: Crm, parameters: Parameters): Grant {
	const grant = crm.tokens.takeRefresh(String(parameters.refresh_token ?? ''));
	if (!grant) {
		const hint = 'Cannot decrypt the refresh token';
		const message = 'The refresh token is invalid.';
		throw new ApiError(400, message, { error: 'invalid_request', hint });
	}
	return grant;
}
