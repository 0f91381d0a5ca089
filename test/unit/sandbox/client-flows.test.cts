import { sandboxForTests } from '../../support/sandbox-for-tests.cts';
import { type Flow, LOGINS } from '../../support/client-flows/flow.cts';
import { DOCUMENTED, DOCUMENTED_PAGES, OTHER } from '../../support/client-flows/flows.cts';
import { OfficialClient } from '../../support/client-flows/official-client.cts';

describe.each(LOGINS)('with the log-in by %s', (login) => {
	const sandbox = sandboxForTests({ perTest: true });
	const flows = [...DOCUMENTED, ...OTHER].filter(({ logins }) => logins.includes(login));

	it.each(flows.map((flow) => [flow.source, flow.shows, flow] as const))(
		'%s: %s',
		async (_source, _shows, { run }: Flow) => {
			await run({ sandbox, client: await OfficialClient.loggedIn(sandbox, login) });
		},
	);
});

it('covers every page with examples in the documentation of the official client', () => {
	const pages = new Set(DOCUMENTED.map(({ source }) => source));
	expect([...pages].sort()).toEqual([...DOCUMENTED_PAGES].sort());
});
