import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/sandbox.cts';

export interface TestSandboxOptions extends SandboxOptions {
	/** Each test gets its own sandbox, instead of one for all tests. */
	perTest?: boolean;
}

/**
 * Starts a sandbox before the tests of this file, or of the `describe` around the call, and stops it after
 * them. It has no sample records unless `seed` asks for some. Where tests share it, its records stay, but each
 * test sees its own requests only, and what it changes of 1CRM's ways ends with it.
 */
export function sandboxForTests({ perTest, ...options }: TestSandboxOptions = {}): Sandbox {
	let running: Sandbox | undefined;
	const sandbox = whileTestsRun(() => running);
	const [before, after] = perTest ? [beforeEach, afterEach] : [beforeAll, afterAll];
	before(async () => {
		running = await startSandbox({ seed: false, ...options });
	});
	after(async () => {
		await running?.stop();
	});
	if (!perTest) keepTestsApart(sandbox);
	return sandbox;
}

/** Forgets the requests before each test, and takes back its switches, its speed, its faults and what it holds. */
function keepTestsApart(sandbox: Sandbox): void {
	let before: Pick<Sandbox, 'variants' | 'latency' | 'capacity'>;
	beforeEach(() => {
		const { variants, latency, capacity } = sandbox;
		before = { variants: structuredClone(variants), latency, capacity };
		sandbox.clearRequests();
	});
	afterEach(() => {
		sandbox.clearFaults();
		Object.assign(sandbox.variants, before.variants);
		sandbox.latency = before.latency;
		sandbox.capacity = before.capacity;
	});
}

/**
 * A proxy for an object that a hook creates, so that a test file can name it before it exists. Throws if it
 * is used before the hook has run.
 */
export function whileTestsRun<Target extends object>(current: () => Target | undefined): Target {
	const target = (): Target => {
		const object = current();
		if (!object) throw new Error('This exists only while tests run: use it in a hook or a test');
		return object;
	};
	return new Proxy({} as Target, {
		get: (_, name): unknown => Reflect.get(target(), name),
		set: (_, name, value) => Reflect.set(target(), name, value),
	});
}
