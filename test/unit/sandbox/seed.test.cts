import { startSandbox } from '../../sandbox/sandbox.cts';
import { clientOf } from '../../support/client.cts';

describe('sample records', () => {
	it('are plenty, have their names and customers, and are the same every time', async () => {
		const clock = () => new Date('2025-03-01T08:00:00Z');
		const [one, two] = await Promise.all([startSandbox({ clock }), startSandbox({ clock })]);
		const counts = { Contact: 60, Account: 40, Lead: 30, Opportunity: 30, aCase: 20, Quote: 20 };
		for (const [model, least] of Object.entries(counts)) {
			expect(one.records(model).length).toBeGreaterThanOrEqual(least);
			expect(one.records(model)).toEqual(two.records(model));
		}
		const names = one.records('Contact').map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(one.records('User').map((user) => user.user_name)).toEqual([
			...['admin', 'sales', 'support', 'finance'],
		]);
		await Promise.all([one.stop(), two.stop()]);
	});

	it('have a history: each opportunity went through the stages before its own', async () => {
		const sandbox = await startSandbox();
		const [won] = sandbox.records('Opportunity').filter((row) => row.sales_stage === 'Closed Won');
		const client = clientOf(sandbox);
		const ofOne = await client.get(`/audit/Opportunity/${won.id}`);
		const stages = ofOne.data.records.map((entry: object) => Object(entry).after_value_string);
		expect(stages).toEqual(['Closed Won', 'Negotiation/Review', 'Qualification']);

		const ofAll = await client.get('/audit/Opportunity', { params: { limit: 200 } });
		const moments: string[] = ofAll.data.records.map((entry: object) => Object(entry).date_created);
		expect(moments.length).toBeGreaterThan(40);
		expect(moments).toEqual([...moments].sort().reverse());
		await sandbox.stop();
	});

	it('differ with the seed', async () => {
		const [one, two] = await Promise.all([startSandbox(), startSandbox({ seed: 2 })]);
		expect(one.records('Contact')[0].id).not.toBe(two.records('Contact')[0].id);
		await Promise.all([one.stop(), two.stop()]);
	});
});
