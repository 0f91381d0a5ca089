import type { IHookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import {
	checkReachable,
	readSettings,
	settingsText,
} from '../../../../nodes/OneCrmTrigger/settings';

const ADDRESS = 'https://n8n.example.com/webhook/1/webhook';

/** A trigger with these parameters, beside a module. */
function trigger(parameters: Record<string, unknown>) {
	const all: Record<string, unknown> = { module: 'Lead', ...parameters };
	return {
		getNodeParameter: (name: string, fallback: unknown) => (name in all ? all[name] : fallback),
		getNodeWebhookUrl: () => ADDRESS,
		getWorkflow: () => ({ id: undefined }),
		getNode: () => ({ parameters: all }),
	} as unknown as IHookFunctions;
}

const read = (parameters: Record<string, unknown>) => readSettings(trigger(parameters));

const condition = { field: 'status', operator: 'eq', value: 'New', when: 'current_value' };

describe('the settings of a trigger', () => {
	it('are, without any choice, every new record', () => {
		expect(read({})).toEqual({
			events: ['created'],
			module: 'Lead',
			filters: {
				glue: 'or',
				conditions: [{ field: 'deleted', filter: 'is_false', value: '0', when: 'current_value' }],
			},
			webhookName: '',
			address: ADDRESS,
		});
	});

	it.each([
		['created', ['created']],
		['updated', ['updated']],
		['createdOrUpdated', ['created', 'updated']],
	])('read the event %s', (event, events) => {
		expect(read({ event }).events).toEqual(events);
	});

	it('refuse any other event', () => {
		expect(() => read({ event: 'deleted' })).toThrow(UserError);
		expect(() => read({ event: 'deleted' })).toThrow(`'Trigger On' cannot be "deleted"`);
	});

	it.each(['', ' ', null])('refuse the module %j', (module) => {
		expect(() => read({ module })).toThrow("'Module' is empty");
	});

	it('refuse a module that cannot be a name', () => {
		expect(() => read({ module: '../me' })).toThrow(`'Module' cannot be "../me"`);
	});

	it('have the workflow in the address, which another one may have too', () => {
		const saved = { ...trigger({}), getWorkflow: () => ({ id: 'a b' }) };
		const { address } = readSettings(saved as unknown as IHookFunctions);
		expect(new URL(address).searchParams.get('workflow')).toBe('a b');
	});

	it('refuse to go on without an address', () => {
		const withoutAddress = { ...trigger({}), getNodeWebhookUrl: () => undefined };
		expect(() => readSettings(withoutAddress)).toThrow("n8n didn't give this trigger an address");
	});

	it('trim the name of the webhook', () => {
		expect(read({ options: { webhookName: ' New leads ' } }).webhookName).toBe('New leads');
	});
});

describe('the text of the settings', () => {
	it('is the same for the same settings, and another for others', () => {
		const text = (parameters: Record<string, unknown>) => settingsText(read(parameters));
		expect(text({})).toBe(text({}));
		const others = [
			{ event: 'updated' },
			{ module: 'Contact' },
			{ filters: { conditions: [condition] } },
			{ options: { webhookName: 'x' } },
		];
		expect(new Set([{}, ...others].map(text)).size).toBe(5);
	});
});

describe('checkReachable', () => {
	it.each(['http://localhost:5678/webhook/1', 'http://127.0.0.1:5678/x', 'http://[::1]:5678/x'])(
		'refuses %s for a 1CRM elsewhere, and says what to set',
		(address) => {
			expect(() => checkReachable(address, 'demo.1crmcloud.com')).toThrow(UserError);
			expect(() => checkReachable(address, 'demo.1crmcloud.com')).toThrow(/WEBHOOK_URL/);
		},
	);

	it('lets a 1CRM on this computer reach it', () => {
		expect(() => checkReachable('http://localhost:5678/x', '127.0.0.1')).not.toThrow();
	});

	it('takes any other address', () => {
		expect(() => checkReachable(ADDRESS, 'demo.1crmcloud.com')).not.toThrow();
	});
});
