import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { nodeError } from '../nodeError';
import type { JsonValue } from './answer';
import { isJsonObject, refusalIn } from './answer';
import { apiError, doubtful } from './apiError';
import type { Answer } from './attempt';
import { attemptStream, attemptText } from './attempt';
import { brokenFailure, notOneCrmFailure } from './failure';
import { cancelSignal } from './pause';
import type { Method } from './retry';
import { timeLimit } from './timeLimit';
import { sharedTimeout } from './timeout';
import type { ByteStream } from './transfer';
import { Transfer } from './transfer';
import { tryUntilAnswered } from './tries';

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
	/** Sent as it is; `headers` say what it is. */
	text?: string;
	/** Makes the body of an upload anew for each try, because a stream can be read only once. */
	upload?: () => Promise<Buffer | ByteStream>;
	headers?: IDataObject;
	/** Whether an empty answer is one. One with status 204 always is. */
	mayBeEmpty?: boolean;
	/** How often it is sent at most, where 4 times would be too slow. */
	tries?: number;
	/** Whether its work can be done once only, as that of a POST. */
	once?: boolean;
	/** What is asked for, in the words of the message when it is not there, e.g. `Contact "1"`. */
	subject?: string;
	/** How long to wait for the whole answer or, while a file is under way, for more of it. */
	timeoutSeconds?: number;
}

/** A successful answer. `body` is parsed where it is JSON and the text itself where it is not. */
export type OneCrmAnswer = Answer<JsonValue>;

/** A successful answer whose bytes are still to come. */
export type StreamedAnswer = Answer<ByteStream>;

const ALREADY_GONE: OneCrmAnswer = { statusCode: 200, headers: {}, body: { result: true } };

/**
 * Sends a request to 1CRM and returns its JSON object. The one way to the server for everything that
 * expects 1CRM's usual answer.
 *
 * Throws a `NodeApiError` in the user's terms: as `sendRequest` does, and for an answer that is no JSON
 * object (a log-in page, say, must never pass for an empty result) or that refuses although its status
 * is 200 (`refusalIn`).
 */
export async function requestJson(
	context: RequestContext,
	request: OneCrmRequest,
): Promise<IDataObject> {
	const { statusCode, body } = await sendRequest(context, request);
	// PHP writes an object without entries as an empty list.
	if (Array.isArray(body) && body.length === 0) return {};
	if (body === '' && (request.mayBeEmpty || statusCode === 204)) return {};
	if (!isJsonObject(body)) {
		throw doubtful(request.method, apiError(context, notOneCrmFailure(String(body)), statusCode));
	}
	const refusal = refusalIn(body);
	if (refusal !== undefined) throw apiError(context, { message: refusal }, statusCode, body);
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
	return await tryUntilAnswered(
		context,
		request,
		async () => {
			if (!request.upload) {
				return await attemptText(
					context,
					request,
					timeLimit(context, secondsFor(context, request)),
				);
			}
			const transfer = startTransfer(context, request);
			try {
				return await attemptText(context, request, transfer);
			} finally {
				transfer.end();
			}
		},
		ALREADY_GONE,
	);
}

/**
 * Sends a request whose answer is a file, and returns what `take` makes of its bytes as they come, so that
 * the file never stands in memory as a whole.
 *
 * Retries end with the first bytes. Throws as `sendRequest` does, a `NodeApiError` when the bytes break off
 * or stop to come before the end, and what `take` throws.
 */
export async function receiveFile<Result>(
	context: RequestContext,
	request: OneCrmRequest,
	take: (answer: StreamedAnswer) => Promise<Result>,
): Promise<Result> {
	let transfer: Transfer | undefined;
	try {
		const answer = await tryUntilAnswered(context, request, async () => {
			transfer?.end();
			transfer = startTransfer(context, request);
			return await attemptStream(context, request, transfer);
		});
		return await take(answer);
	} catch (error) {
		if (transfer?.isBroken) throw apiError(context, brokenFailure(transfer.isStalled));
		throw nodeError(context.getNode(), error);
	} finally {
		transfer?.end();
	}
}

function startTransfer(context: RequestContext, request: OneCrmRequest): Transfer {
	return new Transfer(secondsFor(context, request), cancelSignal(context));
}

function secondsFor(context: RequestContext, { timeoutSeconds }: OneCrmRequest): number {
	return timeoutSeconds ?? sharedTimeout(context);
}
