import type { INodeParameters } from 'n8n-workflow';
import type { Variants } from '../../sandbox/variants.cts';
import { until } from '../../support/until.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox({ perTest: true });

/** Stores so many accounts, and returns their ids. `name` is what they are sorted by. */
function fill(count: number, name: (index: number) => string = () => 'Same'): string[] {
	return Array.from({ length: count }, (_, index) =>
		sandbox.insert('Account', { name: name(index) }),
	);
}

const numbered = (index: number) => `Name ${String(index).padStart(5, '0')}`;

const search = (options: INodeParameters = {}, rest: INodeParameters = {}): INodeParameters => ({
	resource: 'record',
	operation: 'search',
	module: 'Account',
	returnAll: true,
	options,
	...rest,
});
const sorted = search({ sortField: 'name' });

async function idsOf(parameters: INodeParameters): Promise<string[]> {
	return (await engine.items(parameters)).map(({ id }) => String(id));
}

/** Nothing but all of them, each once, is a success. */
async function expectWhole(parameters: INodeParameters, ids: string[]): Promise<void> {
	const found = await idsOf(parameters);
	expect(found).toHaveLength(ids.length);
	expect(new Set(found)).toEqual(new Set(ids));
}

/** Contacts of these names, linked to one account, and how to list them. */
async function linkContacts(names: string[]): Promise<{ related: INodeParameters; ids: string[] }> {
	const recordId = sandbox.insert('Account', { name: 'Berg' });
	const ids = names.map((last_name) => sandbox.insert('Contact', { last_name }));
	const link = { resource: 'relatedRecord', module: 'Account', recordId, link: 'contacts' };
	await engine.items({ ...link, operation: 'add', relatedIds: ids.join(',') });
	return { related: { ...link, operation: 'getAll', returnAll: true }, ids };
}

const SHORT = /^1CRM says that this list has (\d+) records, but returned only (\d+)/;

describe('Records that tie', () => {
	it.each([
		[3, 2],
		[450, 200],
		[1000, 200],
		[1000, 50],
	])('%i in pages of %i are all returned', async (count, maxPageSize) => {
		sandbox.variants.maxPageSize = maxPageSize;
		await expectWhole(sorted, fill(count));
	});

	it.each<[string, INodeParameters]>([
		['sorted down', search({ sortField: 'name', sortDirection: 'DESC' })],
		['sorted by a field that is empty', search({ sortField: 'website' })],
		['not sorted', search()],
	])('%s are all returned', async (_what, parameters) => {
		await expectWhole(parameters, fill(1000));
	});

	it('in part come in the order asked for', async () => {
		sandbox.variants.maxPageSize = 50;
		fill(600, (index) => numbered(Math.floor(index / 90)));
		const names = (await engine.items(sorted)).map(({ name }) => String(name));
		expect(names).toEqual([...names].sort());
		expect(names).toHaveLength(600);
	});

	it.each([250, 550])('come as far as a limit of %i, each once', async (limit) => {
		fill(1000);
		const found = await idsOf({ ...sorted, returnAll: false, limit });
		expect(new Set(found).size).toBe(limit);
	});

	it.each([1, 3, 8])('are all returned with %i requests at a time', async (parallelRequests) => {
		sandbox.variants.maxPageSize = 50;
		await expectWhole(search({ sortField: 'name', parallelRequests }), fill(700));
	});

	it.each(['error', 'ignored'] as const)(
		'are all returned by a server that does not sort by the ID (%s)',
		async (sortingById) => {
			sandbox.variants.sortingById = sortingById;
			await expectWhole(sorted, fill(500));
		},
	);

	it.each(['error', 'ignored'] as const)(
		'and are not sorted are all returned by a server that does not sort by the ID (%s)',
		async (sortingById) => {
			sandbox.variants.sortingById = sortingById;
			await expectWhole(search(), fill(500));
		},
	);

	it('behind a link are all returned', async () => {
		const names = Array.from({ length: 450 }, () => 'Berg');
		const { related, ids } = await linkContacts(names);
		await expectWhole(related, ids);
	});

	it('are all returned by a call that fetches pages', async () => {
		const ids = fill(450);
		const call = {
			resource: 'api',
			operation: 'call',
			url: 'data/Account',
			fetchPages: true,
			returnAll: true,
		};
		await expectWhole(call, ids);
	});
});

