import { NodeApiError } from 'n8n-workflow';

/** Whether 1CRM said that what was asked for is not there. */
export function isNotFound(error: unknown): boolean {
	return hasStatus(error, ['404']);
}

/** Whether 1CRM does not offer what was asked for: not in this version, or not to this user. */
export function isNotOffered(error: unknown): boolean {
	return hasStatus(error, ['403', '404', '405', '501']);
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
