import type { Sandbox, SandboxOptions } from '../../sandbox/sandbox.cts';
import type { Engine } from '../../support/engine/engine.cts';
import { whileTestsRun } from '../../support/sandbox-for-tests.cts';
import { EngineTrigger, type TriggerOptions } from '../engine-trigger.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { SETTINGS } from './trigger-settings.cts';

export interface TriggerWithSandbox {
	sandbox: Sandbox;
	engine: Engine;
	/** Not active yet. */
	trigger: EngineTrigger;
}

/** Where the trigger runs, and the clock of its 1CRM. */
type TriggerSceneOptions = TriggerOptions & Pick<SandboxOptions, 'clock'>;

/** Gives each test of this `describe` its own sandbox, engine and trigger for contacts. */
export function triggerWithSandbox({
	clock,
	...options
}: TriggerSceneOptions = {}): TriggerWithSandbox {
	const { sandbox, engine } = engineWithSandbox({ perTest: true, clock });
	let trigger: EngineTrigger | undefined;
	beforeEach(async () => {
		trigger = await EngineTrigger.start(engine, { ...SETTINGS }, options);
	});
	afterEach(async () => {
		await trigger?.stop();
	});
	return { sandbox, engine, trigger: whileTestsRun(() => trigger) };
}
