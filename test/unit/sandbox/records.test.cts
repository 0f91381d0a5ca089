import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('records', () => {
	const FIRST = new Date('2025-03-01T08:00:00Z');
	let now = FIRST;
	const sandbox = sandboxForTests({ clock: () => now, perTest: true });

	afterEach(() => {
		now = FIRST;
	});

	const create = async (model: string, data: object, query = '') =>
		(await clientOf(sandbox).post(`/data/${model}${query}`, { data })).data;
	const read = async (model: string, id: string, query = '') =>
		(await clientOf(sandbox).get(`/data/${model}/${id}${query}`)).data.record;

	it('are created with an id, stamped, and read as texts and nulls', async () => {
		const { id } = await create('Contact', { first_name: 'Ada', last_name: 'Berg', nonsense: 1 });
		expect(id).toMatch(/^[0-9a-f-]{36}$/);
		const record = await read('Contact', id);
		expect(record).toMatchObject({
			id,
			deleted: '0',
			name: 'Ada Berg',
			date_entered: '2025-03-01 08:00:00',
			date_modified: '2025-03-01 08:00:00',
			assigned_user: 'admin',
			assigned_user_id: '1',
			created_by: '1',
			do_not_call: '0',
			birthdate: null,
			exchange_rate: '1',
		});
		expect(record).not.toHaveProperty('nonsense');
		expect(record).not.toHaveProperty('_display');
		const kinds = new Set(Object.values(record).map((value) => value === null || typeof value));
		expect(kinds).toEqual(new Set([true, 'string']));
	});

	it('take references by their id, though it is said to be read-only, and show the name', async () => {
		const account = await create('Account', { name: 'Birch Media' });
		const { id } = await create('Contact', {
			last_name: 'Berg',
			primary_account_id: account.id,
			primary_account: 'Somebody else',
			created_by: 'me',
		});
		const record = await read('Contact', id, '?fields[]=primary_account&fields[]=created_by');
		expect(record).toEqual({
			id,
			primary_account: 'Birch Media',
			primary_account_id: account.id,
			created_by: '1',
		});
		await clientOf(sandbox).patch(`/data/Contact/${id}`, { data: { primary_account_id: null } });
		expect((await read('Contact', id)).primary_account).toBeNull();
	});

	it('keep values in the forms that 1CRM documents, and lose others', async () => {
		const { id } = await create('Contact', {
			last_name: 'Berg',
			do_not_call: true,
			portal_active: 'true',
			annual_budget: 1234.5,
			customer_since: '2024-02-29T00:00:00Z',
			birthdate: '1990-12-31',
			phone_work: '+1 (555) 12-34',
			newsletter_topics: 'Tips^,^Events, Fairs^,^Offers & Discounts',
			loyalty_level: ['gold'],
		});
		expect(await read('Contact', id)).toMatchObject({
			do_not_call: '1',
			portal_active: '0',
			annual_budget: '1234.50',
			annual_budget_usdollar: '1234.50',
			customer_since: '0000-00-00',
			birthdate: '1990-12-31',
			phone_work: '+1 (555) 12-34',
			phone_work__raw: '15551234',
			newsletter_topics: 'Tips^,^Events, Fairs^,^Offers & Discounts',
			newsletter_topic: 'Tips',
			newsletter_topic2: 'Events, Fairs',
			newsletter_topic3: 'Offers & Discounts',
			newsletter_topic4: null,
			loyalty_level: 'Array',
		});
	});

	it('keep other forms of values on servers that know them', async () => {
		sandbox.variants.isoDateTimes = 'kept';
		sandbox.variants.multiSelectArrays = true;
		const task = await create('Task', { name: 'Call', date_due: '2024-02-29T01:00:00+02:00' });
		expect((await read('Task', task.id)).date_due).toBe('2024-02-28 23:00:00');
		const topics = ['Tips', 'Events, Fairs'];
		const contact = await create('Contact', { last_name: 'Berg', newsletter_topics: topics });
		expect((await read('Contact', contact.id)).newsletter_topics).toBe('Tips^,^Events, Fairs');
	});

	it.each([
		['either', [null, null]],
		['null', [null, 'account-1']],
		['emptyText', ['account-1', null]],
	] as const)('lose a reference by null and by an empty text (%s)', async (way, expected) => {
		sandbox.variants.referenceClearedBy = way;
		sandbox.insert('Account', { id: 'account-1', name: 'Birch Media' });
		const left = [];
		for (const value of [null, '']) {
			const id = sandbox.insert('Contact', { last_name: 'Berg', primary_account_id: 'account-1' });
			const data = { primary_account_id: value };
			await clientOf(sandbox).patch(`/data/Contact/${id}`, { data });
			left.push(sandbox.record('Contact', id)?.primary_account_id);
		}
		expect(left).toEqual(expected);
	});

	it('change only where told, with the time and the user of the change', async () => {
		const id = sandbox.insert('Lead', { first_name: 'Ada', last_name: 'Berg' });
		const [, sales] = sandbox.records('User');
		now = new Date('2025-03-02T09:30:00Z');
		const answer = await clientOf(sandbox, 'sales').patch(`/data/Lead/${id}`, {
			data: { last_name: 'Lund' },
			create: false,
		});
		expect([answer.status, answer.data]).toEqual([200, { result: true }]);
		expect(sandbox.record('Lead', id)).toMatchObject({
			name: 'Ada Lund',
			first_name: 'Ada',
			date_entered: '2025-03-01 08:00:00',
			date_modified: '2025-03-02 09:30:00',
			modified_user_id: sales.id,
		});
	});

	it('leave out what is no field, whatever it means to JavaScript', async () => {
		const client = clientOf(sandbox);
		const id = sandbox.insert('Account', { name: 'Birch' });
		const data = { constructor: 'x', toString: 'y' };
		expect((await client.patch(`/data/Account/${id}`, { data })).status).toBe(200);
		const { data: list } = await client.get('/data/Account', {
			params: { 'fields[]': 'constructor' },
		});
		expect(Object.keys(list.records[0])).not.toContain('constructor');
	});

	it('are created by a change only with the create flag', async () => {
		const client = clientOf(sandbox);
		const data = { name: 'Given' };
		expect((await client.patch('/data/Task/my-id', { data })).status).toBe(404);
		expect((await client.patch('/data/Task/my-id', { data, create: true })).data).toEqual({
			result: true,
		});
		expect(sandbox.record('Task', 'my-id')?.name).toBe('Given');
	});

	it('are gone once deleted, yet stay stored', async () => {
		const client = clientOf(sandbox);
		const id = sandbox.insert('Task', { name: 'Done' });
		expect((await client.delete(`/data/Task/${id}`)).data).toEqual({ result: true });
		for (const method of ['get', 'delete', 'patch']) {
			const { data, status } = await client.request({
				method,
				url: `/data/Task/${id}`,
				data: { data: {} },
			});
			expect([status, data]).toEqual([404, { message: 'Not found' }]);
		}
		expect((await client.get('/data/Task')).data.total_results).toBe(0);
		expect(sandbox.record('Task', id)?.deleted).toBe('1');
	});

	it('are shown with their mark once deleted, if told to', async () => {
		sandbox.variants.deletedRecord = 'marked';
		const client = clientOf(sandbox);
		const id = sandbox.insert('Task', { name: 'Done' });
		await client.delete(`/data/Task/${id}`);
		expect(await read('Task', id)).toMatchObject({ id, deleted: '1' });
		expect((await client.patch(`/data/Task/${id}`, { data: {} })).status).toBe(404);
		expect((await client.get('/data/Task/none')).status).toBe(404);
	});

	it('are refused for models that are not there, as the name is written', async () => {
		const { data, status } = await clientOf(sandbox).get('/data/contact');
		expect([status, data]).toEqual([404, { message: 'Model contact not found' }]);
		expect((await clientOf(sandbox).post('/data/Task', { name: 'No data' })).status).toBe(400);
	});

	it('are checked for duplicates only when asked, and told of in 200 without an id', async () => {
		sandbox.insert('Account', { name: 'Birch Media' });
		const data = { name: 'birch media' };
		const check = () => create('Account', data, '?check_duplicates=true');
		expect(await check()).toEqual({ errors: [expect.stringContaining('Birch Media')] });
		const inBody = { data, check_duplicates: true };
		const { data: answer } = await clientOf(sandbox).post('/data/Account', inBody);
		expect(answer).toHaveProperty('errors');
		sandbox.variants.duplicates = 'string';
		expect(await check()).toEqual({ errors: expect.any(String) });
		sandbox.variants.duplicates = 'map';
		expect(await check()).toEqual({ errors: { name: [expect.any(String)] } });
		sandbox.variants.duplicates = 'status400';
		expect(await check()).toEqual({ message: expect.stringMatching(/^Account exists: /) });
		expect(sandbox.records('Account')).toHaveLength(1);
		expect(await create('Account', data, '?check_duplicates=false')).toHaveProperty('id');
	});

	it('are checked for duplicates by a change, too, unless told otherwise', async () => {
		sandbox.insert('Account', { id: 'account-1', name: 'Birch Media' });
		const change = async (id: string) =>
			(
				await clientOf(sandbox).patch(`/data/Account/${id}?check_duplicates=1`, {
					data: { name: 'Birch Media' },
					create: true,
				})
			).data;
		const other = sandbox.insert('Account', { name: 'Alder' });
		expect(await change('new')).toHaveProperty('errors');
		expect(await change(other)).toHaveProperty('errors');
		sandbox.variants.duplicatesOnChange = false;
		expect(await change('new')).toEqual({ result: true });
		expect(await change(other)).toEqual({ result: true });
		expect(sandbox.records('Account')).toHaveLength(3);
	});

	it('may lack required columns, or fail as the database does', async () => {
		expect(await create('Contact', {})).toHaveProperty('id');
		sandbox.variants.missingRequired = 'sqlError';
		const { data, status } = await clientOf(sandbox).post('/data/Contact', { data: {} });
		expect(status).toBe(500);
		expect(data.message).toContain("1364: Field 'last_name' doesn't have a default value");
		expect(await create('Contact', { last_name: 'Berg' })).toHaveProperty('id');
	});

	it.each([
		['Opportunity', { name: 'Chance' }, 'account_id'],
		['PurchaseOrder', { name: 'Order', currency_id: '-99' }, 'amount'],
		['Bill', { name: 'Bill', currency_id: '-99', amount: 1, bill_date: '2026-07-14' }, 'due_date'],
	])('of %s fail in any case without what they are known to need', async (model, data, column) => {
		const answer = await clientOf(sandbox).post(`/data/${model}`, { data });
		expect([answer.status, answer.data.message]).toEqual([500, expect.stringContaining(column)]);
	});

	it('are erased of personal data', async () => {
		const id = sandbox.insert('Contact', { last_name: 'Berg', email1: 'a@b.example' });
		const body = { data: { fields: 'email1,phone_work' } };
		await clientOf(sandbox).patch(`/data/erase_personal/Contact/${id}`, body);
		expect(sandbox.record('Contact', id)?.email1).toBeNull();
	});

	it('keep what is no personal data, whoever asks to erase it', async () => {
		const id = sandbox.insert('Contact', { last_name: 'Berg', description: 'kept' });
		const body = { data: { fields: 'description,no_such_field' } };
		await clientOf(sandbox).patch(`/data/erase_personal/Contact/${id}`, body);
		expect(sandbox.record('Contact', id)?.description).toBe('kept');
	});
});
