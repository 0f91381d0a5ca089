import type { Sandbox, VariantChoices } from '../../sandbox/sandbox.cts';
import { startSandbox } from '../../sandbox/sandbox.cts';
import { EngineTrigger } from '../engine-trigger.cts';
import { Engine, sandboxCredential } from '../engine.cts';
import { skipPauses } from '../pauses.cts';
import { getMe } from '../records.cts';
import { until } from '../until.cts';

const REGISTRATION = { method: 'POST', path: /^\/webhooks/ };

describe('Registering the webhooks of a trigger', () => {
	let sandbox: Sandbox;
	let engine: Engine;
	let trigger: EngineTrigger;

	async function start(webhooks: VariantChoices['webhooks'] = {}) {
		sandbox = await startSandbox({ seed: false, variants: { webhooks } });
		engine = await Engine.start(sandboxCredential(sandbox));
		trigger = await EngineTrigger.start(engine, { event: 'createdOrUpdated', module: 'Contact' });
		skipPauses();
	}
	afterEach(async () => {
		jest.restoreAllMocks();
		await trigger.stop();
		await sandbox.stop();
	});

	/** Activates the trigger and lets the registration of its second webhook go wrong. */
	async function failSecond(): Promise<void> {
		sandbox.latency = 50;
		const activation = trigger.activate();
		await until(() => sandbox.webhooks.length === 1);
		sandbox.failNext({ kind: 'status', status: 400, message: 'Too many webhooks' }, REGISTRATION);
		await activation;
	}

	it('is undone when the second of two fails, and the reason is told', async () => {
		await start();
		await expect(failSecond()).rejects.toThrow('Too many webhooks');
		expect(sandbox.webhooks).toEqual([]);
		expect(trigger.staticData).toEqual({});
		await trigger.activate();
		expect(sandbox.webhooks).toHaveLength(2);
	});

	it('tells the reason of the failure even if undoing fails too', async () => {
		await start();
		sandbox.failNext({ kind: 'status', status: 500, message: 'Locked' }, { method: 'DELETE' });
		await expect(failSecond()).rejects.toThrow('Too many webhooks');
		expect(sandbox.webhooks).toHaveLength(1);
		await trigger.activate();
		expect(sandbox.webhooks).toHaveLength(2);
	});

	it.each([
		['got lost', { kind: 'resetAfter' }],
		['broke off', { kind: 'truncated' }],
	] as const)('leaves no stray webhook when an answer %s', async (_, fault) => {
		await start();
		sandbox.failNext(fault, REGISTRATION);
		await trigger.activate();
		expect(sandbox.webhooks.map(({ type }) => type)).toEqual(['create', 'update']);
		await trigger.deactivate();
		expect(sandbox.webhooks).toEqual([]);
	});

	it('is refused to users who may not, in the words of 1CRM', async () => {
		await start({ requireAdmin: true });
		engine.credentials.data.username = 'sales';
		const failure = await trigger.activate().catch((error: unknown) => error);
		expect(failure).toMatchObject({
			message: 'Only an administrator may manage webhooks',
			description: expect.stringContaining('The user may lack the right'),
			httpCode: '403',
		});
		expect(sandbox.webhooks).toEqual([]);
		expect(trigger.staticData).toEqual({});
	});

	it('fails for a module that 1CRM does not have', async () => {
		await start();
		trigger.parameters.module = 'Contacts';
		await expect(trigger.activate()).rejects.toThrow('Model Contacts not found');
		expect(sandbox.webhooks).toEqual([]);
	});

	it('works on a server that does not list its webhooks', async () => {
		await start({ list: false });
		await trigger.activate();
		expect(sandbox.webhooks).toHaveLength(2);
		expect(await trigger.checkExists()).toBe(true);
		await trigger.deactivate();
		expect(sandbox.webhooks).toEqual([]);
	});

	it('finds the webhooks by their address when the answer has no ID', async () => {
		await start({ answerWithoutId: true });
		await trigger.activate();
		expect(sandbox.webhooks).toHaveLength(2);
		expect(await trigger.checkExists()).toBe(true);
		await trigger.deactivate();
		expect(sandbox.webhooks).toEqual([]);
	});

	it('says what is left over when there is neither ID nor list', async () => {
		await start({ answerWithoutId: true, list: false });
		const failure = await trigger.activate().catch((error: unknown) => error);
		expect(failure).toMatchObject({
			message: '1CRM registered a webhook without saying its ID',
			description: expect.stringContaining('Look for it among the webhooks in 1CRM'),
		});
		expect(trigger.staticData).toEqual({});
	});

	it('refuses an address that a public 1CRM cannot call, before anything is sent', async () => {
		await start();
		await engine.items(getMe);
		engine.credentials.data.domain = 'crm.example.com';
		const origin = new URL(trigger.address).origin;
		await expect(trigger.activate()).rejects.toThrow(
			`1CRM cannot reach this n8n: its webhook address is ${origin}, which is this computer only`,
		);
		expect(sandbox.webhooks).toEqual([]);
		expect(trigger.staticData).toEqual({});
	});
});
