import type {
	IDataObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	NodeApiError,
} from 'n8n-workflow';

import type { JsonValue } from './answer';
import { parseJson } from './answer';
import { apiError } from './apiError';
import { answerFailure, cutOffFailure, networkFailure, redirectFailure } from './failure';
import { withCredentials } from './keptCredentials';
import { LoginError } from './login';
import type { OneCrmRequest, RequestContext } from './request';
import type { Outcome } from './retry';
import { BROKEN_OFF } from './retry';
import type { TimeLimit } from './timeLimit';
import type { ByteStream } from './transfer';
import { Transfer } from './transfer';

/** What came of one try: the answer that says yes, or why there is none. */
export type Attempt<Body> = { answer: Answer<Body> } | { outcome: Outcome; error: NodeApiError };

export interface Answer<Body> {
	statusCode: number;
	headers: IDataObject;
	body: Body;
}

/** Sends a request once and returns what the answer says, as text where it is no JSON. */
export async function attemptText(
	context: RequestContext,
	request: OneCrmRequest,
	limit: TimeLimit,
): Promise<Attempt<JsonValue>> {
	const sent = await send(context, request, 'text', limit);
	if ('error' in sent) return sent;
	const { answer } = sent;
	const text = String(answer.body ?? '');
	if (!isSuccess(answer)) return refused(context, request, answer, text);
	const body = parseJson(text);
	if (body !== undefined) return { answer: { ...answer, body } };
	return isCutOff(answer, text)
		? cutOff(context, answer, text)
		: { answer: { ...answer, body: text } };
}

/** The same for an answer that is a file, whose bytes are still to come. A refusal is read to its end. */
export async function attemptStream(
	context: RequestContext,
	request: OneCrmRequest,
	transfer: Transfer,
): Promise<Attempt<ByteStream>> {
	const sent = await send(context, request, 'stream', transfer);
	if ('error' in sent) return sent;
	const { answer } = sent;
	const body = transfer.through(answer.body as ByteStream);
	return isSuccess(answer)
		? { answer: { ...answer, body } }
		: refused(context, request, answer, await textOf(body));
}

function isSuccess({ statusCode }: Answer<unknown>): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/**
 * Whether text that is no JSON is JSON that breaks off, as behind a wrong `Content-Length`: the network layer
 * takes such an answer for whole.
 */
function isCutOff({ headers }: Answer<unknown>, text: string): boolean {
	const isJson = String(headers['content-type'] ?? '').includes('json');
	return isJson && /^[\uFEFF\s]*[{[]/.test(text);
}

function cutOff(
	context: RequestContext,
	{ statusCode }: Answer<unknown>,
	text: string,
): Attempt<never> {
	const error = apiError(context, cutOffFailure(text), statusCode);
	return { outcome: { code: BROKEN_OFF }, error };
}

async function send(
	context: RequestContext,
	request: OneCrmRequest,
	encoding: 'stream' | 'text',
	limit: TimeLimit,
): Promise<Attempt<unknown>> {
	try {
		const upload = request.upload && (await uploadBody(request.upload, limit));
		const options = httpOptions(request, encoding, limit, upload);
		const answer = await withCredentials(
			context,
			async (credentialsDecrypted): Promise<IN8nHttpFullResponse> =>
				await context.helpers.httpRequestWithAuthentication.call(context, 'oneCrmApi', options, {
					credentialsDecrypted,
				}),
		);
		return { answer };
	} catch (error) {
		return await noAnswer(context, request, error, limit);
	}
}

function httpOptions(
	{ method, path, query, body, text, headers }: OneCrmRequest,
	encoding: 'stream' | 'text',
	{ signal }: TimeLimit,
	upload: Buffer | ByteStream | undefined,
): IHttpRequestOptions {
	return {
		method,
		url: path,
		qs: query,
		arrayFormat: 'indices',
		headers: {
			Accept: encoding === 'text' ? 'application/json' : '*/*',
			...(body !== undefined && { 'Content-Type': 'application/json' }),
			...headers,
		},
		// As text: n8n would drop an empty object and declare the request a form.
		body: body === undefined ? (text ?? upload) : JSON.stringify(body),
		encoding,
		returnFullResponse: true,
		// A 401 has to throw: that is what makes n8n renew the access token.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		disableFollowRedirect: true,
		// None but that of the transfer: n8n's own of five minutes would end a long upload.
		timeout: 0,
		// n8n's helper sets the signal of a cancelled execution over any other; this one stands for both.
		get abortSignal() {
			return signal;
		},
		set abortSignal(_) {},
	};
}

async function uploadBody(
	upload: NonNullable<OneCrmRequest['upload']>,
	limit: TimeLimit,
): Promise<Buffer | ByteStream> {
	const body = await upload();
	return limit instanceof Transfer && !Buffer.isBuffer(body) ? limit.through(body) : body;
}

/** What n8n's helper keeps of an error: the log-in that failed, or what axios threw. */
interface RequestError {
	message?: string;
	cause?: {
		code?: string;
		config?: { url?: string };
		response?: { status: number; headers: IDataObject; data?: unknown };
	};
}

async function noAnswer(
	context: RequestContext,
	request: OneCrmRequest,
	thrown: unknown,
	limit: TimeLimit,
): Promise<Attempt<never>> {
	const { message, cause } = thrown as RequestError;
	if (cause instanceof LoginError) {
		const outcome = { loginFailed: { transient: cause.transient } };
		const error = apiError(context, cause.failure, cause.answeredWith);
		error.context.isLogin = true;
		return { outcome, error };
	}
	// The one status that throws. Any other answer that comes with an error has broken off in the middle.
	if (cause?.response?.status === 401) {
		const { status, headers, data } = cause.response;
		const text = typeof data === 'string' ? data : await textOf(data as ByteStream);
		return refused(context, request, { statusCode: status, headers, body: data }, text);
	}
	const code = limit.isStalled ? 'ETIMEDOUT' : cause?.code;
	const address = cause?.config?.url;
	if (code === undefined || address === undefined) {
		// Not the network: n8n or the credential refused the request, and says why.
		const failure = { message: message ?? 'The request could not be sent' };
		return { outcome: { loginFailed: { transient: false } }, error: apiError(context, failure) };
	}
	return {
		outcome: { code },
		error: apiError(context, networkFailure(code, new URL(address).host)),
	};
}

function refused(
	context: RequestContext,
	{ subject }: OneCrmRequest,
	{ statusCode, headers }: Answer<unknown>,
	text: string,
): Attempt<never> {
	const retryAfter = headers['retry-after'];
	const outcome = {
		status: statusCode,
		retryAfter: retryAfter === undefined ? undefined : String(retryAfter),
	};
	const failure =
		statusCode >= 300 && statusCode < 400
			? redirectFailure(headers.location?.toString())
			: answerFailure(statusCode, text, subject);
	return { outcome, error: apiError(context, failure, statusCode, parseJson(text)) };
}

/** The text of a refusal, or nothing where it breaks off: its status says enough. */
async function textOf(stream: ByteStream): Promise<string> {
	try {
		return Buffer.concat(await stream.toArray()).toString();
	} catch {
		return '';
	}
}
