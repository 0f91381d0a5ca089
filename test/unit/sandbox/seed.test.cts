import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('sample records', () => {
	const clock = () => new Date('2025-03-01T08:00:00Z');
	const sandbox = sandboxForTests({ seed: 1, clock });
	const same = sandboxForTests({ seed: 1, clock });
	const other = sandboxForTests({ seed: 2, clock });

	it('are plenty, have their names and customers, and are the same every time', () => {
		const counts = { Contact: 60, Account: 40, Lead: 30, Opportunity: 30, aCase: 20, Quote: 20 };
		for (const [model, least] of Object.entries(counts)) {
			expect(sandbox.records(model).length).toBeGreaterThanOrEqual(least);
			expect(sandbox.records(model)).toEqual(same.records(model));
		}
		const names = sandbox.records('Contact').map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(sandbox.records('User').map((user) => user.user_name)).toEqual([
			...['admin', 'sales', 'support', 'finance'],
		]);
	});

	it('have a history: each opportunity went through the stages before its own', async () => {
		const [won] = sandbox.records('Opportunity').filter((row) => row.sales_stage === 'Closed Won');
		const client = clientOf(sandbox);
		const ofOne = await client.get(`/audit/Opportunity/${won.id}`);
		const stages = ofOne.data.records.map((entry: object) => Object(entry).after_value_string);
		expect(stages).toEqual(['Closed Won', 'Negotiation/Review', 'Qualification']);

		const ofAll = await client.get('/audit/Opportunity', { params: { limit: 200 } });
		const moments: string[] = ofAll.data.records.map((entry: object) => Object(entry).date_created);
		expect(moments.length).toBeGreaterThan(40);
		expect(moments).toEqual([...moments].sort().reverse());
	});

	it('differ with the seed', () => {
		expect(sandbox.records('Contact')[0].id).not.toBe(other.records('Contact')[0].id);
	});
});
