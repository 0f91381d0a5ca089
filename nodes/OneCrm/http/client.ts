import type { IDataObject, INode } from 'n8n-workflow';

import { confirms, refusalIn } from './answer';
import { AutomaticWidth } from './automaticWidth';
import { Connection } from './connection';
import { asNodeError, CrmError } from './errors';
import { brokenFailure, notOneCrmFailure } from './failure';
import type { JsonValue } from './json';
import { isJsonObject } from './json';
import type { Transfer } from './limits';
import { DEFAULT_TIMEOUT_SECONDS } from './limits';
import { isAnswerLost, isRecordMissing, MAX_TRIES, mayRetry, pauseBefore } from './retry';
import type { Attempt } from './send';
import { sendForStream, sendForText } from './send';
import { Slots } from './slots';
import type { Answer, CrmAnswer, CrmRequest, N8nContext, StreamedAnswer } from './types';

const ALREADY_GONE: CrmAnswer = { statusCode: 200, headers: {}, body: { result: true } };

const UNCONFIRMED = {
	message: "1CRM didn't confirm the change",
	description: 'Its answer is in the details',
};

/** What makes something new is confirmed by the id in its answer. */
function mustConfirm({ method, isConfirmed }: CrmRequest): boolean {
	return isConfirmed ?? (method === 'PATCH' || method === 'DELETE');
}

/**
 * Names the requests whose answers take equally long, as far as a request says: by method, kind of path, and size of
 * pages. For files, nothing says it.
 */
function kindOf({ method, path, query, upload }: CrmRequest): string | undefined {
	if (upload) return undefined;
	const steps = path.split('?')[0].split('/');
	return [method, ...steps.slice(0, 2), steps.length, query?.limit].join(' ');
}

/** The one way to the server. One for each run of a node, of a list in the editor, or of a trigger. */
export class HttpClient {
	readonly node: INode;

	readonly error: Connection['error'];

	private constructor(
		private readonly connection: Connection,
		/** How long to wait for a whole answer or, while a file is under way, for more of it. */
		private readonly timeoutSeconds: number,
		/** For the requests that are under way; shared by all clients of a run. */
		readonly slots: Slots,
	) {
		this.node = connection.node;
		this.error = connection.error.bind(connection);
	}

	static of(context: N8nContext, slots = new Slots(new AutomaticWidth())): HttpClient {
		return new HttpClient(new Connection(context), DEFAULT_TIMEOUT_SECONDS, slots);
	}

	/** The same client with another patience. */
	withTimeout(seconds: number): HttpClient {
		if (seconds === this.timeoutSeconds) return this;
		return new HttpClient(this.connection, seconds, this.slots);
	}

	/**
	 * Sends a request to 1CRM and returns its JSON object: for everything that expects 1CRM's usual answer.
	 *
	 * Throws a `CrmError` in the user's terms: as `send` does, and for an answer that isn't a JSON object (a log-in
	 * page, say, must never pass for an empty result) or that refuses although its status is 200 (`refusalIn`).
	 */
	async json(request: CrmRequest): Promise<IDataObject> {
		const answer = await this.send(request);
		const { statusCode } = answer;
		// PHP writes an object without entries as an empty list.
		const isEmpty = Array.isArray(answer.body) && answer.body.length === 0;
		const body = isEmpty ? {} : answer.body;
		if (body === '' && (request.mayBeEmpty || statusCode === 204)) return {};
		if (!isJsonObject(body)) {
			throw this.error(notOneCrmFailure(String(body)), {
				outcome: request.method === 'GET' ? 'refused' : 'unknown',
				status: statusCode,
			});
		}
		const refusal = refusalIn(body);
		if (refusal !== undefined) {
			const isDone = request.method !== 'GET' && confirms(body);
			const outcome = isDone ? 'unknown' : 'refused';
			throw this.error({ message: refusal }, { outcome, status: statusCode, body });
		}
		if (mustConfirm(request) && !confirms(body)) {
			throw this.error(UNCONFIRMED, { outcome: 'unknown', status: statusCode, body });
		}
		return body;
	}

