import { shortenDeadlines, skipPauses } from '../pauses.cts';
import { addressOf, deliveryScene } from './delivery-scene.cts';

describe('An event in 1CRM', () => {
	const scene = deliveryScene();

	beforeEach(() => {
		skipPauses();
	});

	async function activate(parameters = {}): Promise<void> {
		Object.assign(scene.trigger.parameters, parameters);
		await scene.trigger.activate();
	}

	async function createContact(values: Record<string, unknown> = {}): Promise<string> {
		const data = { last_name: 'Aalto', ...values };
		const answer = await scene.client.post<{ id: string }>('/data/Contact', { data });
		return answer.data.id;
	}

	const updateContact = (id: string, lastName: string) =>
		scene.client.patch(`/data/Contact/${id}`, { data: { last_name: lastName } });

	it('starts an execution with its item when a record is created', async () => {
		await activate({ event: 'created', options: { webhookName: 'New contacts' } });
		const recordId = await createContact();
		await scene.client.post('/data/Task', { data: { name: 'Of no interest' } });
		await updateContact(recordId, 'Berg');
		expect(await scene.items()).toEqual([
			{
				event: 'created',
				module: 'Contact',
				recordId,
				webhookName: 'New contacts',
				record: expect.objectContaining({ id: recordId }),
			},
		]);
	});

	it('starts an execution when a record is updated', async () => {
		await activate({ event: 'updated' });
		const recordId = await createContact();
		expect(await scene.items()).toEqual([]);
		await updateContact(recordId, 'Berg');
		expect(await scene.items()).toEqual([
			{
				event: 'updated',
				module: 'Contact',
				recordId,
				webhookName: '',
				record: expect.objectContaining({ id: recordId, last_name: 'Berg' }),
			},
		]);
	});

	it('is told as what it was when both start an execution', async () => {
		await activate();
		const recordId = await createContact();
		await scene.items();
		await updateContact(recordId, 'Berg');
		expect(await scene.items()).toMatchObject([
			{ event: 'created', recordId, record: { last_name: 'Aalto' } },
			{ event: 'updated', recordId, record: { last_name: 'Berg' } },
		]);
		expect(scene.trigger.executions).toHaveLength(2);
	});

	it.each(['all', 'any', 'never'] as const)(
		'starts an execution for one condition that is met, where "and" means %s',
		async (andFilters) => {
			scene.sandbox.variants.webhooks.andFilters = andFilters;
			const conditions = [{ field: 'last_name', operator: 'eq', value: 'Aalto' }];
			await activate({ filters: { conditions } });
			const recordId = await createContact();
			expect(await scene.items()).toMatchObject([{ recordId }]);
		},
	);

	it('starts nothing when the record does not meet the filter', async () => {
		const conditions = [{ field: 'last_name', operator: 'eq', value: 'Berg' }];
		await activate({ filters: { conditions } });
		await createContact();
		const recordId = await createContact({ last_name: 'Berg' });
		expect(await scene.items()).toMatchObject([{ recordId }]);
	});

	it('starts nothing after the deactivation', async () => {
		await activate();
		await scene.trigger.deactivate();
		await createContact();
		expect(await scene.items()).toEqual([]);
		expect(scene.sandbox.deliveries).toEqual([]);
	});

	it.each(['flat', 'wrapped', 'form', 'idOnly'] as const)(
		'gives the same item whatever 1CRM delivers (%s)',
		async (payload) => {
			scene.sandbox.variants.webhooks.payload = payload;
			await activate({ event: 'created' });
			const recordId = await createContact({ first_name: 'Ämilia', lead_source: 'Web Site' });
			const { data } = await scene.client.get(`/data/Contact/${recordId}`);
			expect(await scene.items()).toEqual([
				{ event: 'created', module: 'Contact', recordId, webhookName: '', record: data.record },
			]);
			expect(scene.sandbox.deliveries).toMatchObject([{ status: 200 }]);
		},
	);

	it.each(['flat', 'wrapped', 'form'] as const)(
		'gives what was delivered, unasked, without Fetch Record (%s)',
		async (payload) => {
			scene.sandbox.variants.webhooks.payload = payload;
			await activate({ event: 'created', options: { fetchRecord: false } });
			scene.sandbox.clearRequests();
			const recordId = await createContact();
			const record = expect.objectContaining({ id: recordId, last_name: 'Aalto' });
			expect(await scene.items()).toMatchObject([{ recordId, record }]);
			expect(scene.sandbox.requests.map(({ method }) => method)).toEqual(['POST']);
		},
	);

	it('cannot be given other values by a forged delivery', async () => {
		await activate({ event: 'created' });
		const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
		expect(await scene.deliver(addressOf(scene, 'create'), { id, last_name: 'Forged' })).toBe(200);
		expect(await scene.items()).toMatchObject([{ recordId: id, record: { last_name: 'Aalto' } }]);
	});

	it('is told without its record when that is gone by then', async () => {
		await activate({ event: 'created' });
		expect(await scene.deliver(addressOf(scene, 'create'), { id: 'gone' })).toBe(200);
		expect(await scene.items()).toEqual([
			{
				event: 'created',
				module: 'Contact',
				recordId: 'gone',
				webhookName: '',
				record: null,
				recordError: 'The record no longer exists',
			},
		]);
	});

	it('is told without its record, with the reason, when the server is down by then', async () => {
		await activate({ event: 'created' });
		const down = { kind: 'status', status: 503, message: 'Maintenance' } as const;
		scene.sandbox.failNext(down, { method: 'GET', path: /^\/data\/Contact\//, times: 9 });
		const recordId = await createContact();
		expect(await scene.items()).toMatchObject([
			{
				event: 'created',
				recordId,
				record: null,
				recordError: expect.stringMatching(/^Maintenance\. Try again later/),
			},
		]);
	});

	it('is told with its record when the server does not answer at first', async () => {
		await activate({ event: 'created' });
		shortenDeadlines();
		scene.sandbox.failNext(
			{ kind: 'timeout' },
			{ method: 'GET', path: /^\/data\/Contact\//, times: 3 },
		);
		const recordId = await createContact();
		expect(await scene.items()).toMatchObject([{ recordId, record: { last_name: 'Aalto' } }]);
	});

	it('survives a server that is busy when the record is read', async () => {
		await activate({ event: 'created' });
		const busy = { kind: 'status', status: 503 } as const;
		scene.sandbox.failNext(busy, { method: 'GET', path: /^\/data\/Contact\//, times: 2 });
		const recordId = await createContact();
		expect(await scene.items()).toMatchObject([{ recordId, record: { last_name: 'Aalto' } }]);
	});
});
