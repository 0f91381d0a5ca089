import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('lists', () => {
	const sandbox = sandboxForTests({ seed: 1 });

	const list = async (query: string) => (await clientOf(sandbox).get(`/data/${query}`)).data;

	it('gives 20 thin rows and the total unless asked otherwise', async () => {
		const { records, total_results: total } = await list('Contact');
		expect(records).toHaveLength(20);
		expect(total).toBe(sandbox.records('Contact').length);
		expect(Object.keys(records[0])).toEqual([
			...['name', 'first_name', 'id', 'last_name', 'salutation', '_display'],
		]);
		expect((await list('Quote?limit=1')).records[0].line_items.length).toBeGreaterThan(0);
	});

	it('adds companions to the fields asked for', async () => {
		const { records } = await list(
			'Contact?limit=1&fields[]=primary_account&fields[1]=annual_budget',
		);
		expect(records[0]).toMatchObject({
			primary_account: expect.any(String),
			primary_account_id: expect.any(String),
			currency: 'US Dollar: $',
			currency_id: '-99',
			exchange_rate: '1',
			id: expect.any(String),
			first_name: expect.any(String),
			_display: expect.any(String),
		});
	});

	it('takes a comma list for one field that does not exist, and finds nothing', async () => {
		expect(await list('Contact?fields=id,name')).toEqual({ records: [], total_results: 0 });
	});

	it('leaves a field out that does not exist, or gives no rows for it', async () => {
		const query = 'Contact?limit=1&fields[]=title&fields[]=nothing&fields[]=line_items';
		const { records, total_results: total } = await list(query);
		expect(records[0]).toHaveProperty('title');
		expect(records[0]).not.toHaveProperty('nothing');
		expect(total).toBe(sandbox.records('Contact').length);
		sandbox.variants.unknownFields = 'noRows';
		expect(await list(query)).toEqual({ records: [], total_results: 0 });
	});

	it('pages by offset, gives 200 rows at most, or refuses more, or gives fewer', async () => {
		for (let count = 0; count < 250; count++) sandbox.insert('Product', { name: `Part ${count}` });
		expect((await list('Product?limit=1000')).records).toHaveLength(200);
		expect((await list('Product?limit=200&offset=200')).records).toHaveLength(70);
		expect((await list('Product?offset=270')).records).toEqual([]);
		sandbox.variants.maxPageSize = 50;
		expect((await list('Product?limit=200')).records).toHaveLength(50);
		sandbox.variants.limitAboveMax = 'reject';
		expect((await clientOf(sandbox).get('/data/Product?limit=201')).status).toBe(400);
		sandbox.variants.totalKey = 'total_count';
		expect((await list('Product')).total_count).toBe(270);
	});

	it('leaves closed rows out unless view_closed is set, though they can be read', async () => {
		const all = sandbox.records('aCase');
		const closed = all.filter((row) => row.status === 'Closed');
		expect(closed.length).toBeGreaterThan(0);
		expect((await list('aCase')).total_results).toBe(all.length - closed.length);
		expect((await list('aCase?filters[view_closed]=1')).total_results).toBe(all.length);
		const { data } = await clientOf(sandbox).get(`/data/aCase/${closed[0].id}`);
		expect(data.record.status).toBe('Closed');
	});

	it('ignores filters it does not know, parameters it does not know, and filters in a body', async () => {
		const total = sandbox.records('Contact').length;
		const count = async (query: string) => (await list(`Contact?${query}`)).total_results;
		expect(await count('filters[email1]=x')).toBe(total);
		expect(await count('filters[id]=x&max_num=5&order_by=name')).toBe(total);
		expect(await count('filters[first_name]=')).toBe(total);
		const body = { filters: { first_name: 'Ada' } };
		const { data } = await clientOf(sandbox).get('/data/Contact', { data: body });
		expect(data.total_results).toBe(total);
		expect(sandbox.requests.at(-1)?.body).toEqual(body);
	});

	it('orders by several fields, numbers as numbers, and ignores what is no field', async () => {
		sandbox.insert('Project', { name: 'Small', amount: 9, date_starting: '2030-01-01' });
		sandbox.insert('Project', { name: 'Large', amount: 1000000, date_starting: '2030-01-01' });
		const query = 'Project?filters[view_closed]=1&fields[]=amount&limit=200&order=';
		const { records } = await list(`${query}date_starting%20DESC,%20amount`);
		expect(records.slice(0, 2).map(({ name }: { name: string }) => name)).toEqual([
			'Small',
			'Large',
		]);
		expect((await list(`${query}nothing`)).records.length).toBeGreaterThan(0);
		sandbox.variants.unknownOrder = 'error';
		expect((await clientOf(sandbox).get(`/data/${query}nothing`)).status).toBe(500);
	});

	it('marks favourites with "0" when asked', async () => {
		const { records } = await list('Contact?query_favorite=1&limit=4');
		const marks = records.map(({ favorite }: { favorite: string | null }) => favorite);
		expect(marks).toEqual(['0', '0', '0', null]);
		const favorites = await list('Contact?filters[filter_favorites]=1');
		expect(favorites.total_results).toBe(3);
		expect(favorites.records[0].favorite).toBe('0');
	});
});
