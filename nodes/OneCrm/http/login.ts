import type {
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { apiBaseUrl } from './address';
import { flattenErrors, serverMessage } from './answer';
import type { Authentication, OneCrmCredentials } from './credentials';
import { basicHeader } from './credentials';
import type { Failure } from './failure';
import {
	answerFailure,
	networkFailure,
	notOneCrmFailure,
	redirectFailure,
	sentences,
} from './failure';
import { isJsonObject, parseJson } from './json';
import { RAW_ANSWER } from './requestOptions';
import type { TryEnd } from './retry';
import { mayRetry } from './retry';
import { Secrets } from './secrets';

const LONGEST_LOGIN_MS = 60_000;

/** The log-in before a request failed. `transient` says whether it may succeed a moment later. */
export class LoginError extends UserError {
	constructor(
		readonly failure: Failure,
		readonly transient: boolean,
		/**
		 * Of 1CRM's answer, if there was one. Not called `status`: n8n would find it, and put its general
		 * text for that status in place of these words.
		 */
		readonly answeredWith?: number,
	) {
		super(sentences(failure.message, failure.description, failure.quotation) ?? failure.message);
	}
}

/**
 * Asks 1CRM whether it accepts the login, and returns the access token (an empty text with Basic). Throws
 * a `LoginError` that says in plain words what is wrong, and a `UserError` for a `domain` that isn't an address.
 */
export async function logIn(
	context: IHttpRequestHelper,
	credentials: OneCrmCredentials,
): Promise<string> {
	if (credentials.authentication === 'basic') {
		await checkLogin(context, credentials, basicHeader(credentials));
		return '';
	}
	const token = await fetchToken(context, credentials);
	await checkLogin(context, credentials, `Bearer ${token}`);
	return token;
}

/** For a 401 of a token that 1CRM has just issued, with what 1CRM says. */
function freshTokenFailure(said: string | undefined): Failure {
	return {
		message: "1CRM didn't accept the access token that it issued",
		description: sentences(
			said,
			"Check that the web server passes the header 'Authorization' on to 1CRM, and that the user of the API client is active",
		),
	};
}

/** `/me` answers every user whose login is right, whatever else the user may do. */
async function checkLogin(
	context: IHttpRequestHelper,
	credentials: OneCrmCredentials,
	authorization: string,
): Promise<void> {
	const answer = await send(context, credentials, {
		method: 'GET',
		url: '/me',
		headers: { Authorization: authorization },
	});
	const body = parseJson(answer.body);
	if (answer.statusCode !== 200) {
		const isFreshToken = answer.statusCode === 401 && credentials.authentication !== 'basic';
		throw refusal(
			answer,
			isFreshToken
				? freshTokenFailure(serverMessage(parseJson(answer.shown)))
				: answerFailure(answer.statusCode, answer.shown),
		);
	}
	if (!isJsonObject(body) || body.id === undefined) {
		throw noLogin(answer);
	}
}

/** Asks for an access token, as JSON: 1CRM does not take this request form-encoded. */
async function fetchToken(
	context: IHttpRequestHelper,
	credentials: OneCrmCredentials,
): Promise<string> {
	const answer = await send(context, credentials, {
		method: 'POST',
		url: '/auth/user/access_token',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({
			...grantOf(credentials),
			client_id: credentials.clientId,
			client_secret: credentials.clientSecret,
			scope: 'read write profile',
		}),
	});
	const body = parseJson(answer.body);
	const error = isJsonObject(body) ? String(body.error ?? '') : '';
	if (answer.statusCode !== 200) {
		throw refusal(answer, tokenFailure(answer, error, credentials.authentication));
	}
	if (!isJsonObject(body) || typeof body.access_token !== 'string' || body.access_token === '') {
		throw noLogin(answer);
	}
	return body.access_token;
}

/** Nothing but the client's own proof is sent for a client that logs in by itself. */
function grantOf({ authentication, username, password }: OneCrmCredentials): IDataObject {
	return authentication === 'clientCredentials'
		? { grant_type: 'client_credentials' }
		: { grant_type: 'password', username, password };
}

/** For a success that contains no user or token. */
function noLogin({ shown }: TextAnswer): LoginError {
	const body = parseJson(shown);
	const errors = isJsonObject(body) ? flattenErrors(body.errors) : undefined;
	return new LoginError(
		errors === undefined ? notOneCrmFailure(shown) : { message: errors },
		false,
	);
}

/** The error names are those of league/oauth2-server, on which 1CRM's log-in is evidently built. */
function tokenFailure(answer: TextAnswer, error: string, authentication: Authentication): Failure {
	const isClientAlone = authentication === 'clientCredentials';
	switch (error) {
		case 'invalid_client':
			return {
				message: "1CRM doesn't know this API client",
				description:
					"Check 'Client ID' and 'Client Secret' in the 1CRM credential against Administration > API Clients in 1CRM",
			};
		case 'invalid_credentials':
		case 'invalid_grant':
			return {
				message: "1CRM didn't accept the login",
				description: isClientAlone
					? 'Check in 1CRM, in Administration > API Clients, that the client has an active user'
					: "Check 'User Name' and 'Password' in the 1CRM credential",
			};
		case 'unsupported_grant_type':
		case 'unauthorized_client':
			if (isClientAlone) {
				return {
					message: "The API client isn't allowed to log in by itself",
					description:
						'In 1CRM open Administration > API Clients, choose the client, enable the grant type "Client Credentials", and assign a user',
				};
			}
			return {
				message: "The API client isn't allowed to log in with a password",
				description:
					'In 1CRM open Administration > API Clients, choose the client, and enable the grant type "Password"',
			};
		default:
			return answerFailure(answer.statusCode, answer.shown);
	}
}

interface TextAnswer {
	statusCode: number;
	/** Without the secrets of the request. */
	headers: IN8nHttpFullResponse['headers'];
	body: string;
	/** The body without the secrets of the request, as an error may quote it. */
	shown: string;
}

function refusal(answer: TextAnswer, failure: Failure): LoginError {
	const { statusCode, headers } = answer;
	if (statusCode >= 300 && statusCode < 400) {
		return new LoginError(redirectFailure(headers.location?.toString()), false);
	}
	// Every 1CRM has these two addresses, so that 404 is never about what was asked for.
	const isNoAnswerOf1Crm =
		parseJson(answer.body) === undefined && ![401, 403, 429].includes(statusCode);
	if (statusCode === 404 || (isNoAnswerOf1Crm && statusCode < 500)) {
		return new LoginError(notOneCrmFailure(answer.shown), false);
	}
	return new LoginError(failure, isTransient({ status: statusCode }), statusCode);
}

async function send(
	context: IHttpRequestHelper,
	credentials: OneCrmCredentials,
	request: IHttpRequestOptions,
): Promise<TextAnswer> {
	const baseUrl = apiBaseUrl(credentials.domain, credentials.allowHttp);
	const deadline = AbortSignal.timeout(LONGEST_LOGIN_MS);
	try {
		const answer = (await context.helpers.httpRequest({
			...RAW_ANSWER,
			...request,
			url: `${baseUrl}${request.url}`,
			headers: { Accept: 'application/json', ...request.headers },
			encoding: 'text',
			ignoreHttpStatusErrors: true,
			skipSslCertificateValidation: credentials.allowUnauthorizedCerts,
			abortSignal: deadline,
		})) as TextAnswer;
		// A server or firewall may quote the request, and an error would quote that.
		const [, token = ''] = String(request.headers?.Authorization ?? '').split(' ');
		const secrets = Secrets.of(credentials, token);
		const headers = secrets.hideDeep(answer.headers);
		return { ...answer, headers, shown: secrets.hideInAnswer(answer.body) };
	} catch (error) {
		const code = deadline.aborted ? 'ETIMEDOUT' : (error as { code?: string }).code;
		throw connectionError(error, code, new URL(baseUrl).host);
	}
}

/** Anything but a network code (a domain that n8n forbids, say) already speaks for itself. */
function connectionError(error: unknown, code: string | undefined, host: string): LoginError {
	if (code === undefined) return new LoginError({ message: (error as Error).message }, false);
	return new LoginError(networkFailure(code, host), isTransient({ code }));
}

/** Logging in changes nothing in 1CRM, so that it may be tried again as a GET may. */
function isTransient(end: TryEnd): boolean {
	return mayRetry('GET', end);
}
