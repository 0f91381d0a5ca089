import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { serverMessage } from './answer';
import type { Cause, RequestError } from './cause';
import { causeOf } from './cause';
import type { Connection } from './connection';
import type { CrmError } from './errors';
import { answerFailure, cutOffFailure, networkFailure, redirectFailure } from './failure';
import type { JsonValue } from './json';
import { parseJson } from './json';
import type { TimeLimit } from './limits';
import { Transfer } from './limits';
import { LoginError } from './login';
import { phpQuery } from './query';
import { isTokenRefused, textOf, withReadRefusal } from './refusal';
import { RAW_ANSWER } from './requestOptions';
import type { TryEnd } from './retry';
import { BROKEN_OFF, outcomeOf } from './retry';
import type { Answer, ByteStream, CrmRequest } from './types';

/** The result of one try: a successful answer, or why there isn't one. */
export type Attempt<Body> = { answer: Answer<Body> } | { end: TryEnd; error: CrmError };

/** Sends a request once and returns what the answer says, as text if it isn't JSON. */
export async function sendForText(
	connection: Connection,
	request: CrmRequest,
	limit: TimeLimit,
): Promise<Attempt<JsonValue>> {
	const sent = await send(connection, request, 'text', limit);
	if ('error' in sent) return sent;
	const { answer } = sent;
	const text = String(answer.body ?? '');
	if (!isSuccess(answer)) return refused(connection, request, answer, text);
	const { secrets } = connection.credential;
	const body = parseJson(text);
	if (body !== undefined) {
		return { answer: { ...answer, body: secrets.areIn(text) ? secrets.hideDeep(body) : body } };
	}
	const page = secrets.hideInError(text);
	return isCutOff(answer, text)
		? cutOff(connection, request, answer, page)
		: { answer: { ...answer, body: page } };
}

/** The same for an answer that is a file, whose bytes are still to come. A refusal is read to its end. */
export async function sendForStream(
	connection: Connection,
	request: CrmRequest,
	transfer: Transfer,
): Promise<Attempt<ByteStream>> {
	const sent = await send(connection, request, 'stream', transfer);
	if ('error' in sent) return sent;
	const { answer } = sent;
	if (typeof answer.body === 'string') return refused(connection, request, answer, answer.body);
	const body = transfer.through(answer.body as ByteStream);
	return isSuccess(answer)
		? { answer: { ...answer, body } }
		: refused(connection, request, answer, await textOf(body));
}

function isSuccess({ statusCode }: Answer<unknown>): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/**
 * Whether text that isn't JSON is JSON that breaks off, as after a wrong `Content-Length`: the network layer takes such
 * an answer for whole.
 */
