import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('reports', () => {
	const sandbox = sandboxForTests();

	it('are listed by the module that they are on, their runs by the report', async () => {
		const client = clientOf(sandbox);
		const insert = (name: string, primary_module: string) =>
			sandbox.insert('Report', { name, primary_module });
		const activity = insert('Account Activity', 'Accounts');
		insert('New Accounts', 'Accounts');
		insert('Open Cases', 'Cases');
		for (const record_count of [184, 190]) {
			const run = { report_id: activity, cache_filename: 'report.tsv', record_count };
			sandbox.insert('ReportData', run);
		}
		const { data } = await client.get('/reports/Account', { params: { limit: 1, offset: 0 } });
		expect(data).toMatchObject({ records: [{ name: 'Account Activity' }], total_results: 2 });
		const runs = await client.get(`/reports/Account/${activity}`, { params: { offset: 1 } });
		expect(runs.data.total_results).toBe(2);
		expect(runs.data.records).toMatchObject([
			{ report: 'Account Activity', reportdata_number: '2', record_count: '190' },
		]);
	});

	it('are not found for an unknown module or report', async () => {
		const client = clientOf(sandbox);
		expect((await client.get('/reports/Acount')).data).toEqual({
			message: 'Model Acount not found',
		});
		expect((await client.get('/reports/Account/none')).status).toBe(404);
	});
});
