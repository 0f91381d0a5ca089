import { type Answer, htmlPage } from './answers.cts';
import type { Fault } from './faults.cts';

/** The request that a fault strikes, as far as an answer quotes it. */
interface StruckRequest {
	method: string;
	headers: object;
	body: unknown;
}

/** What a fault answers in place of the work; undefined for one that cuts or stalls. */
export function faultAnswer(fault: Fault, request?: StruckRequest): Answer | undefined {
	const headers = { ...fault.headers };
	if (fault.retryAfter !== undefined) headers['Retry-After'] = String(fault.retryAfter);
	switch (fault.kind) {
		case 'status':
			return statusAnswer(fault, headers);
		case 'html':
			return htmlPage('1CRM', 'Please log in.');
		case 'quotedRequest':
			return quotation(fault, headers, request);
		case 'notJson':
			return {
				headers: { ...headers, 'Content-Type': 'text/plain' },
				content: String(fault.body ?? 'Maintenance in progress'),
			};
		case 'redirect':
			return {
				status: 302,
				headers: { ...headers, Location: fault.location ?? '/index.php' },
				content: '',
			};
		case 'errorsIn200':
			return { headers, json: fault.body ?? { errors: [fault.message ?? 'It did not work'] } };
		default:
			return undefined;
	}
}

/** In JSON with the status 200, else as a page. The login is quoted as it came and, as PHP knows it, in plain text. */
function quotation(
	{ status = 403 }: Fault,
	headers: Record<string, string>,
	{ method, headers: sent, body }: StruckRequest = { method: '', headers: {}, body: undefined },
): Answer {
	const authorization = String((sent as Record<string, unknown>).authorization ?? '');
	const [, basic] = /^Basic (.*)$/.exec(authorization) ?? [];
	const login = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString();
	const echo = { ...headers, 'X-Request-Authorization': authorization };
	if (status === 200) {
		const records: unknown[] = [];
		return { headers: echo, json: { records, request: { method, headers: sent, login, body } } };
	}
	const lines = Object.entries(sent).map(([name, value]) => `${name}: ${String(value)}`);
	const text = [`Request blocked: ${method}`, ...lines, login, JSON.stringify(body)].join('\n');
	const page = `<html><body><h1>Forbidden</h1><pre>${escaped(text)}</pre></body></html>`;
	return { status, headers: { 'Content-Type': 'text/html', ...echo }, content: page };
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function statusAnswer(fault: Fault, headers: Record<string, string>): Answer {
	const status = fault.status ?? 500;
	if (typeof fault.body === 'string') {
		return { status, headers: { 'Content-Type': 'text/html', ...headers }, content: fault.body };
	}
	return { status, headers, json: fault.body ?? { message: fault.message ?? `Status ${status}` } };
}
