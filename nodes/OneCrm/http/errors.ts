import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Failure } from './failure';
import { sentences } from './failure';
import type { JsonValue } from './json';
import { isJsonObject } from './json';

/**
 * What a request that failed has changed in 1CRM: nothing, because it never arrived; nothing, because 1CRM said
 * no; or nobody knows, because it may have done its work before the answer was lost. A request that only reads
 * never ends as `unknown`.
 */
export type Outcome = 'not sent' | 'refused' | 'unknown';

const DOUBT = '1CRM may have applied this change anyway. Check before you retry';

export interface ErrorDetails {
	outcome?: Outcome;
	/** Of the answer, if one came. */
	status?: number;
	/** Of the answer, shown in the details if it is JSON. */
	body?: JsonValue;
	/** Whether it was the log-in that failed, before the request itself. */
	isLogin?: boolean;
}

/**
 * The error of everything that 1CRM refuses or doesn't answer, in the user's terms.
 *
 * Always a new error, never the one that was caught: that one contains the request with its password.
 */
export class CrmError extends NodeApiError {
	outcome: Outcome;

	readonly isLogin: boolean;

	constructor(
		node: INode,
		{ message, description }: Pick<Failure, 'message' | 'description'>,
		{ outcome = 'refused', status, body, isLogin = false }: ErrorDetails = {},
	) {
		const httpCode = status === undefined ? undefined : String(status);
		super(node, { message }, { message, description, httpCode });
		// n8n knows its errors by this name, and a subclass would have its own.
		this.name = NodeApiError.name;
		// n8n's constructor takes a word such as "preexisting" for an error code and puts its own text there.
		this.message = message;
		if (isJsonObject(body)) this.context.data = body;
		this.outcome = outcome;
		this.isLogin = isLogin;
	}
}

/** What was thrown, as an error of a node. Any other error becomes a `NodeOperationError`. */
export function asNodeError(node: INode, error: unknown): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const message = error instanceof Error ? error.message : String(error);
	const failure = new NodeOperationError(node, message);
	failure.message = message;
	return failure;
}

/**
 * Like `asNodeError`, for an item: with its index and, because somebody might run it again, with a warning if 1CRM may
 * have done its work. Items that waited for the same answer, such as that about the fields of a module, fail with the
 * same error; each gets a copy of its own.
 */
export function errorOfItem(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const failure = asNodeError(node, error);
	const own = failure.context.itemIndex === undefined ? failure : copyOf(node, failure);
	own.context.itemIndex = itemIndex;
	own.description = sentences(own.description ?? undefined, doubtOf(own));
	return own;
}

/**
 * The error for what failed after something was done already: the message begins with that, so that nobody does
 * it again, e.g. `Contact "1" was created, but could not be read back: …`.
 */
export function errorAfter(
	node: INode,
	done: string,
	error: unknown,
): NodeApiError | NodeOperationError {
	// Others may share the error.
	const failure = copyOf(node, asNodeError(node, error));
	failure.message = `${done}: ${failure.message}`;
	return failure;
}

/** The warning that 1CRM may have done its work, if it may. */
export function doubtOf(error: unknown): string | undefined {
	return isUnknown(error) ? DOUBT : undefined;
}

function copyOf(
	node: INode,
	error: NodeApiError | NodeOperationError,
): NodeApiError | NodeOperationError {
	const { message, context } = error;
	const description = error.description ?? undefined;
	const copy =
		error instanceof NodeApiError
			? new CrmError(
					node,
					{ message, description },
					{
						status: error.httpCode ? Number(error.httpCode) : undefined,
						...(error instanceof CrmError && { outcome: error.outcome, isLogin: error.isLogin }),
					},
				)
			: new NodeOperationError(node, message, { description });
	return Object.assign(copy, { message, context: { ...context } });
}

/** Text for a log or a sentence. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** Whether 1CRM may have done what was asked, although it didn't say so. */
export function isUnknown(error: unknown): boolean {
	return error instanceof CrmError && error.outcome === 'unknown';
}

/** Whether 1CRM said that what was asked for isn't there. */
export function isNotFound(error: unknown): boolean {
	return hasStatus(error, ['404']);
}

/** Whether a record or an address isn't there. An unknown module is "not found" too, but doesn't count. */
export function isMissing(error: unknown): boolean {
	return isNotFound(error) && !/^model\b/i.test(messageOf(error));
}

/** Whether 1CRM doesn't let this user do what was asked. A log-in that it refuses is about more than that. */
export function isForbidden(error: unknown): boolean {
	return hasStatus(error, ['403']) && !(error instanceof CrmError && error.isLogin);
}

/** Whether 1CRM doesn't offer what was asked for: not in this version, or not to this user. */
export function isNotOffered(error: unknown): boolean {
	return hasStatus(error, ['403', '404', '405', '501']);
}

/** Whether looking at the result would be useless: 1CRM refused this user, or didn't answer at all. */
export function isClearNo(error: unknown): boolean {
	const isUnanswered = error instanceof NodeApiError && !error.httpCode;
	return isUnanswered || hasStatus(error, ['401', '403']);
}

/** Whether 1CRM may have refused the order of a list: as a bad request, or in the words of its database. */
export function refusesOrder(error: unknown): boolean {
	return hasStatus(error, ['400', '422', '500']);
}

/** Whether a new record was refused because another one has its ID: in the words of 1CRM's database, or as a conflict. */
export function isIdTaken(error: unknown): boolean {
	return hasStatus(error, ['409']) || /duplicate entry/i.test(messageOf(error));
}

/** Whether 1CRM gave no answer, or one that decides nothing. */
export function isUndecided(error: unknown): boolean {
	return error instanceof NodeApiError && (!error.httpCode || Number(error.httpCode) >= 500);
}

function hasStatus(error: unknown, statuses: string[]): boolean {
	return error instanceof NodeApiError && statuses.includes(String(error.httpCode));
}
