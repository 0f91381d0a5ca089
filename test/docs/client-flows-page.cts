import { type Flow, LOGINS } from '../support/client-flows/flow.cts';
import { DOCUMENTED, OTHER } from '../support/client-flows/flows.cts';
import { type HandWritten, handWritten } from './hand-written.cts';
import { table } from './table.cts';

/** What clients of 1CRM send, request by request, and what of the nodes rests on each. */
export function clientFlowsPage(parts: HandWritten): string[] {
	return [
		'# What clients of 1CRM send',
		handWritten(parts, 'introduction'),
		'## The examples of the official PHP client',
		handWritten(parts, 'documented'),
		flowTable('page', DOCUMENTED),
		'## Other clients',
		handWritten(parts, 'other'),
		flowTable('client', OTHER),
	];
}

function flowTable(source: string, flows: readonly Flow[]): string {
	return table(
		[source, 'what it shows', 'sent by', 'log-in'],
		flows.map((flow) => [flow.source, flow.shows, flow.standsFor, loginOf(flow)]),
	);
}

const loginOf = ({ logins }: Flow): string =>
	logins.length === LOGINS.length ? 'both' : logins.join();
