import { clientOf } from '../../support/client.cts';
import { skipPauses } from '../pauses.cts';
import { triggerWithSandbox } from './trigger-with-sandbox.cts';

describe('The webhooks of a trigger', () => {
	const { sandbox, trigger } = triggerWithSandbox();

	beforeEach(() => void skipPauses());

	const types = () => sandbox.webhooks.map(({ type }) => type).sort();

	async function statuses(): Promise<unknown[]> {
		await clientOf(sandbox).post('/data/Contact', { data: { last_name: 'Aalto' } });
		await sandbox.settle();
		await trigger.settle();
		return sandbox.deliveries.map(({ status }) => status);
	}

	it.each(['plain', 'prefixed', 'upperCase'] as const)(
		'are known again if the list writes their IDs %s',
		async (listedIds) => {
			sandbox.variants.webhooks.listedIds = listedIds;
			await trigger.activate();
			expect(types()).toEqual(['create', 'update']);
			expect(await trigger.checkExists()).toBe(true);
			expect(await statuses()).toEqual([200]);
			await trigger.deactivate();
			expect(sandbox.webhooks).toEqual([]);
		},
	);

	it('are known again if the list is a map with gaps', async () => {
		sandbox.variants.recordsShape = 'map';
		await trigger.activate();
		expect(await trigger.checkExists()).toBe(true);
		const client = clientOf(sandbox);
		for (const { id } of sandbox.webhooks) await client.delete(`/webhooks/${id}`);
		expect(await trigger.checkExists()).toBe(false);
	});

	it.each(['prefixed', 'upperCase'] as const)(
		'of an earlier activation go, whose IDs the list writes %s',
		async (listedIds) => {
			await clientOf(sandbox).post('/webhooks', {
				type: 'create',
				url: `${trigger.ownAddress}&token=1`,
				model: 'Contact',
				filters: {},
			});
			sandbox.variants.webhooks.listedIds = listedIds;
			await trigger.activate();
			expect(types()).toEqual(['create', 'update']);
			await trigger.deactivate();
			expect(sandbox.webhooks).toEqual([]);
		},
	);

	it.each(['whole', 'cut', 'escaped'] as const)(
		'work with a long name on a server that stores their address %s',
		async (storedAddress) => {
			sandbox.variants.webhooks.storedAddress = storedAddress;
			trigger.parameters.options = { webhookName: 'Ä name & more '.repeat(40) };
			await trigger.activate();
			for (const { url } of sandbox.webhooks) expect(url.length).toBeLessThanOrEqual(255);
			expect(await trigger.checkExists()).toBe(true);
			expect(await statuses()).toEqual([200]);
			await trigger.deactivate();
			expect(sandbox.webhooks).toEqual([]);
		},
	);

	it('are refused, and removed, on a server that cuts their token off', async () => {
		sandbox.variants.webhooks.addressLength = 100;
		await expect(trigger.activate()).rejects.toThrow("1CRM doesn't store the whole address");
		expect(sandbox.webhooks).toEqual([]);
		expect(trigger.keptWebhooks).toEqual([]);
	});

	it('are each tried to be removed, and what is left is named', async () => {
		await trigger.activate();
		const [{ id: first }] = sandbox.webhooks;
		const locked = { kind: 'status', status: 500, message: 'Locked' } as const;
		sandbox.failNext(locked, { method: 'DELETE', path: new RegExp(first), times: 9 });
		await expect(trigger.deactivate()).rejects.toThrow(first);
		expect(sandbox.webhooks.map(({ id }) => id)).toEqual([first]);
		sandbox.clearFaults();
		await trigger.deactivate();
		expect(sandbox.webhooks).toEqual([]);
	});
});
