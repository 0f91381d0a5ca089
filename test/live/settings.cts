import { apiBaseUrl } from '../../nodes/OneCrm/http/address';

/** Which 1CRM is asked, and as whom. */
export interface Settings {
	/** The address of `api.php`, without a slash at its end. */
	baseUrl: string;
	username: string;
	password: string;
	/** The API client, for access tokens. Without it the login is by Basic. */
	client?: { id: string; secret: string };
	/** An address at which 1CRM can reach `callbackPort` of this machine, to see what its webhooks deliver. */
	callbackUrl?: string;
	callbackPort?: number;
	/** The interface on which the deliveries are awaited. Without it, only this machine can deliver. */
	callbackHost?: string;
}

/** Reads the environment. Throws with the names of the variables that are missing. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
	const { ONECRM_DOMAIN, ONECRM_USERNAME, ONECRM_PASSWORD } = environment;
	if (!ONECRM_DOMAIN || !ONECRM_USERNAME || !ONECRM_PASSWORD) {
		throw new Error('Set ONECRM_DOMAIN, ONECRM_USERNAME and ONECRM_PASSWORD in the environment');
	}
	const { ONECRM_CLIENT_ID: id, ONECRM_CLIENT_SECRET: secret } = environment;
	const { ONECRM_CALLBACK_URL, ONECRM_CALLBACK_PORT, ONECRM_CALLBACK_HOST } = environment;
	return {
		baseUrl: apiBaseUrl(ONECRM_DOMAIN),
		username: ONECRM_USERNAME,
		password: ONECRM_PASSWORD,
		...(id && secret && { client: { id, secret } }),
		...(ONECRM_CALLBACK_URL && { callbackUrl: ONECRM_CALLBACK_URL }),
		...(ONECRM_CALLBACK_PORT && { callbackPort: Number(ONECRM_CALLBACK_PORT) }),
		...(ONECRM_CALLBACK_HOST && { callbackHost: ONECRM_CALLBACK_HOST }),
	};
}
