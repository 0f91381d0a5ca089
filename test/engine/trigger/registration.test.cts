import type { Fault, VariantChoices } from '../../sandbox/sandbox.cts';
import { clientOf } from '../../support/client.cts';
import { getMe } from '../../support/engine/simple-operations.cts';
import { shortenDeadlines, skipPauses } from '../pauses.cts';
import { triggerWithSandbox } from './trigger-with-sandbox.cts';

const REGISTRATION = { method: 'POST', path: /^\/webhooks/ };
const TOO_MANY = { kind: 'status', status: 400, message: 'Too many webhooks' } as const;

describe('Registering the webhooks of a trigger', () => {
	const { sandbox, engine, trigger } = triggerWithSandbox();

	beforeEach(() => {
		skipPauses();
	});

	/** Activates the trigger and makes the registration of its second webhook fail. */
	async function failSecond(): Promise<void> {
		sandbox.failNext(TOO_MANY, { ...REGISTRATION, after: 1 });
		await trigger.activate();
	}

	/** Both webhooks are registered, found and removed. */
	async function expectWholeLife(): Promise<void> {
		await trigger.activate();
		expect(sandbox.webhooks).toHaveLength(2);
		expect(await trigger.checkExists()).toBe(true);
		await trigger.deactivate();
		expect(sandbox.webhooks).toEqual([]);
	}

	async function failureOfActivation(): Promise<Error> {
		const failure = await trigger.activate().then(
			() => undefined,
			(error: Error) => error,
		);
		if (failure === undefined) throw new Error('The trigger was activated without a failure');
		return failure;
	}

	it('is undone when the second of two fails, and the reason is told', async () => {
		await expect(failSecond()).rejects.toThrow('Too many webhooks');
		expect(sandbox.webhooks).toEqual([]);
		expect(trigger.keptWebhooks).toEqual([]);
		await trigger.activate();
		expect(sandbox.webhooks).toHaveLength(2);
	});

	it('is undone by itself, also on a server without a list', async () => {
		Object.assign(sandbox.variants.webhooks, { list: false });
		sandbox.failNext(TOO_MANY, { ...REGISTRATION, after: 1 });
		// n8n cleans up after a failed activation, but not if it stops in the middle of one.
		await expect(trigger.activateAndCrash()).rejects.toThrow('Too many webhooks');
		expect(sandbox.webhooks).toEqual([]);
	});

	it('tells the reason of the failure even if undoing fails too', async () => {
		const locked = { kind: 'status', status: 500, message: 'Locked' } as const;
		sandbox.failNext(locked, { method: 'DELETE', times: 9 });
		await expect(failSecond()).rejects.toThrow('Too many webhooks');
		expect(sandbox.webhooks).toHaveLength(1);
		sandbox.clearFaults();
		await trigger.activate();
		expect(sandbox.webhooks).toHaveLength(2);
	});

	it.each([
		['got lost', { kind: 'resetAfter' }],
		['broke off', { kind: 'truncated' }],
	] as const)('leaves no stray webhook when an answer %s', async (_, fault) => {
		sandbox.failNext(fault, REGISTRATION);
		await trigger.activate();
		expect(sandbox.webhooks.map(({ type }) => type)).toEqual(['create', 'update']);
		await trigger.deactivate();
		expect(sandbox.webhooks).toEqual([]);
	});

	it('is refused to users who may not, in the words of 1CRM', async () => {
		Object.assign(sandbox.variants.webhooks, { requireAdmin: true });
		engine.credentials.data.username = 'sales';
		const failure = await failureOfActivation();
		expect(failure).toMatchObject({
			message:
				"1CRM doesn't let this user manage webhooks (Only an administrator may manage webhooks). Choose a credential whose user may, e.g. an administrator of 1CRM",
			httpCode: '403',
		});
		expect(sandbox.webhooks).toEqual([]);
		expect(trigger.keptWebhooks).toEqual([]);
	});

	it.each<[string, Fault, string]>([
		[
			'that offers no webhooks',
			{ kind: 'status', status: 404, message: 'Not found' },
			"This 1CRM doesn't offer webhooks (Not found). Start the workflow by a Schedule Trigger, followed by Record > Get Changes",
		],
		[
			'that is busy',
			{ kind: 'status', status: 429, message: 'Slow down' },
			'Slow down. Too many requests in a short time. Try again later',
		],
	])('says what to do on a server %s', async (_, fault, message) => {
		sandbox.failNext(fault, { ...REGISTRATION, times: 9 });
		await expect(trigger.activate()).rejects.toThrow(expect.objectContaining({ message }));
		expect(sandbox.webhooks).toEqual([]);
	});

	it('does not blame the user where 1CRM refuses every request', async () => {
		sandbox.variants.editionHasApi = false;
		const failure = await failureOfActivation();
		expect(failure.message).not.toContain('manage webhooks');
		expect(failure.message).toContain('only the Pro and Enterprise editions have the API');
	});

	it('does not blame the rights for webhooks where the module is not to be seen', async () => {
		trigger.parameters.filters = { conditions: [{ field: 'last_name', value: 'A' }] };
		const hidden = { kind: 'status', status: 403, message: 'No access to Contact' } as const;
		sandbox.failNext(hidden, { path: /^\/meta\/fields/, times: 9 });
		const failure = await failureOfActivation();
		expect(failure.message).toMatch(/^No access to Contact\. The user may not have the right/);
	});

	it('gives a server that does not answer some time, and registers nothing twice', async () => {
		shortenDeadlines();
		sandbox.failNext({ kind: 'timeoutAfter' }, REGISTRATION);
		await trigger.activate();
		expect(sandbox.webhooks.map(({ type }) => type)).toEqual(['create', 'update']);

		await trigger.deactivate();
		sandbox.failNext({ kind: 'timeout' }, REGISTRATION);
		const failure = await failureOfActivation();
		expect(failure.message).toMatch(/^"127.0.0.1:\d+" didn't answer in time\. Try again later$/);
		expect(sandbox.webhooks).toEqual([]);
	});

	it('fails for a module that 1CRM does not have', async () => {
		trigger.parameters.module = 'Contacts';
		await expect(trigger.activate()).rejects.toThrow('Model Contacts not found');
		expect(sandbox.webhooks).toEqual([]);
	});

	it('works on a server that does not list its webhooks', async () => {
		Object.assign(sandbox.variants.webhooks, { list: false });
		await expectWholeLife();
	});

	it.each<NonNullable<VariantChoices['webhooks']>>([
		{ listKey: 'list', answerWithoutId: true },
		{ removedAgain: 'done' },
		{ removal: 'empty' },
	])('ends with its removal on a server with %j', async (webhooks) => {
		Object.assign(sandbox.variants.webhooks, webhooks);
		await trigger.activate();
		expect(sandbox.webhooks).toHaveLength(2);
		await trigger.deactivate();
		expect(sandbox.webhooks).toEqual([]);
		expect(trigger.keptWebhooks).toEqual([]);
	});

	it('ends where 1CRM says in other words that a webhook is gone', async () => {
		await trigger.activate();
		const [{ id }] = sandbox.webhooks;
		await clientOf(sandbox).delete(`/webhooks/${id}`);
		const gone = { kind: 'status', status: 400, message: 'Webhook not found' } as const;
		sandbox.failNext(gone, { method: 'DELETE', path: new RegExp(id) });
		await trigger.deactivate();
		expect(sandbox.webhooks).toEqual([]);
	});

	it('does not end where 1CRM refuses to, whatever its list shows to this user', async () => {
		await trigger.activate();
		sandbox.failNext(
			{ kind: 'status', status: 403, message: 'No right' },
			{ method: 'DELETE', times: 9 },
		);
		sandbox.failNext(
			{ kind: 'status', status: 200, body: { records: [] } },
			{ method: 'GET', path: /^\/webhooks/ },
		);
		await expect(trigger.deactivate()).rejects.toThrow("doesn't let this user manage webhooks");
		expect(trigger.keptWebhooks).toHaveLength(2);
	});

	it('does not ask a server for its list that does not answer', async () => {
		await trigger.activate();
		sandbox.clearRequests();
		sandbox.failNext({ kind: 'resetBefore' }, { method: 'DELETE', times: 9 });
		await expect(trigger.deactivate()).rejects.toThrow('was lost before an answer arrived');
		expect(new Set(sandbox.requests.map(({ method }) => method))).toEqual(new Set(['DELETE']));
	});

	it('is complete on a server with short pages that does not count its webhooks', async () => {
		sandbox.variants.maxPageSize = 1;
		sandbox.variants.total = 'missing';
		await trigger.activate();
		expect(await trigger.checkExists()).toBe(true);
	});

	it('finds the webhooks by their address when the answer has no ID', async () => {
		Object.assign(sandbox.variants.webhooks, { answerWithoutId: true });
		await expectWholeLife();
	});

	it('says what is left over when there is neither ID nor list', async () => {
		Object.assign(sandbox.variants.webhooks, { answerWithoutId: true, list: false });
		await expect(trigger.activate()).rejects.toThrow(
			`1CRM registered a webhook but didn't return its ID. The webhook isn't used, because it couldn't be removed later. Look among the webhooks in 1CRM for one with the address ${trigger.address}, and delete it there`,
		);
		expect(trigger.keptWebhooks).toEqual([]);
	});

	it.each([
		['fails', { kind: 'status', status: 500, message: 'No list today' }],
		['is not there', { kind: 'status', status: 404 }],
	] as const)(
		'tells how it went, and what may be left, when its answer got lost and the list %s',
		async (_, fault) => {
			sandbox.failNext({ kind: 'resetAfter' }, REGISTRATION);
			sandbox.failNext(fault, { method: 'GET', path: /^\/webhooks/, times: 9 });
			const failure = await failureOfActivation();
			expect(failure.message).toMatch(/^The connection to "127.0.0.1:\d+" was lost before/);
			expect(failure.message).toContain(`Look among the webhooks in 1CRM for one with the address`);
			expect(failure.message).toContain(trigger.address);
			expect(failure.message).not.toMatch(/token=|No list today/);
			expect(trigger.keptWebhooks).toEqual([]);

			sandbox.clearFaults();
			expect(sandbox.webhooks).toHaveLength(1);
			await trigger.activate();
			expect(sandbox.webhooks).toHaveLength(2);
		},
	);

	it('does not speak of a webhook that may be left when the list shows none', async () => {
		sandbox.failNext({ kind: 'resetBefore' }, REGISTRATION);
		const failure = await failureOfActivation();
		expect(failure.message).toMatch(/^The connection to .* was lost/);
		expect(failure.message).not.toContain('Look among the webhooks');
		expect(sandbox.webhooks).toEqual([]);
	});

	it('works on a server whose list is broken', async () => {
		const broken = { kind: 'status', status: 500 } as const;
		sandbox.failNext(broken, { method: 'GET', path: /^\/webhooks/, times: 99 });
		await expectWholeLife();
	});

	it('says what to do when the server is down', async () => {
		const { port } = sandbox;
		await sandbox.stop();
		await expect(trigger.activate()).rejects.toThrow(
			`"127.0.0.1:${port}" refuses connections. Check 'Domain' and its port in the 1CRM credential, and that the server is running`,
		);
		expect(trigger.keptWebhooks).toEqual([]);
	});

	it('refuses an address that a public 1CRM cannot call, before anything is sent', async () => {
		await engine.items(getMe);
		engine.credentials.data.domain = 'crm.example.com';
		const origin = new URL(trigger.address).origin;
		await expect(trigger.activate()).rejects.toThrow(
			`1CRM cannot reach this n8n: its webhook address is ${origin}, which only works on this computer`,
		);
		expect(sandbox.webhooks).toEqual([]);
		expect(trigger.keptWebhooks).toEqual([]);
	});

	describe('with filters', () => {
		const RAW = { glue: 'and', conditions: [{ field: 'a', filter: 'changed', when: 'before' }] };

		it('sends what was written as JSON as it is', async () => {
			trigger.parameters.filters = { rawJson: JSON.stringify(RAW) };
			await trigger.activate();
			expect(sandbox.webhooks.map(({ filters }) => filters)).toEqual([RAW, RAW]);
			expect(await trigger.checkExists()).toBe(true);
		});

		it('takes JSON that an expression gives', async () => {
			trigger.parameters.filters = { rawJson: `={{ ${JSON.stringify(RAW)} }}` };
			await trigger.activate();
			expect(sandbox.webhooks.map(({ filters }) => filters)).toEqual([RAW, RAW]);
		});

		it.each([
			['{ "glue": ', "'Raw JSON' in 'Filters' isn't a JSON object"],
			['{ "glue": "or" }', "'Raw JSON' in 'Filters' contains no list of conditions"],
		])('refuses %s before anything is sent', async (rawJson, message) => {
			trigger.parameters.filters = { rawJson };
			await expect(trigger.activate()).rejects.toThrow(message);
			expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
			expect(sandbox.webhooks).toEqual([]);
		});

		it('refuses a field that the module does not have', async () => {
			trigger.parameters.filters = { conditions: [{ field: 'shoe_size', value: '42' }] };
			await expect(trigger.activate()).rejects.toThrow(
				`A condition in 'Filters' is on "shoe_size", which Contact does not have`,
			);
			expect(sandbox.requests.filter(({ method }) => method === 'POST')).toEqual([]);
		});
	});
});
