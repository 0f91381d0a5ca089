import { clientOf } from '../../support/client.cts';
import { skipPauses } from '../pauses.cts';
import { addressOf, deliveryScene } from './delivery-scene.cts';

describe('The changes of an event', () => {
	const scene = deliveryScene();

	beforeEach(() => void skipPauses());
	async function activate(options: object, event = 'updated'): Promise<void> {
		Object.assign(scene.trigger.parameters, { event, options });
		await scene.trigger.activate();
	}

	const insert = (values: Record<string, unknown> = {}) =>
		scene.sandbox.insert('Contact', { last_name: 'Aalto', title: 'Clerk', ...values });

	const change = async (id: string, data: object) =>
		await scene.client.patch(`/data/Contact/${id}`, { data });

	describe('with Include Changes', () => {
		it('are in the item, each with the value before and after', async () => {
			await activate({ includeChanges: true });
			await change(insert(), { title: 'Head', department: 'Sales', last_name: 'Berg' });
			const [item] = (await scene.items()) as Array<{ changes: unknown[] }>;
			expect(item.changes).toHaveLength(2);
			expect(item.changes).toEqual(
				expect.arrayContaining([
					{ field: 'title', before: 'Clerk', after: 'Head' },
					{ field: 'department', before: null, after: 'Sales' },
				]),
			);
		});

		it.each([-300, 330, 840])(
			'are found if 1CRM delivers times %d minutes from UTC',
			async (minutes) => {
				scene.sandbox.variants.webhooks.minutesFromUtc = minutes;
				await activate({ includeChanges: true, onlyIfChanged: ['title'] });
				const id = insert();
				await change(id, { department: 'Sales' });
				expect(await scene.items()).toEqual([]);
				await change(id, { title: 'Head' });
				expect(await scene.items()).toMatchObject([{ changes: [{ field: 'title' }] }]);
			},
		);

		it('are none for a change of a field that is not audited', async () => {
			await activate({ includeChanges: true });
			await change(insert(), { last_name: 'Berg' });
			expect(await scene.items()).toMatchObject([{ changes: [] }]);
		});

		it.each(['flat', 'wrapped', 'form'] as const)(
			'of many changes within a second are told apart (%s)',
			async (payload) => {
				scene.sandbox.variants.webhooks.payload = payload;
				await activate({ includeChanges: true, fetchRecord: false });
				const id = insert();
				for (let number = 0; number < 12; number++) {
					await change(id, number % 2 ? { title: `T${number}` } : { department: `D${number}` });
				}
				const items = (await scene.items()) as Array<{ changes: Array<{ after: string }> }>;
				const given = items.map(({ changes }) => changes.map(({ after }) => after));
				expect(given.flat().sort()).toEqual(
					Array.from({ length: 12 }, (_, number) => `${number % 2 ? 'T' : 'D'}${number}`).sort(),
				);
				expect(given.every((own) => own.length === 1)).toBe(true);
			},
		);

		it('of one second are given once even if only the ID is delivered', async () => {
			scene.sandbox.variants.webhooks.payload = 'idOnly';
			await activate({ includeChanges: true });
			const id = insert();
			scene.stopClock();
			await Promise.all([change(id, { title: 'T1' }), change(id, { department: 'D1' })]);
			const items = (await scene.items()) as Array<{ changes: unknown[] }>;
			expect(items).toHaveLength(2);
			expect(items.flatMap(({ changes }) => changes)).toHaveLength(2);
		});

		it.each([{ auditDelay: 1 }, { auditLag: 300 }])('are found with %j', async (variants) => {
			vi.restoreAllMocks();
			Object.assign(scene.sandbox.variants, variants);
			await activate({ includeChanges: true });
			await change(insert(), { title: 'Head' });
			expect(await scene.items()).toMatchObject([{ changes: [{ field: 'title' }] }]);
		});

		it('have a reason if the log cannot be read by then, and the event comes all the same', async () => {
			await activate({ includeChanges: true });
			scene.sandbox.variants.auditReaders = 'none';
			await change(insert(), { title: 'Head' });
			expect(await scene.items()).toMatchObject([
				{ record: { title: 'Head' }, changesError: expect.any(String) },
			]);
		});
	});

	describe('with Only If Changed', () => {
		it('start the workflow only if one of the fields changed', async () => {
			await activate({ onlyIfChanged: ['title'] });
			const id = insert();
			await change(id, { department: 'Sales' });
			expect(await scene.items()).toEqual([]);
			expect(scene.trigger.executions).toEqual([]);
			await change(id, { title: 'Head' });
			const [item, ...more] = (await scene.items()) as object[];
			expect(item).toMatchObject({ recordId: id, record: { title: 'Head' } });
			expect(item).not.toHaveProperty('changes');
			expect(more).toEqual([]);
		});

		it.each([true, false])('come for a new record if the log has its creation: %s', async (has) => {
			scene.sandbox.variants.auditsCreation = has;
			await activate({ onlyIfChanged: ['title'] }, 'createdOrUpdated');
			const data = { last_name: 'Aalto', title: 'Clerk' };
			await scene.client.post('/data/Contact', { data });
			expect(await scene.items()).toMatchObject([{ event: 'created', record: data }]);
		});

		it('come for a new record without a value in these fields', async () => {
			await activate({ onlyIfChanged: ['title'] }, 'createdOrUpdated');
			const data = { last_name: 'Aalto', department: 'Sales' };
			await scene.client.post('/data/Contact', { data });
			expect(await scene.items()).toMatchObject([{ event: 'created', record: data }]);
		});

		it.each([true, false])(
			'come once for a new record that 1CRM also tells as a change (repeats ignored: %s)',
			async (ignoreRepeats) => {
				scene.sandbox.variants.webhooks.updateOnCreate = true;
				await activate({ onlyIfChanged: ['title'], ignoreRepeats }, 'createdOrUpdated');
				const [create, update] = [addressOf(scene, 'create'), addressOf(scene, 'update')];
				const id = insert({ title: '', department: 'Sales' });
				const record = (await scene.client.get(`/data/Contact/${id}`)).data.record as object;
				await scene.deliver(update, record);
				await scene.deliver(create, record);
				expect(await scene.items()).toMatchObject([{ event: 'created' }]);
			},
		);

		it('come with their values if these are included', async () => {
			await activate({ onlyIfChanged: ['title'], includeChanges: true });
			await change(insert(), { title: 'Head', department: 'Sales' });
			expect(await scene.items()).toMatchObject([{ changes: [{}, {}] }]);
		});

		it('come with the reason if the log cannot tell', async () => {
			await activate({ onlyIfChanged: ['title'] });
			scene.sandbox.variants.auditReaders = 'none';
			await change(insert(), { department: 'Sales' });
			expect(await scene.items()).toMatchObject([{ changesError: expect.any(String) }]);
		});

		it('are not lost if n8n could not store the first delivery', async () => {
			scene.sandbox.variants.webhooks.retries = 1;
			await activate({ onlyIfChanged: ['title'] });
			scene.trigger.store = () => {
				scene.trigger.store = async () => {};
				return Promise.reject(new Error('The database is locked'));
			};
			await change(insert(), { title: 'Head' });
			expect(await scene.items()).toMatchObject([{ record: { title: 'Head' } }]);
		});

		it.each([
			[
				{ onlyIfChanged: ['shoe_size'] },
				'updated',
				/'Only If Changed' contains "shoe_size", which Contact/,
			],
			[
				{ onlyIfChanged: ['last_name'] },
				'updated',
				/'Only If Changed' contains "last_name".*audit log/,
			],
			[
				{ onlyIfChanged: ['title'] },
				'created',
				/'Only If Changed' doesn't go with 'Record Created'/,
			],
		])('are refused when publishing with %j on %s', async (options, event, message) => {
			await expect(activate(options, event)).rejects.toThrow(message);
			expect(scene.sandbox.webhooks).toEqual([]);
		});
	});

	it.each([
		[{ includeChanges: true }, "'Include Changes' needs the audit log"],
		[{ onlyIfChanged: ['title'] }, "'Only If Changed' needs the audit log"],
	])('are refused with %j to a user who may not read the log', async (options, message) => {
		scene.sandbox.variants.auditReaders = 'admin';
		scene.engine.credentials.data.username = 'sales';
		await expect(activate(options)).rejects.toThrow(message);
		expect(scene.sandbox.webhooks).toEqual([]);
	});

	it.each([
		[{ includeChanges: true }, 'flat', ['/audit', '/data']],
		[{ includeChanges: true }, 'idOnly', ['/audit', '/data']],
		[{ onlyIfChanged: ['title'], includeChanges: true }, 'flat', ['/audit', '/data']],
		[{ ignoreOwnChanges: true }, 'flat', ['/data']],
	] as const)(
		'cost no more requests than they need: %j (%s)',
		async (options, payload, expected) => {
			scene.sandbox.variants.webhooks.payload = payload;
			scene.engine.credentials.data.username = 'sales';
			await activate(options);
			await change(insert(), { title: 'First' });
			await scene.items();
			for (const data of [{ title: 'Second' }, { title: 'Third', department: 'Sales' }]) {
				const id = insert();
				scene.sandbox.clearRequests();
				await change(id, data);
				await scene.items();
				const read = scene.sandbox.requests.filter(({ method }) => method === 'GET');
				const kinds = read.map(({ path }) => path.slice(0, path.indexOf('/', 1)));
				expect(kinds.sort()).toEqual(expected);
			}
		},
	);

	it.each([
		['says who made it', true, 'flat'],
		['does not', false, 'flat'],
		['is an ID alone', true, 'idOnly'],
	] as const)(
		'made by the own user are ignored if wanted, where a delivery %s',
		async (_, names, payload) => {
			Object.assign(scene.sandbox.variants.webhooks, { namesModifier: names, payload });
			scene.engine.credentials.data.username = 'sales';
			await activate({ ignoreOwnChanges: true });
			const id = insert();
			await clientOf(scene.sandbox, 'sales').patch(`/data/Contact/${id}`, {
				data: { title: 'Own' },
			});
			expect(await scene.items()).toEqual([]);
			expect(scene.trigger.executions).toEqual([]);
			await change(id, { title: 'Of another' });
			expect(await scene.items()).toMatchObject([{ record: { title: 'Of another' } }]);
		},
	);
});
