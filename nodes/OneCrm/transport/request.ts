import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeApiError, sleep } from 'n8n-workflow';

import type { JsonValue } from './answer';
import { flattenErrors, isJsonObject, parseJson, serverMessage } from './answer';
import type { Failure } from './failure';
import { networkFailure, notOneCrmFailure, redirectFailure, statusFailure } from './failure';
import { withCredentials } from './keptCredentials';
import { LoginError } from './login';
import type { Method, Outcome } from './retry';
import { mayHaveBeenDone, mayRetry, pauseBefore } from './retry';

/** Whatever in n8n sends requests: a running node, a list in the editor, a trigger. */
export type RequestContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export interface OneCrmRequest {
	method: Method;
	/** Relative to `api.php`, from `apiPath`, e.g. `data/Account/1`. */
	path: string;
	/** Sent in PHP's form: `{fields: ['a']}` becomes `fields[0]=a`. Undefined entries are left out. */
	query?: IDataObject;
	/** Sent as JSON. */
	body?: JsonValue;
	/** Makes the body of an upload anew for each try, because a stream can be read only once. */
	upload?: () => Promise<NonNullable<IHttpRequestOptions['body']>>;
	headers?: IDataObject;
	/** What is asked for, in the words of the message when it is not there, e.g. `Contact "1"`. */
	subject?: string;
	/** How long to wait for an answer. */
	timeoutSeconds?: number;
}

/** A successful answer. `body` is parsed where it is JSON and the text itself where it is not. */
export interface OneCrmAnswer {
	statusCode: number;
	headers: IDataObject;
	body: JsonValue;
}

export const DEFAULT_TIMEOUT_SECONDS = 60;

/** n8n cannot end a running `sleep`, so that a long pause is taken in steps that notice a cancelled execution. */
const PAUSE_STEP_MS = 500;

/**
 * Sends a request to 1CRM and returns its JSON object. The one way to the server for everything that
 * expects 1CRM's usual answer.
 *
 * Throws a `NodeApiError` in the user's terms: as `sendRequest` does, and for an answer that is no JSON
 * object (a log-in page, say, must never pass for an empty result) or that carries `errors` although
 * its status is 200.
 */
export async function requestJson(
	context: RequestContext,
	request: OneCrmRequest,
): Promise<IDataObject> {
	const { statusCode, body } = await sendRequest(context, request);
	// PHP writes an object without entries as an empty list.
	if (Array.isArray(body) && body.length === 0) return {};
	if (!isJsonObject(body)) {
		throw apiError(context, notOneCrmFailure(String(body)), statusCode);
	}
	const errors = flattenErrors(body.errors);
	if (errors !== undefined) throw apiError(context, { message: errors }, statusCode, body);
	return body;
}

/**
 * Sends a request to 1CRM, again where that is safe, and returns its answer.
 *
 * Retries are bounded and paused (`retry.ts`). A DELETE that finds nothing after a try whose answer
 * was lost has done its work. Throws a `NodeApiError` for every status but 2xx and when no answer
 * came, with 1CRM's own words as message and what to do next as description.
 */
export async function sendRequest(
	context: RequestContext,
	request: OneCrmRequest,
): Promise<OneCrmAnswer> {
	let mayBeDone = false;
	let resentAfterRenewal = false;
	for (let tries = 1; ; tries++) {
		const attempt = await attemptRequest(context, request);
		if ('answer' in attempt) return attempt.answer;

		const { outcome, error } = attempt;
		const isGone = 'status' in outcome && outcome.status === 404;
		if (request.method === 'DELETE' && mayBeDone && isGone) {
			return { statusCode: 200, headers: {}, body: { result: true } };
		}
		mayBeDone ||= mayHaveBeenDone(outcome);

		const isUnauthorized = 'status' in outcome && outcome.status === 401;
		if (isUnauthorized && request.upload && !resentAfterRenewal) {
			// n8n renews the token after a 401 but cannot send a used-up stream again.
			resentAfterRenewal = true;
			continue;
		}
		const pauseMs = mayRetry(request.method, outcome) ? pauseBefore(tries + 1, outcome) : undefined;
		if (pauseMs === undefined || !(await pause(context, pauseMs))) {
			error.context.mayBeDone = mayBeDone;
			throw error;
		}
	}
}

