import type { Authentication } from '../../nodes/OneCrm/http/credentials';
import type { Sandbox } from '../sandbox/sandbox.cts';
import { Engine, sandboxCredential } from '../support/engine/engine.cts';
import {
	sandboxForTests,
	type TestSandboxOptions,
	whileTestsRun,
} from '../support/sandbox-for-tests.cts';

interface EngineWithSandboxOptions extends TestSandboxOptions {
	/** How the credential logs in: with Basic unless given. */
	authentication?: Authentication;
}

/**
 * Starts a sandbox, and n8n's engine with a credential for it, before the tests of this file, or of the
 * `describe` around the call, and stops the sandbox after them. Each test's mocks end with it.
 */
export function engineWithSandbox({ authentication, ...options }: EngineWithSandboxOptions = {}): {
	sandbox: Sandbox;
	engine: Engine;
} {
	// Before the sandbox stops: it needs the real time for that.
	afterEach(() => vi.restoreAllMocks());
	const sandbox = sandboxForTests(options);
	let engine: Engine | undefined;
	const before = options.perTest ? beforeEach : beforeAll;
	before(async () => {
		engine = await Engine.start(sandboxCredential(sandbox, authentication));
	});
	return { sandbox, engine: whileTestsRun(() => engine) };
}
