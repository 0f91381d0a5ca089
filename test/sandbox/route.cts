import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Answer } from './answers.cts';
import type { PhpQuery } from './php-query.cts';

/** What a token must allow; Basic allows everything. */
export type Scope = 'read' | 'write' | 'profile';

/** A parsed call of the API. */
export interface Call {
	params: Record<string, string>;
	query: PhpQuery;
	headers: IncomingHttpHeaders;
	/** Parsed JSON; a buffer if it is something else. */
	body: unknown;
	/** The body as it arrives, for uploads. */
	stream: Readable;
	/** Who calls; empty on a public route. */
	userId: string;
}

/** One method of one path, and the function that answers it. */
export interface Route {
	method: 'get' | 'post' | 'patch' | 'delete';
	path: string;
	/** `public` needs no authentication. */
	scope: Scope | 'public';
	answer: (call: Call) => Answer | Promise<Answer>;
}

/** The answer of every write that returns no id. */
export const DONE: Answer = { json: { result: true } };

/** The body as a map of keys; empty if it is anything else. */
export function bodyOf({ body }: Pick<Call, 'body'>): Record<string, unknown> {
	return mapFrom(body) ?? {};
}

/** The map of keys that was sent; undefined if it was anything else. PHP writes an empty one as `[]`. */
export function mapFrom(value: unknown): Record<string, unknown> | undefined {
	if (Array.isArray(value) && value.length === 0) return {};
	return isMap(value) ? value : undefined;
}

/** Whether a body is a map of keys: not null, not a list, not bytes. */
export function isMap(value: unknown): value is Record<string, unknown> {
	return (
		typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
	);
}
