import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** What the credential `oneCrmApi` holds. */
export interface OneCrmCredentials {
	domain: string;
	username: string;
	password: string;
	authentication: 'basic' | 'oauth2';
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
		authentication: data.authentication === 'oauth2' ? 'oauth2' : 'basic',
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