describe('Modified After', () => {
	const changed = (modifiedAfter: string) => search({ modifiedAfter });

	/** As a mass update leaves them, with older ones behind. */
	function fillChanged(count: number): string[] {
		for (let index = 0; index < 300; index++) {
			sandbox.insert('Account', { name: 'Old', date_modified: '2026-01-01 00:00:00' });
		}
		return Array.from({ length: count }, () =>
			sandbox.insert('Account', { name: 'New', date_modified: '2026-03-01 08:00:00' }),
		);
	}

	it.each([
		[600, 200],
		[600, 50],
		[201, 200],
	])('returns %i that changed in one second, in pages of %i', async (count, maxPageSize) => {
		sandbox.variants.maxPageSize = maxPageSize;
		await expectWhole(changed('2026-02-01'), fillChanged(count));
	});

	it.each(['error', 'ignored'] as const)(
		'returns those of a server that does not sort by the ID (%s)',
		async (sortingById) => {
			sandbox.variants.sortingById = sortingById;
			await expectWhole(changed('2026-02-01'), fillChanged(350));
		},
	);
});

describe('A total', () => {
	it.each<[Variants['total'], number, number]>([
		['page', 950, 200],
		['page', 950, 50],
		['page', 400, 200],
		['zero', 950, 200],
		['zero', 30, 20],
		['emptyText', 950, 200],
		['emptyText', 401, 100],
		['null', 950, 200],
		['missing', 950, 200],
		['missing', 950, 50],
	])('that is "%s" ends no list of %i in pages of %i', async (total, count, maxPageSize) => {
		Object.assign(sandbox.variants, { total, maxPageSize });
		await expectWhole(sorted, fill(count, numbered));
	});

	it.each<Variants['total']>(['page', 'zero', 'emptyText', 'null', 'missing'])(
		'that is "%s" ends no limit early',
		async (total) => {
			sandbox.variants.total = total;
			fill(950, numbered);
			expect(await idsOf({ ...sorted, returnAll: false, limit: 700 })).toHaveLength(700);
		},
	);

	it.each<Variants['total']>(['all', 'page', 'zero', 'emptyText', 'null', 'missing'])(
		'that is "%s" makes nothing of nothing',
		async (total) => {
			sandbox.variants.total = total;
			expect(await idsOf(sorted)).toEqual([]);
		},
	);

	it('costs a short list no second request', async () => {
		fill(15, numbered);
		await idsOf(sorted);
		expect(workOf(sandbox)).toHaveLength(1);
	});
});

describe('A server that always gives the first page', () => {
	beforeEach(() => {
		sandbox.variants.offset = 'ignored';
	});

	it('ends in an error that says how much there is, and how much came', async () => {
		fill(950, numbered);
		const error = await engine.failure(sorted);
		expect(SHORT.exec(error.message)?.slice(1)).toEqual(['950', '200']);
	});

	it('ends in an error that says how much came, if it does not say how much there is', async () => {
		sandbox.variants.total = 'missing';
		fill(950, numbered);
		const error = await engine.failure(sorted);
		expect(error.message).toBe('1CRM returned the same 200 records for each page of this list');
	});

	it('has returned everything if that is everything', async () => {
		await expectWhole(sorted, fill(120, numbered));
	});

	it('is enough for a limit of one page', async () => {
		fill(950, numbered);
		expect(await idsOf({ ...sorted, returnAll: false, limit: 150 })).toHaveLength(150);
	});
});

describe('Rows that the server drops from a page', () => {
	it('leave the other pages as long as they are', async () => {
		sandbox.variants.total = 'visible';
		const ids = fill(1000, numbered);
		sandbox.variants.hiddenFromPages = ids.slice(3, 200);
		await expectWhole(sorted, [...ids.slice(0, 3), ...ids.slice(200)]);
		expect(workOf(sandbox).length).toBeLessThan(30);
	});

	it.each([
		[200, 400],
		[0, 200],
		[150, 450],
	])('from %i to %i do not end the list', async (first, end) => {
		sandbox.variants.total = 'visible';
		const ids = fill(700, numbered);
		sandbox.variants.hiddenFromPages = ids.slice(first, end);
		await expectWhole(sorted, [...ids.slice(0, first), ...ids.slice(end)]);
	});

	it.each([7, 50])('here and there, in pages of %i, lose no other', async (maxPageSize) => {
		Object.assign(sandbox.variants, { total: 'visible', maxPageSize });
		const ids = fill(300, numbered);
		sandbox.variants.hiddenFromPages = ids.filter((_, index) => index % 5 === 0);
		await expectWhole(
			sorted,
			ids.filter((_, index) => index % 5 !== 0),
		);
	});

	it('that the total counts end in an error with both numbers', async () => {
		const ids = fill(600, numbered);
		sandbox.variants.hiddenFromPages = ids.slice(200, 250);
		const { error, items } = await engine.run(sorted);
		expect(error?.message).toMatch(SHORT);
		expect(SHORT.exec(error?.message ?? '')?.slice(1)).toEqual(['600', '550']);
		expect(items).toEqual([]);
	});
});

