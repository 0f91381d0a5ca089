import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/**
 * The ways to log in: user name and password with each request, user name and password for an access token, or an API
 * client alone. 1CRM lets such a client act as the user whom an administrator assigned to it.
 */
const AUTHENTICATIONS = ['basic', 'oauth2', 'clientCredentials'] as const;

export type Authentication = (typeof AUTHENTICATIONS)[number];

/** What the credential `oneCrmApi` contains. */
export interface OneCrmCredentials {
	domain: string;
	username: string;
	password: string;
	authentication: Authentication;
	clientId: string;
	clientSecret: string;
	allowHttp: boolean;
	allowUnauthorizedCerts: boolean;
	/** What `openSession` gave, or empty. */
	accessToken: string;
}

/** The credential as n8n hands it over, with the defaults for what an older or partial one lacks. */
export function readCredentials(data: ICredentialDataDecryptedObject): OneCrmCredentials {
	return {
		domain: String(data.domain ?? ''),
		username: String(data.username ?? ''),
		password: String(data.password ?? ''),
		authentication: AUTHENTICATIONS.find((way) => way === data.authentication) ?? 'basic',
		clientId: String(data.clientId ?? ''),
		clientSecret: String(data.clientSecret ?? ''),
		allowHttp: data.allowHttp === true,
		allowUnauthorizedCerts: data.allowUnauthorizedCerts === true,
		accessToken: String(data.accessToken ?? ''),
	};
}

/** The user name and password as Basic authentication sends them. */
export function basicValue({ username, password }: OneCrmCredentials): string {
	return Buffer.from(`${username}:${password}`).toString('base64');
}

/** The `Authorization` header of a user name and password. */
export function basicHeader(credentials: OneCrmCredentials): string {
	return `Basic ${basicValue(credentials)}`;
}

/** The token in a session of `openSession`, behind the fingerprint of the credential; empty if there is none. */
export function tokenIn(session: string): string {
	return session.slice(session.indexOf('.') + 1);
}
