import { type Answer, htmlPage } from './answers.cts';
import type { Fault } from './faults.cts';

/** What a fault answers in place of the work; undefined for one that cuts or stalls. */
export function faultAnswer(fault: Fault): Answer | undefined {
	const headers = { ...fault.headers };
	if (fault.retryAfter !== undefined) headers['Retry-After'] = String(fault.retryAfter);
	switch (fault.kind) {
		case 'status':
			return statusAnswer(fault, headers);
		case 'html':
			return htmlPage('1CRM', 'Please log in.');
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

function statusAnswer(fault: Fault, headers: Record<string, string>): Answer {
	const status = fault.status ?? 500;
	if (typeof fault.body === 'string') {
		return { status, headers: { 'Content-Type': 'text/html', ...headers }, content: fault.body };
	}
	return { status, headers, json: fault.body ?? { message: fault.message ?? `Status ${status}` } };
}
