import axios from 'axios';
import { skipPauses } from '../pauses.cts';
import { lateScene } from './late-scene.cts';

/** The webhooks are called only after later changes of the record: the record doesn't show how the event left it. */
describe.each([
	['the process that receives the deliveries', false],
	['other processes', true],
])('Events that 1CRM delivers late, if %s runs the executions', (_, hasWorkers) => {
	const { scene, activate, insert, change, changesInItems } = lateScene({ hasWorkers });

	beforeEach(() => void skipPauses());

	describe('as an ID alone', () => {
		it.each([1, 2, 60])('give each change once, %d seconds apart', async (seconds) => {
			const { update } = await activate({ includeChanges: true });
			const id = insert();
			await change(id, { title: 'Head' }, 'admin', seconds);
			await change(id, { department: 'Sales' }, 'admin', seconds);
			await scene.deliver(update, { id });
			await scene.deliver(update, { id });
			expect(await changesInItems()).toEqual([['title: Head', 'department: Sales'], []]);
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
			const [, ...late] = await changesInItems();
			expect(late.flat()).toContain('title: Head');
		});

		it.each([{ onlyIfChanged: ['title'] }, { includeChanges: true }])(
			'give each change once although the log is late: %j',
			async (options) => {
				vi.restoreAllMocks();
				scene.sandbox.variants.auditLag = 300;
				const { update } = await activate(options);
				const id = insert();
				await change(id, { title: 'Head' });
				await scene.deliver(update, { id });
				scene.sandbox.variants.auditLag = 0;
				await change(id, { department: 'Sales' });
				await scene.deliver(update, { id });
				if (options.onlyIfChanged) expect(await scene.items()).toHaveLength(1);
				else expect(await changesInItems()).toEqual([['title: Head'], ['department: Sales']]);
			},
		);

		it.each(['', null, 1_784_023_200, '2026-07-14T10:00:00Z', '14.07.2026 12:00'])(
			'start the workflow if they come with a time that cannot be compared: %j',
			async (time) => {
				const { update } = await activate({ onlyIfChanged: ['title'] });
				const id = insert();
				await change(id, { title: 'Head' });
				await scene.deliver(update, { id, date_entered: time, date_modified: time });
				expect(await scene.items()).toHaveLength(1);
			},
		);

		it('give what replaced a value in the second of the creation', async () => {
			const { update } = await activate({ includeChanges: true });
			const data = { last_name: 'Aalto', title: 'Clerk' };
			const { data: created } = await scene.client.post('/data/Contact', { data });
			const id = String(created.id);
			await change(id, { title: 'Head' }, 'admin', 0);
			await change(id, { department: 'Sales' });
			await scene.deliver(update, { id });
			expect(await changesInItems()).toEqual([['title: Head', 'department: Sales']]);
		});

		it('give all changes of a field, the oldest first', async () => {
			scene.sandbox.variants.auditTies = 'shuffled';
			const { update } = await activate({ includeChanges: true });
			const id = insert();
			const titles = ['A', 'B', 'C', 'D', 'E', 'F'];
			for (const title of titles) await change(id, { title }, 'admin', 0);
			await change(id, { title: 'G' });
			await scene.deliver(update, { id });
			expect(await changesInItems()).toEqual([[...titles, 'G'].map((title) => `title: ${title}`)]);
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
			expect(await changesInItems()).toEqual([['title: Head', 'department: Sales']]);
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

	it('have their own changes if they come with fields', async () => {
		const { update } = await activate({ includeChanges: true });
		const id = insert();
		const first = await change(id, { title: 'Head' });
		const second = await change(id, { department: 'Sales' });
		await axios.post(update, first, { proxy: false });
		await scene.deliver(update, second);
		expect((await changesInItems()).sort()).toEqual([['department: Sales'], ['title: Head']]);
	});
});
