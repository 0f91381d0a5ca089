import axios from 'axios';
import { clientOf } from '../../support/client.cts';
import { skipPauses } from '../pauses.cts';
import { addressOf, deliveryScene } from './delivery-scene.cts';

type Change = { field: string; before: string | null; after: string };

/** The webhooks are called only after later changes of the record: the record doesn't show how the event left it. */
describe.each([
	['the process that receives the deliveries', false],
	['other processes', true],
])('Events that 1CRM delivers late, if %s runs the executions', (_, hasWorkers) => {
	const scene = deliveryScene({ hasWorkers });

	beforeEach(() => void skipPauses());

	/** Activates the trigger as the user `sales`. 1CRM forgets the webhooks, so that the test can call them late. */
	async function activate(options: object, event = 'updated') {
		scene.engine.credentials.data.username = 'sales';
		Object.assign(scene.trigger.parameters, { event, options });
		await scene.trigger.activate();
		scene.stopClock();
		const addresses = scene.sandbox.webhooks.map(({ type }) => [
			type,
			addressOf(scene, type as 'update'),
		]);
		for (const { id } of [...scene.sandbox.webhooks]) await scene.client.delete(`/webhooks/${id}`);
		return Object.fromEntries(addresses) as { create: string; update: string };
	}

	/** A record that isn't new any more. */
	function insert(): string {
		const id = scene.sandbox.insert('Contact', { last_name: 'Aalto', title: 'Clerk' });
		scene.stopClock(3600);
		return id;
	}

	/** Changes a record a second after the last change; returns it as it is then. */
	async function change(id: string, data: object, user = 'admin', secondsLater = 1) {
		scene.stopClock(secondsLater);
		await clientOf(scene.sandbox, user).patch(`/data/Contact/${id}`, { data });
		return (await scene.client.get(`/data/Contact/${id}`)).data.record as Record<string, unknown>;
	}

	async function fieldsOfItems(): Promise<string[][]> {
		const items = (await scene.items()) as Array<{ changes: Change[] }>;
		return items.map(({ changes }) => changes.map(({ field, after }) => `${field}: ${after}`));
	}

	describe('as an ID alone', () => {
		it.each([1, 2, 60])('give each change once, %d seconds apart', async (seconds) => {
			const { update } = await activate({ includeChanges: true });
			const id = insert();
			await change(id, { title: 'Head' }, 'admin', seconds);
			await change(id, { department: 'Sales' }, 'admin', seconds);
			await scene.deliver(update, { id });
			await scene.deliver(update, { id });
			expect(await fieldsOfItems()).toEqual([['title: Head', 'department: Sales'], []]);
		});

		it('give what changed before, however late the execution begins', async () => {
			const { update } = await activate({ includeChanges: true });
			const other = insert();
			await change(other, { title: 'Head' });
			// From now on, the trigger knows whether it runs in the process of its executions.
			await scene.deliver(update, { id: other });
			const id = insert();
			await change(id, { title: 'Head' });
			scene.trigger.store = async () => {
				await change(id, { department: 'Sales' }, 'admin', 600);
				const now = Date.now();
				vi.spyOn(Date, 'now').mockReturnValue(now + 600_000);
			};
			await scene.deliver(update, { id });
			const [, ...late] = await fieldsOfItems();
			expect(late.flat()).toContain('title: Head');
		});

		it('give all changes of a field, the oldest first', async () => {
			scene.sandbox.variants.auditTies = 'shuffled';
			const { update } = await activate({ includeChanges: true });
			const id = insert();
			const titles = ['A', 'B', 'C', 'D', 'E', 'F'];
			for (const title of titles) await change(id, { title }, 'admin', 0);
			await change(id, { title: 'G' });
			await scene.deliver(update, { id });
			expect(await fieldsOfItems()).toEqual([[...titles, 'G'].map((title) => `title: ${title}`)]);
		});

		it.each([['title'], ['department'], ['title', 'department']])(
			'start the workflow if %s was to change',
			async (...onlyIfChanged) => {
				const { update } = await activate({ onlyIfChanged });
				const id = insert();
				await change(id, { title: 'Head' });
				await change(id, { department: 'Sales' });
				await scene.deliver(update, { id });
				await scene.deliver(update, { id });
				expect(await scene.items()).toHaveLength(1);
			},
		);

		it('start it once for two deliveries at the same moment', async () => {
			const { update } = await activate({ onlyIfChanged: ['title'] });
			const id = insert();
			await change(id, { title: 'Head' });
			await change(id, { department: 'Sales' });
			await scene.deliverAtOnce(update, { id }, { id });
			expect(await scene.items()).toHaveLength(1);
		});

		it.each([
			['has', { department: 'Sales' }],
			["doesn't have", { last_name: 'Berg' }],
		])(
			"don't start it for what an earlier event was given, if a field changes that the log %s",
			async (_, data) => {
				const { update } = await activate({ onlyIfChanged: ['title'] });
				const id = insert();
				await change(id, { title: 'Head' });
				await scene.deliver(update, { id });
				await change(id, data);
				await scene.deliver(update, { id });
				expect(await scene.items()).toHaveLength(1);
			},
		);

		it('are one event if a repeat is ignored, with all changes', async () => {
			const { update } = await activate({ includeChanges: true, ignoreRepeats: true });
			const id = insert();
			await change(id, { title: 'Head' });
			await change(id, { department: 'Sales' });
			await scene.deliver(update, { id });
			await scene.deliver(update, { id });
			expect(await fieldsOfItems()).toEqual([['title: Head', 'department: Sales']]);
		});

		it("don't start it for a change of long ago, or of another record", async () => {
			const id = insert();
			await change(id, { title: 'Head' });
			const { update } = await activate({ onlyIfChanged: ['title'] });
			await change(insert(), { title: 'Head' });
			await change(id, { department: 'Sales' }, 'admin', 3600);
			await scene.deliver(update, { id });
			expect(await scene.items()).toEqual([]);
		});

		it.each([true, false])(
			"don't start it for the values of a new record, whose creation is in the log: %s",
			async (has) => {
				scene.sandbox.variants.auditsCreation = has;
				const { update } = await activate({ onlyIfChanged: ['title'] });
				const data = { last_name: 'Aalto', title: 'Clerk' };
				const { data: created } = await scene.client.post('/data/Contact', { data });
				await change(created.id as string, { department: 'Sales' });
				await scene.deliver(update, { id: created.id });
				expect(await scene.items()).toEqual([]);
			},
		);

		it.each([true, false])(
			'start it for a new record that was changed since, whose creation is in the log: %s',
			async (has) => {
				scene.sandbox.variants.auditsCreation = has;
				const { create } = await activate({ onlyIfChanged: ['title'] }, 'createdOrUpdated');
				const data = { last_name: 'Aalto', title: 'Clerk' };
				const { data: created } = await scene.client.post('/data/Contact', { data });
				await change(created.id as string, { department: 'Sales' }, 'admin', 10);
				await scene.deliver(create, { id: created.id });
				expect(await scene.items()).toMatchObject([{ event: 'created' }]);
			},
		);
	});

	describe.each([
		['as an ID alone', ['id']],
		['with a time, but without a user', ['id', 'title', 'department', 'date_modified']],
	])('%s', (_, names) => {
		const delivered = (record: Record<string, unknown>) =>
			Object.fromEntries(names.map((name) => [name, record[name]]));

		it.each([{}, { includeChanges: true }, { onlyIfChanged: ['title'] }])(
			'come if another user made them before an own change: %j',
			async (options) => {
				const { update } = await activate({ ...options, ignoreOwnChanges: true });
				const id = insert();
				const theirs = await change(id, { title: 'Head' });
				const own = await change(id, { department: 'Sales' }, 'sales');
				await scene.deliver(update, delivered(theirs));
				await scene.deliver(update, delivered(own));
				const items = await scene.items();
				expect(items).toHaveLength(1);
				if (options.includeChanges) {
					expect(items).toMatchObject([{ changes: [{ field: 'title', after: 'Head' }] }]);
				}
			},
		);

		it.each([{}, { includeChanges: true }, { onlyIfChanged: ['title'] }])(
			"don't come for own changes after an event that came: %j",
			async (options) => {
				const { update } = await activate({ ...options, ignoreOwnChanges: true });
				const id = insert();
				await scene.deliver(update, delivered(await change(id, { title: 'Head' })));
				for (const data of [{ last_name: 'Own' }, { title: 'Own' }, { department: 'Own' }]) {
					await scene.deliver(update, delivered(await change(id, data, 'sales')));
				}
				expect(await scene.items()).toHaveLength(1);
				expect(scene.trigger.executions).toHaveLength(1);
			},
		);

		it.each(['all', 'none'] as const)(
			'come although an own change follows before the execution begins, and %s may read the log',
			async (readers) => {
				const { update } = await activate({ ignoreOwnChanges: true });
				const id = insert();
				scene.sandbox.variants.auditReaders = readers;
				scene.trigger.store = async () => {
					await change(id, { department: 'Own' }, 'sales');
				};
				await scene.deliver(update, delivered(await change(id, { title: 'Head' })));
				expect(await scene.items()).toHaveLength(1);
			},
		);

		it.each(['all', 'none'] as const)(
			"don't come if they are own changes and %s may read the log",
			async (readers) => {
				const { update } = await activate({ ignoreOwnChanges: true });
				const id = insert();
				scene.sandbox.variants.auditReaders = readers;
				const first = await change(id, { title: 'Own' }, 'sales');
				const second = await change(id, { last_name: 'Own' }, 'sales');
				await scene.deliver(update, delivered(first));
				await scene.deliver(update, delivered(second));
				expect(await scene.items()).toEqual([]);
				expect(scene.trigger.executions).toEqual([]);
			},
		);
	});

	it.each([{}, { onlyIfChanged: ['title'] }])(
		'come with the next event if n8n could not store them: %j',
		async (options) => {
			const { update } = await activate({ ...options, ignoreOwnChanges: true });
			const id = insert();
			await change(id, { title: 'Head' });
			scene.trigger.store = () => {
				scene.trigger.store = async () => {};
				return Promise.reject(new Error('The database is locked'));
			};
			expect(await scene.deliver(update, { id })).toBe(500);
			await change(id, { department: 'Own' }, 'sales');
			await scene.deliver(update, { id });
			expect(await scene.items()).toHaveLength(1);
		},
	);

	it('have their own changes if they come with fields', async () => {
		const { update } = await activate({ includeChanges: true });
		const id = insert();
		const first = await change(id, { title: 'Head' });
		const second = await change(id, { department: 'Sales' });
		await axios.post(update, first, { proxy: false });
		await scene.deliver(update, second);
		expect((await fieldsOfItems()).sort()).toEqual([['department: Sales'], ['title: Head']]);
	});
});
