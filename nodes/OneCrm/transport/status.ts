import { NodeApiError } from 'n8n-workflow';

/** Whether 1CRM said that what was asked for is not there. */
export function isNotFound(error: unknown): boolean {
	return hasStatus(error, ['404']);
}

/** Whether a record is not there, or an address. An unknown module is "not found" too. */
export function isMissing(error: unknown): boolean {
	return isNotFound(error) && !/^model\b/i.test((error as NodeApiError).message);
}

/** Whether 1CRM does not let this user do what was asked. A log-in that it refuses is about more than that. */
export function isForbidden(error: unknown): boolean {
	return hasStatus(error, ['403']) && (error as NodeApiError).context.isLogin !== true;
}

/** Whether 1CRM does not offer what was asked for: not in this version, or not to this user. */
export function isNotOffered(error: unknown): boolean {
	return hasStatus(error, ['403', '404', '405', '501']);
}

/** Whether there is no use in looking how it went: 1CRM refused this user, or did not answer at all. */
export function isClearNo(error: unknown): boolean {
	const isUnanswered = error instanceof NodeApiError && !error.httpCode;
	return isUnanswered || hasStatus(error, ['401', '403']);
}

/** Whether 1CRM may have done what was asked, although it did not say so. */
export function mayBeDone(error: unknown): boolean {
	return error instanceof NodeApiError && error.context.mayBeDone === true;
}

/** Whether 1CRM gave no answer, or one that decides nothing. */
export function isUnclear(error: unknown): boolean {
	return error instanceof NodeApiError && (!error.httpCode || Number(error.httpCode) >= 500);
}

function hasStatus(error: unknown, statuses: string[]): boolean {
	return error instanceof NodeApiError && statuses.includes(String(error.httpCode));
}