describe('A record that is linked twice', () => {
	it.each([2, 3, 200])('is returned twice, in pages of %i', async (maxPageSize) => {
		sandbox.variants.maxPageSize = maxPageSize;
		const { related, ids } = await linkContacts(['A', 'B', 'C']);
		sandbox.variants.linkedTwice = [ids[1]];
		const found = await idsOf(related);
		expect([...found].sort()).toEqual([...ids, ids[1]].sort());
	});
});

describe('While pages are read', () => {
	/** Lists records, some of which are deleted when the first page has been answered and before any other is. */
	async function idsWhileDeleting(parameters: INodeParameters, ids: string[]): Promise<string[]> {
		await engine.items({ ...parameters, returnAll: false, limit: 1 });
		sandbox.hold({ path: /^\/data\/Account$/, after: 1 });
		const running = idsOf(parameters);
		await until(() => sandbox.held > 0);
		for (const id of ids) sandbox.delete('Account', id);
		sandbox.release();
		return await running;
	}

	it.each([1, 5, 60])('%i deletions in front hide no other record', async (count) => {
		const ids = fill(700, numbered);
		const found = await idsWhileDeleting(sorted, ids.slice(0, count));
		expect(ids.slice(count).filter((id) => !found.includes(id))).toEqual([]);
		expect(new Set(found).size).toBe(found.length);
	});

	it('a deletion behind is no failure', async () => {
		const ids = fill(700, numbered);
		const found = await idsWhileDeleting(sorted, ids.slice(690));
		expect(found).toEqual(ids.slice(0, 690));
	});

	it('a deletion in front hides none of those that changed after a moment', async () => {
		sandbox.variants.maxPageSize = 50;
		const ids = Array.from({ length: 200 }, (_, index) => {
			const second = String(59 - Math.floor(index / 4)).padStart(2, '0');
			return sandbox.insert('Account', {
				name: 'New',
				date_modified: `2026-03-01 08:00:${second}`,
			});
		});
		const found = await idsWhileDeleting(search({ modifiedAfter: '2026-02-01' }), ids.slice(0, 3));
		expect(ids.slice(3).filter((id) => !found.includes(id))).toEqual([]);
	});
});

describe('A page', () => {
	it.each([5, 450])('that is a map with gaps is a list, of %i', async (count) => {
		sandbox.variants.recordsShape = 'map';
		const ids = fill(count, numbered);
		expect(await idsOf(sorted)).toEqual(ids);
	});

	it.each<[string, unknown]>([
		['an error', { records: [], error: { message: 'No access' } }],
		['a text as an error', { records: [], error: 'No access' }],
		['a list of errors', { records: [], total_results: 0, errors: ['No access'] }],
		['a message alone', { records: [], message: 'No access' }],
		['rows and an error', { records: [{ id: '1' }], error: { message: 'No access' } }],
		['an error under a code', { records: [], error: { code: 7, message: 'No access' } }],
	])('with %s is no empty success', async (_what, body) => {
		await engine.items({ ...sorted, returnAll: false, limit: 1 });
		sandbox.failNext({ kind: 'status', status: 200, body }, { path: /^\/data\/Account$/ });
		expect((await engine.failure(sorted)).message).toBe('No access');
	});

	it.each([
		{ records: [], error: true },
		{ records: [], error: { code: 7 } },
		{ records: [], errors: [7] },
		{ records: [], success: false },
		{ records: [], status: 'error' },
		{ records: [{ id: '1' }], error: 1 },
	])('with an error without words is no success: %j', async (body) => {
		await engine.items({ ...sorted, returnAll: false, limit: 1 });
		sandbox.failNext({ kind: 'status', status: 200, body }, { path: /^\/data\/Account$/ });
		await engine.failure(sorted);
	});

	it.each([
		{ records: [], error: null },
		{ records: [], error: false },
		{ records: [], error: 0 },
		{ records: [], error: '' },
		{ records: [], error: [] },
	])('with an error that is none is a success: %j', async (body) => {
		await engine.items({ ...sorted, returnAll: false, limit: 1 });
		sandbox.failNext({ kind: 'status', status: 200, body }, { path: /^\/data\/Account$/ });
		expect(await engine.items(sorted)).toEqual([]);
	});
});
