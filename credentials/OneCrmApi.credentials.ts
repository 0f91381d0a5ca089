import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import { apiBaseUrl, apiUrl } from '../nodes/OneCrm/http/address';
import { noting } from '../nodes/OneCrm/http/cause';
import { readCredentials } from '../nodes/OneCrm/http/credentials';
import { authorizationHeader, openSession } from '../nodes/OneCrm/http/session';

/**
 * Outside of the class, because lint takes every name with "cert" in it for a secret. As a secret, its value would be
 * replaced by a text in n8n's editor, and the switch would always be on.
 */
const ignoreCertificate: INodeProperties = {
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description: "Whether to connect even if the certificate of the server isn't valid",
};

const AS_USER = ['basic', 'oauth2'];
const WITH_CLIENT = ['oauth2', 'clientCredentials'];

export class OneCrmApi implements ICredentialType {
	name = 'oneCrmApi';

	displayName = '1CRM API';

	icon: Icon = {
		light: 'file:../nodes/OneCrm/oneCrm.svg',
		dark: 'file:../nodes/OneCrm/oneCrm.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-1crm/n8n-nodes-1crm#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Domain',
			name: 'domain',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. demo.1crmcloud.com',
			description:
				'The host of your 1CRM, with port and folder if it has them. You can paste the address of any page in 1CRM.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Basic',
					value: 'basic',
					description: 'Sends user name and password. An administrator of 1CRM must allow it.',
				},
				{
					name: 'Access Token',
					value: 'oauth2',
					description:
						'Exchanges user name and password for a token. Requires an API client from Administration > API Clients.',
				},
				{
					name: 'API Client',
					value: 'clientCredentials',
					description:
						'Logs in as the user of an API client, from Administration > API Clients. No password is stored.',
				},
			],
			default: 'basic',
			description: 'How n8n logs in. 1CRM must allow the way that you choose.',
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { authentication: AS_USER } },
			description: 'The user name of your 1CRM login. The nodes can do what this user can do.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: AS_USER } },
			description: 'The password of your 1CRM login',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { authentication: WITH_CLIENT } },
			description: 'The ID of the API client, from Administration > API Clients in 1CRM',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: WITH_CLIENT } },
			description: 'The secret of the API client, which 1CRM shows next to its ID',
		},
		{
			displayName: 'Allow HTTP',
			name: 'allowHttp',
			type: 'boolean',
			default: false,
			description:
				'Whether to accept a domain that begins with http://. Everything, including the password, is then sent unencrypted.',
		},
		ignoreCertificate,
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	async preAuthentication(
		this: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return { accessToken: await noting(data, openSession(this, readCredentials(data))) };
	}

	/**
	 * Turns a request with an address relative to `api.php` into one that is ready to send. The login
	 * goes to the server of this credential only: any other address is refused, redirects are not
	 * followed. Without redirects n8n also streams an upload instead of keeping a copy for a second send.
	 */
	authenticate = async (
		data: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const credentials = readCredentials(data);
		const baseUrl = apiBaseUrl(credentials.domain, credentials.allowHttp);
		const authorization = authorizationHeader(credentials);
		return {
			...request,
			baseURL: undefined,
			url: apiUrl(baseUrl, request.url),
			headers: { ...request.headers, ...(authorization && { Authorization: authorization }) },
			disableFollowRedirect: true,
			skipSslCertificateValidation: credentials.allowUnauthorizedCerts,
		};
	};

	/** By the time of this request, `preAuthentication` has logged in or explained what hinders it. */
	test: ICredentialTestRequest = {
		request: { method: 'GET', url: 'me' },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'id',
					value: undefined,
					message: "This address doesn't answer like a 1CRM API. Check the domain",
				},
			},
		],
	};
}
