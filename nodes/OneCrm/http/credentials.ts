import type { ICredentialDataDecryptedObject, ICredentialsDecrypted } from 'n8n-workflow';

import type { N8nContext } from './types';

/**
 * The ways to log in: user name and password with each request, the same for an access token, or an API client alone,
 * which 1CRM lets act as the user whom an administrator assigned to it.
 */
const AUTHENTICATIONS = ['basic', 'oauth2', 'clientCredentials'] as const;

export type Authentication = (typeof AUTHENTICATIONS)[number];

/** What the credential `oneCrmApi` holds. */
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

const CREDENTIAL_TYPE = 'oneCrmApi';

/** The credential of a node, read once in a run: each time costs n8n a database query and a decryption. */
export class KeptCredential {
	private reading?: Promise<ICredentialsDecrypted>;

	constructor(private readonly context: N8nContext) {}

	/**
	 * Does `work` with a copy of the credential. Each request needs its own, because n8n writes a renewed access
	 * token into what it is given: only then does the log-in see which token it was that 1CRM refused. A renewed
	 * one serves all requests that begin afterwards.
	 */
	async use<Result>(
		work: (credentials: ICredentialsDecrypted) => Promise<Result>,
	): Promise<Result> {
		this.reading ??= this.read();
		const shared = await this.reading;
		const token = shared.data?.accessToken;
		const own = { ...shared, data: { ...shared.data } };
		try {
			return await work(own);
		} finally {
			if (own.data.accessToken !== token) shared.data = own.data;
		}
	}

	private async read(): Promise<ICredentialsDecrypted> {
		const details = this.context.getNode().credentials?.[CREDENTIAL_TYPE];
		const data = await this.context.getCredentials(CREDENTIAL_TYPE);
		return { id: details?.id ?? '', name: details?.name ?? '', type: CREDENTIAL_TYPE, data };
	}
}