	/**
	 * Sends a request to 1CRM, again if that is safe, and returns its answer.
	 *
	 * Retries are bounded and paused (`retry.ts`). A DELETE that finds nothing after a try whose answer was lost has
	 * done its work. Throws a `CrmError` for every status but 2xx and if no answer came, with 1CRM's own words as
	 * message and what to do next as description.
	 */
	async send(request: CrmRequest): Promise<CrmAnswer> {
		const kind = (): string | undefined => kindOf(request);
		const attempt = async (): Promise<Attempt<JsonValue>> =>
			await this.slots.watch(kind, async () => await this.attempt(request));
		return await this.slots.use(
			request.method === 'GET',
			async () => await this.withRetries(request, attempt, ALREADY_GONE),
		);
	}

	private async attempt(request: CrmRequest): Promise<Attempt<JsonValue>> {
		const { limits } = this.connection;
		const limit = request.upload
			? limits.forFile(this.timeoutSeconds)
			: limits.forRequest(this.timeoutSeconds);
		try {
			return await sendForText(this.connection, request, limit);
		} finally {
			limit.end();
		}
	}

	/**
	 * Sends a request whose answer is a file, and returns what `take` makes of its bytes as they come, so that
	 * the file is never in memory as a whole.
	 *
	 * Retries end with the first bytes. Throws as `send` does, a `CrmError` if the bytes break off or stop coming before
	 * the end, and what `take` throws. `take` must not send a request: it would wait for a slot behind this one.
	 */
	async receive<Result>(
		request: CrmRequest,
		take: (answer: StreamedAnswer) => Promise<Result>,
	): Promise<Result> {
		return await this.slots.use(
			request.method === 'GET',
			async () => await this.receiveFile(request, take),
		);
	}

	private async receiveFile<Result>(
		request: CrmRequest,
		take: (answer: StreamedAnswer) => Promise<Result>,
	): Promise<Result> {
		let transfer: Transfer | undefined;
		let mayBeDone = false;
		try {
			const answer = await this.withRetries(request, async () => {
				transfer?.end();
				transfer = this.connection.limits.forFile(this.timeoutSeconds);
				const limit = transfer;
				return await this.slots.watch(
					() => undefined,
					async () => await sendForStream(this.connection, request, limit),
				);
			});
			mayBeDone = request.method !== 'GET';
			return await take(answer);
		} catch (error) {
			const thrown = transfer?.isBroken ? this.error(brokenFailure(transfer.isStalled)) : error;
			if (mayBeDone && thrown instanceof CrmError) thrown.outcome = 'unknown';
			throw asNodeError(this.node, thrown);
		} finally {
			transfer?.end();
		}
	}

	/**
	 * Makes attempts at a request, again if that is safe (`retry.ts`), until one is answered with a success.
	 *
	 * `alreadyGone` is the answer of a DELETE that finds nothing after a try whose answer was lost: it has done
	 * its work. Throws the error of the last attempt, which notes whether any of them may have changed something.
	 */
	private async withRetries<Body>(
		{ method, upload, mayBeGone, notRepeatable = false, tries: mostTries = MAX_TRIES }: CrmRequest,
		attempt: () => Promise<Attempt<Body>>,
		alreadyGone?: Answer<Body>,
	): Promise<Answer<Body>> {
		let mayBeDone = false;
		let isLost = false;
		let resentAfterRenewal = false;
		for (let tries = 1; ; tries++) {
			const ended = await attempt();
			if ('answer' in ended) return ended.answer;

			const { end, error } = ended;
			if (mayBeGone && isLost && isRecordMissing(end) && alreadyGone) return alreadyGone;
			isLost ||= isAnswerLost(end);
			mayBeDone ||= error.outcome === 'unknown';

			const isUnauthorized = 'status' in end && end.status === 401;
			if (isUnauthorized && upload && !resentAfterRenewal) {
				// n8n renews the token after a 401 but cannot send a used-up stream again.
				resentAfterRenewal = true;
				continue;
			}
			const isAnotherLeft = tries < mostTries && mayRetry(notRepeatable ? 'POST' : method, end);
			const pauseMs = isAnotherLeft ? pauseBefore(tries + 1, end) : undefined;
			if (pauseMs === undefined || !(await this.connection.pause(pauseMs))) {
				if (mayBeDone) error.outcome = 'unknown';
				throw error;
			}
		}
	}
}