function isCutOff({ headers }: Answer<unknown>, text: string): boolean {
	const isJson = String(headers['content-type'] ?? '').includes('json');
	return isJson && /^[\uFEFF\s]*[{[]/.test(text);
}

function cutOff(
	connection: Connection,
	{ method }: CrmRequest,
	{ statusCode }: Answer<unknown>,
	text: string,
): Attempt<never> {
	const end = { code: BROKEN_OFF };
	const details = { status: statusCode, outcome: outcomeOf(method, end) };
	return { end, error: connection.error(cutOffFailure(text), details) };
}

async function send(
	connection: Connection,
	request: CrmRequest,
	encoding: 'stream' | 'text',
	limit: TimeLimit,
): Promise<Attempt<unknown>> {
	if (connection.refusedLogin) return loginFailed(connection, connection.refusedLogin);
	let data = {};
	try {
		const upload = request.upload && (await uploadBody(request.upload, limit));
		const options = httpOptions(request, encoding, limit, upload);
		const { context, credential } = connection;
		const answer = await credential.use(
			async (credentialsDecrypted): Promise<IN8nHttpFullResponse> => {
				data = credentialsDecrypted.data ?? data;
				return await withReadRefusal(
					await context.helpers.httpRequestWithAuthentication.call(context, 'oneCrmApi', options, {
						credentialsDecrypted,
					}),
				);
			},
			// A stream can be read only once: the answer is then taken for the 401 that it means.
			(answer) => isTokenRefused(answer) && (request.upload ? 'as 401' : 'again'),
		);
		const { secrets } = credential;
		const mustHide = secrets.areIn(JSON.stringify(answer.headers));
		const headers = mustHide ? secrets.hideDeep(answer.headers) : answer.headers;
		return { answer: { ...answer, headers } };
	} catch (error) {
		return await noAnswer(connection, request, causeOf(error as RequestError, data), limit);
	}
}

function httpOptions(
	{ method, path, query, body, text, headers }: CrmRequest,
	encoding: 'stream' | 'text',
	{ signal }: TimeLimit,
	upload: Buffer | ByteStream | undefined,
): IHttpRequestOptions {
	const { returnFullResponse, disableFollowRedirect, timeout } = RAW_ANSWER;
	// Without `...`, which makes an object with an accessor a slow one, also for n8n and axios.
	return {
		returnFullResponse,
		disableFollowRedirect,
		timeout,
		method,
		url: addressOf(path, query),
		headers: {
			Accept: encoding === 'text' ? 'application/json' : '*/*',
			...(body !== undefined && { 'Content-Type': 'application/json' }),
			...headers,
		},
		// As text: n8n would drop an empty object and declare the request a form.
		body: body === undefined ? (text ?? upload) : JSON.stringify(body),
		encoding,
		// A 401 has to throw: that is what makes n8n 2 renew the access token. n8n 1 returns it as any other status.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		// n8n's helper would replace this signal by that of a cancelled execution, which this one includes.
		get abortSignal() {
			return signal;
		},
		set abortSignal(_) {},
	};
}

function addressOf(path: string, query: IDataObject = {}): string {
	const text = phpQuery(query);
	return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

async function uploadBody(
	upload: NonNullable<CrmRequest['upload']>,
	limit: TimeLimit,
): Promise<Buffer | ByteStream> {
	const body = await upload();
	return limit instanceof Transfer && !Buffer.isBuffer(body) ? limit.through(body) : body;
}

async function noAnswer(
	connection: Connection,
	request: CrmRequest,
	cause: Cause | LoginError,
	limit: TimeLimit,
): Promise<Attempt<never>> {
	if (cause instanceof LoginError) {
		if (!cause.transient) connection.refusedLogin = cause;
		return loginFailed(connection, cause);
	}
	// The one status that throws. Any other answer that comes with an error has broken off in the middle.
	if (cause.response?.status === 401) {
		const { status, headers, data } = cause.response;
		const text = typeof data === 'string' ? data : await textOf(data as ByteStream);
		return refused(connection, request, { statusCode: status, headers, body: data }, text);
	}
	const code = limit.isStalled ? 'ETIMEDOUT' : cause.code;
	if (code === undefined) {
		// Not the network: n8n or the credential refused the request, and says why.
		const { message = 'The request could not be sent' } = cause;
		const failure = { message };
		return {
			end: { loginFailed: { transient: false } },
			error: connection.error(failure, { outcome: 'not sent' }),
		};
	}
	const end = { code };
	const failure = networkFailure(code, await connection.credential.host());
	return { end, error: connection.error(failure, { outcome: outcomeOf(request.method, end) }) };
}

function loginFailed(
	connection: Connection,
	{ failure, transient, answeredWith }: LoginError,
): Attempt<never> {
	const details = { outcome: 'not sent' as const, status: answeredWith, isLogin: true };
	return { end: { loginFailed: { transient } }, error: connection.error(failure, details) };
}

function refused(
	connection: Connection,
	{ method, subject }: CrmRequest,
	{ statusCode, headers }: Answer<unknown>,
	quoted: string,
): Attempt<never> {
	// Hidden before the text is cut, which may leave half of a secret.
	const text = connection.credential.secrets.hideInAnswer(quoted);
	const retryAfter = headers['retry-after'];
	const body = parseJson(text);
	const end = {
		status: statusCode,
		said: serverMessage(body),
		retryAfter: retryAfter === undefined ? undefined : String(retryAfter),
	};
	const failure =
		statusCode >= 300 && statusCode < 400
			? redirectFailure(headers.location?.toString())
			: answerFailure(statusCode, text, subject);
	const details = {
		outcome: outcomeOf(method, end),
		status: statusCode,
		body,
	};
	return { end, error: connection.error(failure, details) };
}
