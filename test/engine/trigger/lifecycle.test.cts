import { clientOf } from '../../support/client.cts';
import { skipPauses } from '../pauses.cts';
import { triggerWithSandbox } from './trigger-with-sandbox.cts';

const WEBHOOKS = /^\/webhooks/;

const ALWAYS_TRUE = {
	glue: 'or',
	conditions: [{ field: 'deleted', filter: 'is_false', value: '0', when: 'current_value' }],
};

describe('The webhooks of a trigger', () => {
	const { sandbox, engine, trigger } = triggerWithSandbox();

	beforeEach(() => {
		skipPauses();
	});

	const types = () => sandbox.webhooks.map(({ type }) => type);
	const ids = () => sandbox.webhooks.map(({ id }) => id);
	const token = (url: string) => new URL(url).searchParams.get('token');

	it.each([
		['created', ['create']],
		['updated', ['update']],
		['createdOrUpdated', ['create', 'update']],
	])('are one for each kind of event (%s)', async (event, expected) => {
		trigger.parameters.event = event;
		await trigger.activate();
		expect(types()).toEqual(expected);
		for (const webhook of sandbox.webhooks) {
			expect(webhook).toMatchObject({ model: 'Contact', filters: ALWAYS_TRUE });
			expect(webhook.url.startsWith(`${trigger.address}?`)).toBe(true);
			expect(token(webhook.url)).toMatch(/^[0-9a-f]{64}$/);
		}
		const tokens = new Set(sandbox.webhooks.map(({ url }) => token(url)));
		expect(tokens.size).toBe(expected.length);
		expect(await trigger.checkExists()).toBe(true);
	});

	it('carry the filters of the settings', async () => {
		trigger.parameters.filters = {
			conditions: [
				{ field: 'lead_source', operator: 'eq', value: 'Web Site', when: 'current_value' },
				{ field: 'do_not_call', operator: 'is_false', value: '' },
			],
		};
		await trigger.activate();
		for (const { filters } of sandbox.webhooks) {
			expect(filters).toEqual({
				glue: 'and',
				conditions: [
					{ field: 'lead_source', filter: 'eq', value: 'Web Site', when: 'current_value' },
					{ field: 'do_not_call', filter: 'is_false', value: '', when: 'current_value' },
				],
			});
		}
	});

	it('are refused for a condition without a field, before anything is sent', async () => {
		trigger.parameters.filters = { conditions: [{ field: '', operator: 'eq', value: 'x' }] };
		await expect(trigger.activate()).rejects.toThrow("A condition in 'Filters' has no field");
		expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('carry the name of the settings in their address', async () => {
		trigger.parameters.options = { webhookName: 'Leads & co' };
		await trigger.activate();
		const names = sandbox.webhooks.map(({ url }) => new URL(url).searchParams.get('name'));
		expect(names).toEqual(['Leads & co', 'Leads & co']);
	});

	it('are kept without their tokens', async () => {
		await trigger.activate();
		const kept = JSON.stringify(trigger.staticData);
		for (const { id, url } of sandbox.webhooks) {
			expect(kept).toContain(id);
			expect(kept).not.toContain(token(url));
		}
	});

	it('stay as they are when n8n activates the workflow again', async () => {
		await trigger.activate();
		const before = ids();
		await trigger.activate();
		expect(ids()).toEqual(before);
	});

	it('are gone after the deactivation, those of others are not', async () => {
		const filters = { glue: 'or', conditions: [] };
		const foreign = {
			type: 'create',
			url: `${trigger.address}/other?token=1`,
			model: 'Contact',
			filters,
		};
		const { data } = await clientOf(sandbox).post<{ id: string }>('/webhooks', foreign);
		await trigger.activate();
		expect(sandbox.webhooks).toHaveLength(3);
		await trigger.deactivate();
		expect(ids()).toEqual([data.id]);
		expect(trigger.keptWebhooks).toEqual([]);
	});

	it('may be gone already when they are to be removed', async () => {
		await trigger.activate();
		await clientOf(sandbox).delete(`/webhooks/${ids()[0]}`);
		await trigger.deactivate();
		expect(ids()).toEqual([]);
	});

	it('that cannot be removed are reported, stay known, and go with the next attempt', async () => {
		await trigger.activate();
		const [first, second] = ids();
		sandbox.failNext(
			{ kind: 'status', status: 500, message: 'Locked' },
			{ method: 'DELETE', path: new RegExp(second) },
		);
		await expect(trigger.deactivate()).rejects.toThrow('Locked');
		expect(ids()).toEqual([second]);
		expect(JSON.stringify(trigger.staticData)).not.toContain(first);
		await trigger.deactivate();
		expect(ids()).toEqual([]);
	});

	it.each([
		['event', 'created'],
		['module', 'Account'],
		['filters', { conditions: [{ field: 'last_name', operator: 'eq', value: 'Aalto' }] }],
		['options', { webhookName: 'Another' }],
	])('are made anew when the settings change (%s)', async (name, value) => {
		await trigger.activate();
		const before = ids();
		trigger.parameters[name] = value;
		expect(await trigger.checkExists()).toBe(false);
		await trigger.activate();
		expect(ids().filter((id) => before.includes(id))).toEqual([]);
		expect(types()).toEqual(name === 'event' ? ['create'] : ['create', 'update']);
		expect(await trigger.checkExists()).toBe(true);
	});

	it('stay when only what n8n does with a delivery changes', async () => {
		await trigger.activate();
		trigger.parameters.options = { fetchRecord: false, ignoreRepeats: true };
		expect(await trigger.checkExists()).toBe(true);
	});

	it('are found missing when one was deleted in 1CRM, and made anew', async () => {
		await trigger.activate();
		const [, second] = ids();
		await clientOf(sandbox).delete(`/webhooks/${second}`);
		expect(await trigger.checkExists()).toBe(false);
		await trigger.activate();
		expect(types()).toEqual(['create', 'update']);
	});

	it('are not looked for when there were none, and looking changes nothing', async () => {
		expect(await trigger.checkExists()).toBe(false);
		expect(sandbox.requests).toEqual([]);
		await trigger.activate();
		sandbox.clearRequests();
		const before = JSON.stringify(trigger.staticData);
		await trigger.checkExists();
		expect(sandbox.requests.map(({ method }) => method)).toEqual(['GET']);
		expect(JSON.stringify(trigger.staticData)).toBe(before);
	});

	it.each([
		['does not answer', { kind: 'resetBefore' }],
		['is down', { kind: 'status', status: 503 }],
		['is broken', { kind: 'status', status: 500 }],
	] as const)('stay as they are when the server %s', async (_, fault) => {
		await trigger.activate();
		const before = ids();
		sandbox.failNext(fault, { path: WEBHOOKS, times: 9 });
		await trigger.activate();
		expect(ids()).toEqual(before);
		sandbox.clearFaults();
		expect(await trigger.checkExists()).toBe(true);
	});

	it('are not taken for there when the login is refused', async () => {
		await trigger.activate();
		engine.credentials.data.password = 'changed';
		await expect(trigger.checkExists()).rejects.toThrow(
			/^1CRM didn't accept the login.*Check 'User Name' and 'Password'/,
		);
	});
});
