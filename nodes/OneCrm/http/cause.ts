import type { IDataObject } from 'n8n-workflow';

import { LoginError } from './login';
import { BROKEN_OFF } from './retry';

/** What n8n's helper throws: an error of n8n, made of what happened. */
export interface RequestError {
	message?: string;
	cause?: Cause & { config?: object };
	httpCode?: string | null;
}

/** Why there is no whole answer. */
export interface Cause {
	/** In n8n's words. */
	message?: string;
	/** Of the network layer. Without it, n8n or the credential refused to send the request. */
	code?: string;
	/** The answer, if one has begun. */
	response?: { status: number; headers: IDataObject; data?: unknown };
}

/** Where the data of a credential say why the log-in failed that n8n called with them. */
const FAILED_LOGIN = Symbol('failed log-in');

/** Notes in the data of a credential, for `causeOf`, why a log-in with them failed. */
export async function noting(data: object, session: Promise<string>): Promise<string> {
	return await session.catch(async (error: Error) => {
		// Not in a copy of the data: those are for another request.
		Object.defineProperty(data, FAILED_LOGIN, { value: error, configurable: true });
		return await Promise.reject(error);
	});
}

/**
 * What an error of n8n's helper was made of, for a request with these data of a credential.
 *
 * The errors of n8n 1 lose their `cause`: its class `ExecutionBaseError` declares that property anew. But in `httpCode`
 * they have the code of the network layer or, of an answer that broke off, its status.
 */
export function causeOf(
	{ message, cause, httpCode }: RequestError,
	data: { [FAILED_LOGIN]?: Error },
): Cause | LoginError {
	const login = data[FAILED_LOGIN] ?? cause;
	if (login instanceof LoginError) return login;
	if (cause === undefined) {
		const code = /^\d+$/.test(httpCode ?? '') ? BROKEN_OFF : (httpCode ?? undefined);
		return { message, code };
	}
	// n8n's own errors may have a code, too. Those of axios also have the request.
	return { message, code: cause.config && cause.code, response: cause.response };
}