/** Waits, and returns whether the execution still runs afterwards. */
async function pause(context: RequestContext, milliseconds: number): Promise<boolean> {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	for (let left = milliseconds; left > 0 && !signal?.aborted; left -= PAUSE_STEP_MS) {
		await sleep(Math.min(left, PAUSE_STEP_MS));
	}
	return !signal?.aborted;
}

type Attempt = { answer: OneCrmAnswer } | { outcome: Outcome; error: NodeApiError };

async function attemptRequest(context: RequestContext, request: OneCrmRequest): Promise<Attempt> {
	let response: IN8nHttpFullResponse;
	try {
		const options = await httpOptions(request);
		response = await withCredentials(
			context,
			async (credentialsDecrypted): Promise<IN8nHttpFullResponse> =>
				await context.helpers.httpRequestWithAuthentication.call(context, 'oneCrmApi', options, {
					credentialsDecrypted,
				}),
		);
	} catch (error) {
		return noAnswer(context, request, error);
	}
	return readResponse(context, request, response as TextResponse);
}

async function httpOptions(request: OneCrmRequest): Promise<IHttpRequestOptions> {
	const { method, path, query, body, upload, headers } = request;
	return {
		method,
		url: path,
		qs: query,
		arrayFormat: 'indices',
		headers: {
			Accept: 'application/json',
			...(body !== undefined && { 'Content-Type': 'application/json' }),
			...headers,
		},
		// As text: n8n would drop an empty object and declare the request a form.
		...(body !== undefined && { body: JSON.stringify(body) }),
		...(upload && { body: await upload() }),
		encoding: 'text',
		returnFullResponse: true,
		// A 401 has to throw: that is what makes n8n renew the access token.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		disableFollowRedirect: true,
		timeout: (request.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
	};
}

interface TextResponse {
	statusCode: number;
	headers: IDataObject;
	body?: unknown;
}

function readResponse(
	context: RequestContext,
	{ subject }: OneCrmRequest,
	{ statusCode, headers, body: received }: TextResponse,
): Attempt {
	const text = String(received ?? '');
	const body = parseJson(text);
	if (statusCode >= 200 && statusCode < 300) {
		return { answer: { statusCode, headers, body: body === undefined ? text : body } };
	}
	const retryAfter = headers['retry-after'];
	const outcome = {
		status: statusCode,
		retryAfter: retryAfter === undefined ? undefined : String(retryAfter),
	};
	const failure =
		statusCode >= 300 && statusCode < 400
			? redirectFailure(headers.location?.toString())
			: statusFailure(statusCode, serverMessage(body), subject);
	return { outcome, error: apiError(context, failure, statusCode, body) };
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

function noAnswer(context: RequestContext, request: OneCrmRequest, thrown: unknown): Attempt {
	const { message, cause } = thrown as RequestError;
	if (cause instanceof LoginError) {
		const outcome = { loginFailed: { transient: cause.transient } };
		return { outcome, error: apiError(context, cause.failure, cause.answeredWith) };
	}
	// The one status that throws. Any other answer that comes with an error has broken off in the middle.
	if (cause?.response?.status === 401) {
		const { status, headers, data } = cause.response;
		return readResponse(context, request, { statusCode: status, headers, body: data });
	}
	const code = cause?.code;
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

/**
 * A new error, never the one that was caught: that one holds the request with its password.
 */
function apiError(
	context: RequestContext,
	failure: Failure,
	status?: number,
	body?: JsonValue,
): NodeApiError {
	const error = new NodeApiError(
		context.getNode(),
		{ message: failure.message },
		{
			message: failure.message,
			description: failure.description,
			httpCode: status === undefined ? undefined : String(status),
		},
	);
	// Its constructor takes a word such as "preexisting" for an error code and puts its own text there.
	error.message = failure.message;
	if (isJsonObject(body)) error.context.data = body;
	return error;
}
