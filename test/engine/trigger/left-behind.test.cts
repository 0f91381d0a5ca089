import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';
import { EngineTrigger, type TriggerOptions } from '../engine-trigger.cts';
import { skipPauses } from '../pauses.cts';
import { SETTINGS } from './trigger-settings.cts';
import { triggerWithSandbox } from './trigger-with-sandbox.cts';

describe('After n8n ended between registering and saving, the webhooks', () => {
	const { sandbox, trigger } = triggerWithSandbox();
	let left: string[];

	beforeEach(async () => {
		skipPauses();
		const tokens = { event: 'created', token: '0'.repeat(64) };
		await register(`${trigger.ownAddress}&${new URLSearchParams(tokens)}`);
		await register(`${trigger.ownAddress}&${new URLSearchParams({ ...tokens, event: 'updated' })}`);
		left = ids();
	});

	const ids = () => sandbox.webhooks.map(({ id }) => id);

	async function register(url: string): Promise<string> {
		const webhook = { type: 'create', url, model: 'Contact', filters: {} };
		return (await clientOf(sandbox).post<{ id: string }>('/webhooks', webhook)).data.id;
	}

	it('are replaced by the next activation', async () => {
		expect(await trigger.checkExists()).toBe(false);
		await trigger.activate();
		expect(sandbox.webhooks.map(({ type }) => type)).toEqual(['create', 'update']);
		expect(ids().filter((id) => left.includes(id))).toEqual([]);
		expect(await trigger.checkExists()).toBe(true);
	});

	it('are removed by a deactivation', async () => {
		await trigger.deactivate();
		expect(ids()).toEqual([]);
	});

	it('are found beside those that are registered, and go', async () => {
		await trigger.activate();
		const stray = await register(`${trigger.ownAddress}&token=1`);
		expect(await trigger.checkExists()).toBe(false);
		await trigger.activate();
		expect(ids()).toHaveLength(2);
		expect(ids()).not.toContain(stray);
	});

	it('are found on whichever page of the list', async () => {
		sandbox.variants.maxPageSize = 1;
		await trigger.activate();
		expect(ids()).toHaveLength(2);
		expect(await trigger.checkExists()).toBe(true);
	});

	it('stay on a server without a list, beside the new ones', async () => {
		sandbox.variants.webhooks.list = false;
		await trigger.activate();
		expect(ids()).toHaveLength(4);
		await trigger.deactivate();
		expect(ids()).toEqual(left);
	});

	it('do not keep an activation from its end when they cannot be removed', async () => {
		const locked = { kind: 'status', status: 500 } as const;
		sandbox.failNext(locked, { method: 'DELETE', path: new RegExp(left[0]), times: 9 });
		await trigger.activate();
		expect(ids()).toHaveLength(3);
		expect(await trigger.checkExists()).toBe(false);
	});

	it('of others are never touched', async () => {
		const { origin, pathname, search } = new URL(trigger.ownAddress);
		const others = [
			`${origin}/webhook/another-workflow/webhook?token=1`,
			`${origin}${pathname}?workflow=other&token=1`,
			`${origin}${pathname}?token=1`,
			`${origin}${pathname}/deeper${search}`,
			`${origin}${pathname.replace('/webhook/', '/webhook-test/')}${search}&token=1`,
			`https://n8n.example.com${pathname}${search}&token=1`,
			`${origin.replace('http:', 'https:')}${pathname}${search}&token=1`,
			`https://hooks.example.com/?target=${encodeURIComponent(trigger.address)}`,
			`${origin}${pathname}-2${search}&token=1`,
		];
		const kept: string[] = [];
		for (const url of others) kept.push(await register(url));
		await trigger.activate();
		expect(ids()).toHaveLength(others.length + 2);
		await trigger.activate();
		await trigger.deactivate();
		expect(ids()).toEqual(kept);
	});
});

describe('The webhooks of a trigger whose credential now leads to another server', () => {
	const { sandbox: before, engine, trigger } = triggerWithSandbox();
	const now = sandboxForTests({ perTest: true });

	it('stay where they are', async () => {
		await trigger.activate();
		engine.credentials.data.domain = now.url;
		expect(await trigger.checkExists()).toBe(false);
		await trigger.activate();
		expect(now.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
		expect([before.webhooks.length, now.webhooks.length]).toEqual([2, 2]);
		await trigger.deactivate();
		expect(now.webhooks).toEqual([]);
	});
});

describe('A trigger that is a copy of another one', () => {
	const { sandbox, engine, trigger: original } = triggerWithSandbox();
	let copy: EngineTrigger;
	let registered: string[];

	async function start(options: TriggerOptions = {}): Promise<void> {
		copy = await EngineTrigger.start(engine, SETTINGS, {
			...options,
			...(options.workflowId && { inPlaceOf: original }),
		});
		await original.activate();
		registered = ids();
	}
	afterEach(() => copy.stop());

	const ids = () => sandbox.webhooks.map(({ id }) => id);

	it('in another n8n, with what this one keeps, leaves the webhooks of the original alone', async () => {
		await start();
		copy.staticData = structuredClone(original.staticData);
		await copy.deactivate();
		expect(ids()).toEqual(registered);
		expect(copy.keptWebhooks).toEqual([]);

		copy.staticData = structuredClone(original.staticData);
		expect(await copy.checkExists()).toBe(false);
		await copy.activate();
		expect(ids().slice(0, 2)).toEqual(registered);
		expect(ids()).toHaveLength(4);
		await copy.deactivate();
		expect(ids()).toEqual(registered);
	});

	it('in the same n8n, at the same address, leaves the webhooks of the original alone', async () => {
		await start({ workflowId: 'imported-again' });
		await copy.deactivate();
		expect(ids()).toEqual(registered);
		await copy.activate();
		await copy.deactivate();
		expect(ids()).toEqual(registered);
		expect(await original.checkExists()).toBe(true);
	});
});
