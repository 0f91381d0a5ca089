import type { ICredentialsDecrypted, IN8nHttpFullResponse } from 'n8n-workflow';

import { apiBaseUrl } from './address';
import { readCredentials, tokenIn } from './credentials';
import { Secrets } from './secrets';
import type { N8nContext } from './types';

const CREDENTIAL_TYPE = 'oneCrmApi';

/** The credential of a node, read once in a run: each time costs n8n a database query and a decryption. */
export class KeptCredential {
	/** What this run has sent as a secret, to be taken out of what comes back. */
	secrets = Secrets.none();

	private reading?: Promise<ICredentialsDecrypted>;

	private mayRenew = true;

	constructor(private readonly context: N8nContext) {}

	/**
	 * Does `work` with a copy of the credential. Each request needs its own: n8n writes a renewed access token into what
	 * it is given, and the log-in has to see which token 1CRM refused. A renewed token serves all requests that begin
	 * afterwards.
	 *
	 * `renewal` says whether an answer refuses the token although n8n hasn't noticed it by the status. Then the work is
	 * done again with a new token, but not any more once that did not help.
	 */
	async use(
		work: (credentials: ICredentialsDecrypted) => Promise<IN8nHttpFullResponse>,
		renewal: (answer: IN8nHttpFullResponse) => 'again' | 'as 401' | false,
	): Promise<IN8nHttpFullResponse> {
		this.reading ??= this.read();
		const shared = await this.reading;
		const token = shared.data?.accessToken;
		const own = { ...shared, data: { ...shared.data } };
		try {
			const answer = await work(own);
			const wanted = own.data.accessToken ? this.mayRenew && renewal(answer) : false;
			if (!wanted) return answer;
			// n8n logs in before it sends a request with an empty token.
			own.data.accessToken = '';
			if (wanted === 'as 401') return { ...answer, statusCode: 401 };
			const second = await work(own);
			this.mayRenew = renewal(second) === false;
			return second;
		} finally {
			if (own.data.accessToken !== token) {
				shared.data = own.data;
				this.noteSecrets(shared);
			}
		}
	}

	/** The host of 1CRM, with its port if it has one. */
	async host(): Promise<string> {
		const { data = {} } = await (this.reading ??= this.read());
		const { domain, allowHttp } = readCredentials(data);
		return new URL(apiBaseUrl(domain, allowHttp)).host;
	}

	private async read(): Promise<ICredentialsDecrypted> {
		const details = this.context.getNode().credentials?.[CREDENTIAL_TYPE];
		const data = await this.context.getCredentials(CREDENTIAL_TYPE);
		const credential = {
			id: details?.id ?? '',
			name: details?.name ?? '',
			type: CREDENTIAL_TYPE,
			data,
		};
		this.noteSecrets(credential);
		return credential;
	}

	/** A token that was replaced stays a secret. */
	private noteSecrets({ data = {} }: ICredentialsDecrypted): void {
		const credentials = readCredentials(data);
		this.secrets = this.secrets.and(Secrets.of(credentials, tokenIn(credentials.accessToken)));
	}
}
