import { skipPauses } from '../pauses.cts';
import { lateScene } from './late-scene.cts';

describe.each([
	['the process that receives the deliveries', false],
	['other processes', true],
])('With Ignore Own Changes, if %s runs the executions, events', (_, hasWorkers) => {
	const { scene, activate, insert, change } = lateScene({ hasWorkers });

	beforeEach(() => void skipPauses());

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

		it('come only for the change of another user after an own change', async () => {
			const { update } = await activate({
				onlyIfChanged: ['title', 'department'],
				ignoreOwnChanges: true,
			});
			const id = insert();
			const own = await change(id, { title: 'Own' }, 'sales');
			const theirs = await change(id, { department: 'Sales' });
			await scene.deliver(update, delivered(own));
			await scene.deliver(update, delivered(theirs));
			expect(await scene.items()).toHaveLength(1);
		});

		it("don't come for own changes if the entries of the log are later than the changes", async () => {
			scene.sandbox.variants.auditDelay = 1;
			const { update } = await activate({ ignoreOwnChanges: true });
			const id = insert();
			await scene.deliver(update, delivered(await change(id, { title: 'Head' })));
			await scene.deliver(update, delivered(await change(id, { department: 'Own' }, 'sales', 2)));
			expect(await scene.items()).toHaveLength(1);
		});

		it('come if the log could not be read at once', async () => {
			const { update } = await activate({ ignoreOwnChanges: true });
			const id = insert();
			const theirs = await change(id, { title: 'Head' });
			await change(id, { department: 'Own' }, 'sales');
			scene.sandbox.failNext({ kind: 'status', status: 500 }, { path: /^\/audit/ });
			await scene.deliver(update, delivered(theirs));
			expect(await scene.items()).toHaveLength(1);
		});

		it("don't come if they are own changes and the log can never be read", async () => {
			const { update } = await activate({ ignoreOwnChanges: true });
			const id = insert();
			const own = await change(id, { title: 'Own' }, 'sales');
			await change(id, { last_name: 'Own' }, 'sales');
			for (let time = 0; time < 20; time++) {
				scene.sandbox.failNext({ kind: 'status', status: 500 }, { path: /^\/audit/ });
			}
			await scene.deliver(update, delivered(own));
			expect(await scene.items()).toEqual([]);
		});

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

	describe('with a time', () => {
		it("don't come for an own change if another user made one before the record was read", async () => {
			const { update } = await activate({ ignoreOwnChanges: true });
			const id = insert();
			const { title, date_modified } = await change(id, { title: 'Own' }, 'sales');
			await change(id, { department: 'Sales' });
			await scene.deliver(update, { id, title, date_modified });
			expect(await scene.items()).toEqual([]);
		});

		it.each<[string, (userId: unknown) => unknown]>([
			['with a module', (userId) => `Users:${String(userId)}`],
			['with spaces', (userId) => ` ${String(userId)} `],
			['as an empty text', () => ''],
			['as null', () => null],
			['as an object', (userId) => ({ id: userId })],
		])("don't come for an own change if its user is written %s", async (_, written) => {
			const { update } = await activate({ ignoreOwnChanges: true });
			const id = insert();
			const record = await change(id, { last_name: 'Own' }, 'sales');
			const user = written(record.modified_user_id);
			await scene.deliver(update, { ...record, modified_user_id: user });
			expect(await scene.items()).toEqual([]);
			expect(scene.trigger.executions).toEqual([]);
		});
	});
});
