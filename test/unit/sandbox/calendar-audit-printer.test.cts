import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('calendar, audit log and printer', () => {
	const sandbox = sandboxForTests({ clock: () => new Date('2025-03-01T08:00:00Z') });

	it('shows what happens between two moments', async () => {
		const inside = { date_start: '2025-03-03 10:00:00', date_end: '2025-03-03 11:00:00' };
		const meeting = sandbox.insert('Meeting', { name: 'Fair', location: 'Hall', ...inside });
		sandbox.insert('Call', { name: 'Late', date_start: '2025-04-01 10:00:00' });
		const task = sandbox.insert('Task', { name: 'Due', date_due: '2025-03-02 17:00:00' });
		const params = { start_date: '2025-03-01 00:00:00', end_date: '2025-03-31 23:59:59' };
		const client = clientOf(sandbox);
		const { data } = await client.get('/calendar/events', { params });
		expect(data).toEqual({
			records: [
				{
					name: 'Due',
					date_start: null,
					date_due: '2025-03-02 17:00:00',
					location: null,
					id: task,
					type: 'Task',
				},
				{
					name: 'Fair',
					date_start: '2025-03-03 10:00:00',
					date_due: null,
					location: 'Hall',
					id: meeting,
					type: 'Meeting',
				},
			],
		});
		const onlyCalls = await client.get('/calendar/events', {
			params: { ...params, types: ['Call'] },
		});
		expect(onlyCalls.data.records).toEqual([]);
		expect((await client.get('/calendar/events')).status).toBe(400);
	});

	it('logs changes of audited fields, newest first', async () => {
		const client = clientOf(sandbox);
		const id = sandbox.insert('Contact', { last_name: 'Berg', title: 'Buyer', first_name: 'A' });
		const change = (data: object) => client.patch(`/data/Contact/${id}`, { data });
		await change({ title: 'Head of Sales', first_name: 'B' });
		await change({ loyalty_level: 'gold' });
		const { data } = await client.get(`/audit/Contact/${id}`);
		expect(data.total_results).toBe(2);
		expect(data.records[0]).toMatchObject({
			field_name: 'loyalty_level',
			before_value_string: null,
		});
		expect(data.records[1]).toMatchObject({
			created_by_user: 'admin',
			created_by: '1',
			date_created: '2025-03-01 08:00:00',
			parent: '',
			parent_id: id,
			field_name: 'title',
			data_type: 'varchar',
			before_value_string: 'Buyer',
			after_value_string: 'Head of Sales',
			erased: '0',
		});
		const page = await client.get('/audit/Contact', { params: { limit: 1, offset: 1 } });
		expect(page.data.records).toMatchObject([{ field_name: 'title' }]);
		sandbox.variants.auditParent = 'named';
		const named = await client.get(`/audit/Contact/${id}`);
		expect(named.data.records[0].parent).toBe('B Berg');
	});

	it('logs the first values of a record that a client creates, unless it is told not to', async () => {
		const client = clientOf(sandbox);
		const entriesOf = async (last_name: string) => {
			const values = { last_name, title: 'Buyer' };
			const { id } = (await client.post('/data/Contact', { data: values })).data;
			return (await client.get(`/audit/Contact/${id}`)).data.records;
		};
		const created = await entriesOf('Holm');
		const values = { before_value_string: null, after_value_string: 'Buyer' };
		expect(created).toContainEqual(expect.objectContaining({ field_name: 'title', ...values }));
		const owner = { field_name: 'assigned_user_id', data_type: 'id', after_value_string: '1' };
		expect(created).toContainEqual(expect.objectContaining(owner));
		sandbox.variants.auditsCreation = false;
		expect(await entriesOf('Dale')).toEqual([]);
	});

	it('refuses too long a page of the audit log, or gives a shorter one', async () => {
		sandbox.variants.limitAboveMax = 'reject';
		const tooLong = await clientOf(sandbox).get('/audit/Contact', { params: { limit: 201 } });
		expect(tooLong.status).toBe(400);
	});

	it('marks what the audit log said of personal data that was erased, and keeps none of it', async () => {
		const client = clientOf(sandbox);
		const [id, other] = ['Berg', 'Holm'].map((last_name) =>
			sandbox.insert('Contact', { last_name }),
		);
		for (const one of [id, other]) {
			const data = { title: 'Buyer', loyalty_level: 'gold' };
			await client.patch(`/data/Contact/${one}`, { data });
		}
		await client.patch(`/data/erase_personal/Contact/${id}`, { data: { fields: 'title' } });
		const entriesOf = async (one: string) => {
			const { data } = await client.get(`/audit/Contact/${one}`);
			return data.records.map((entry: Record<string, unknown>) => [
				...[entry.field_name, entry.erased, entry.before_value_string, entry.after_value_string],
			]);
		};
		const kept = ['loyalty_level', '0', null, 'gold'];
		const erased = ['title', '1', null, null];
		expect((await entriesOf(id)).sort()).toEqual([kept, erased, erased]);
		expect((await entriesOf(other)).sort()).toEqual([kept, ['title', '0', null, 'Buyer']]);
	});

	it('prints records, and the personal data of contacts', async () => {
		const client = clientOf(sandbox);
		const id = sandbox.insert('Contact', { last_name: 'Berg (Öl)' });
		for (const path of [`/printer/pdf/Contact/${id}`, `/printer/pdf/personal/Contact/${id}`]) {
			const { data, headers } = await client.get(path, { responseType: 'arraybuffer' });
			expect(headers['content-type']).toBe('application/pdf');
			expect(Buffer.from(data).toString('latin1')).toMatch(
				/^%PDF-1\.4[^]*Berg \\\(\?l\\\)[^]*%%EOF/,
			);
		}
		expect((await client.get('/printer/pdf/personal/Task/x')).status).toBe(404);
	});
});
