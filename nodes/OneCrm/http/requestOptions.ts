import type { IHttpRequestOptions } from 'n8n-workflow';

/** What n8n's helper needs for every request, including the log-in. */
export const RAW_ANSWER = {
	returnFullResponse: true,
	// 1CRM's own clients don't follow redirects: one could carry a password elsewhere.
	disableFollowRedirect: true,
	// n8n's own timeout would begin anew with each byte of an answer; each sender has a limit of its own.
	timeout: 0,
} satisfies Partial<IHttpRequestOptions>;
