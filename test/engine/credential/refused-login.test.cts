import { Engine, sandboxCredential } from '../../support/engine/engine.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

const sandbox = sandboxForTests({ perTest: true });

const records = Array.from({ length: 100 }, (_, row) => ({ json: { last_name: `Berg ${row}` } }));

describe.each(['basic', 'oauth2'] as const)('A login that 1CRM refuses (%s)', (authentication) => {
	it.each([
		['create', { fields: { mappingMode: 'autoMapInputData', value: null } }],
		['get', { recordId: 'contact-1' }],
	])('is tried once for 100 items of %s that go on', async (operation, rest) => {
		const credential = { ...sandboxCredential(sandbox, authentication), password: 'wrong' };
		const engine = await Engine.start(credential);
		const run = await engine.run(
			{ resource: 'record', operation, module: 'Contact', ...rest },
			{ items: records, continueOnFail: true },
		);
		expect(run.items).toHaveLength(100);
		for (const { json } of run.items) expect(json.error).toMatch(/1CRM didn't accept the login/);
		expect(sandbox.requests).toHaveLength(1);
	});
});
