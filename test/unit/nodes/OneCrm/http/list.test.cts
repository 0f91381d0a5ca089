import type { IDataObject } from 'n8n-workflow';
import { HttpClient } from '../../../../../nodes/OneCrm/http/client';
import type { ListRequest } from '../../../../../nodes/OneCrm/http/page';
import { fetchList } from '../../../../../nodes/OneCrm/http/paging';
import { FixedWidth, Slots } from '../../../../../nodes/OneCrm/http/slots';
import { type Scripted, ScriptedServer } from './scripted-server.cts';

/** How a server lists its records. */
interface ListServer {
	/** The most that it gives in a page, if need be by its offset. */
	most?: number | ((offset: number) => number);
	/** What it says of the total; the truth unless given. */
	total?: (rows: IDataObject[], page: IDataObject[], offset: number) => unknown;
	/** Whether a record is still there when a page was cut; all are unless given. */
	keeps?: (row: IDataObject) => boolean;
	/** What it answers in place of a page. */
	refuses?: (order: string, offset: number) => number | undefined;
	/** The records at the time of a request, in the order that the server has for it. */
	rows: (order: string, requests: number) => IDataObject[];
}

interface Asked {
	order: string;
	offset: number;
	limit: number;
}

const named = (count: number, first = 1): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({
		id: `id-${String(index + first).padStart(4, '0')}`,
	}));

const fixed = (rows: IDataObject[]) => () => rows;

async function list(
	server: ListServer,
	request: Partial<ListRequest> = {},
	width = 8,
): Promise<{
	ids: unknown[];
	asked: Asked[];
	looseOrders: number;
	error?: Error & { description?: string };
}> {
	const asked: Asked[] = [];
	let looseOrders = 0;
	const scripted = new ScriptedServer((url): Scripted => {
		const order = url.searchParams.get('order') ?? '';
		const [offset, limit] = ['offset', 'limit'].map((name) => Number(url.searchParams.get(name)));
		asked.push({ order, offset, limit });
		const statusCode = server.refuses?.(order, offset);
		if (statusCode !== undefined) return { statusCode, body: '{"message":"No"}' };
		const rows = server.rows(order, asked.length);
		const { most = 200 } = server;
		const size = typeof most === 'number' ? most : most(offset);
		const cut = rows.slice(offset, offset + Math.min(limit, size));
		const records = server.keeps ? cut.filter(server.keeps) : cut;
		const total = server.total ? server.total(rows, records, offset) : rows.length;
		return { body: JSON.stringify({ records, total_results: total }) };
	});
	const client = HttpClient.of(scripted.context, new Slots(new FixedWidth(width)));
	const onLooseOrder = (): number => looseOrders++;
	const whole = {
		path: 'data/Contact',
		limit: Infinity,
		isOfRecords: true,
		onLooseOrder,
		...request,
	};
	return await fetchList(client, whole).then(
		(records) => ({ ids: records.map(({ id }) => id), asked, looseOrders }),
		(error: Error) => ({ ids: [], asked, looseOrders, error }),
	);
}

const ids = (rows: IDataObject[]) => rows.map(({ id }) => id);

describe('a list', () => {
	it('of nothing asks for nothing', async () => {
		for (const limit of [0, -1]) {
			expect(await list({ rows: fixed(named(5)) }, { limit })).toMatchObject({
				ids: [],
				asked: [],
			});
		}
	});

	it('of one page is read with one request, in the order of the server', async () => {
		for (const count of [0, 1, 19]) {
			const { ids: found, asked } = await list({ rows: fixed(named(count)) });
			expect(found).toEqual(ids(named(count)));
			expect(asked).toEqual([{ order: '', offset: 0, limit: 200 }]);
		}
	});

	it.each([
		[19, 1],
		[20, 2],
	])('of %d is read on only if that may be the length of a page', async (count, requests) => {
		const { asked } = await list({ rows: fixed(named(count)), total: (_, page) => page.length });
		expect(asked).toHaveLength(requests);
	});

	it.each([
		[200, ''],
		[201, 'id'],
		[Infinity, 'id'],
	])('that is long is sorted from its first page, if %d are wanted: %j', async (limit, order) => {
		const { asked } = await list({ rows: fixed(named(5)) }, { limit, isLong: true });
		expect(asked[0].order).toBe(order);
	});

	it('asks for no more than is wanted', async () => {
		const rows = fixed(named(450));
		const few = await list({ rows }, { limit: 30 });
		expect(few.ids).toEqual(ids(named(30)));
		expect(few.asked).toEqual([{ order: '', offset: 0, limit: 30 }]);
		const many = await list({ rows }, { limit: 250, isLong: true });
		expect(many.ids).toEqual(ids(named(250)));
		expect(many.asked).toEqual([
			{ order: 'id', offset: 0, limit: 200 },
			{ order: 'id', offset: 200, limit: 50 },
		]);
	});

	it('of several pages is sorted by the id', async () => {
		const rows = fixed(named(450));
		const long = await list({ rows }, { isLong: true });
		expect(long.ids).toEqual(ids(named(450)));
		expect(long.asked).toEqual([
			{ order: 'id', offset: 0, limit: 200 },
			{ order: 'id', offset: 200, limit: 200 },
			{ order: 'id', offset: 400, limit: 200 },
		]);
		const unexpected = await list({ rows });
		expect(unexpected.ids).toEqual(ids(named(450)));
		expect(unexpected.asked.map(({ order }) => order)).toEqual(['', 'id', 'id', 'id']);
		expect(long.looseOrders + unexpected.looseOrders).toBe(0);
	});

	it('has the id as its last sort key, whatever its own is', async () => {
		const { asked } = await list({ rows: fixed(named(5)) }, { query: { order: ' name desc ' } });
		expect(asked).toEqual([{ order: 'name desc, id', offset: 0, limit: 200 }]);
	});

	it('that is none of records is read as it comes', async () => {
		const {
			ids: found,
			asked,
			looseOrders,
		} = await list({ rows: fixed(named(450)) }, { isOfRecords: false, query: { order: 'name' } });
		expect(found).toHaveLength(450);
		expect(asked.map(({ order }) => order)).toEqual(['name', 'name', 'name']);
		expect(looseOrders).toBe(0);
	});

	it('has each record once, but a record twice that a page has twice', async () => {
		const rows = [...named(3), ...named(1)];
		expect((await list({ rows: fixed(rows) })).ids).toEqual(ids(rows));
		const nameless = ['A', 'B', 'A', 'A', 'C', 'A'].map((name) => ({ name }));
		expect((await list({ rows: fixed(nameless) })).ids).toHaveLength(6);
	});

	it('tells entries without an ID apart by what they contain, on every page', async () => {
		const nameless = Array.from({ length: 450 }, (_, index) => ({ name: `Name ${index}` }));
		const { ids: found } = await list({ rows: fixed(nameless) }, { isOfRecords: false });
		expect(found).toHaveLength(450);
	});

	it('has a record once that changes between two readings', async () => {
		const rows = named(450);
		const changing = (_: string, requests: number) =>
			requests > 2 ? rows.slice(1).map((row) => ({ ...row, name: 'New' })) : rows;
		const { ids: found, asked } = await list({ rows: changing }, { isLong: true }, 1);
		expect(found).toEqual(ids(rows));
		expect(asked.length).toBeGreaterThan(3);
	});

	it('ends where it is told to, page by page', async () => {
		const stopAt = () => (record: IDataObject) => record.id === 'id-0250';
		const { ids: found, asked } = await list({ rows: fixed(named(900)) }, { stopAt, isLong: true });
		expect(found).toEqual(ids(named(249)));
		expect(asked.map(({ offset }) => offset)).toEqual([0, 200]);
	});
});

describe('a server with shorter pages', () => {
	it.each([1, 7, 50, 199])('of %d gives all', async (most) => {
		const count = 3 * most + 2;
		const { ids: found, asked } = await list({ rows: fixed(named(count)), most }, { isLong: true });
		expect(found).toEqual(ids(named(count)));
		expect(asked.length).toBeLessThanOrEqual(6);
	});
});

describe('a server with pages of several lengths', () => {
	const rows = named(900);

	it('is asked for what a short page leaves open', async () => {
		const most = (offset: number) => (offset === 200 ? 150 : 200);
		for (const limit of [Infinity, 800]) {
			const { ids: found, asked } = await list(
				{ rows: fixed(rows), most },
				{ isLong: true, limit },
			);
			expect(found).toEqual(ids(rows.slice(0, limit)));
			expect(asked).toContainEqual({ order: 'id', offset: 350, limit: 50 });
			expect(asked.filter(({ offset }) => offset === 0)).toHaveLength(1);
		}
	});

	it('may have longer ones than the first', async () => {
		const most = (offset: number) => (offset === 0 ? 50 : 200);
		const { ids: found, asked } = await list({ rows: fixed(rows), most }, { isLong: true });
		expect(found).toEqual(ids(rows));
		expect(asked.length).toBeLessThan(40);
	});

	it('is not asked for more pages once one was empty', async () => {
		const { error, asked } = await list(
			{ rows: fixed(rows), total: () => 100_000 },
			{ isLong: true },
			1,
		);
		expect(error?.message).toBe(
			'1CRM says that this list has 100000 records, but returned only 900',
		);
		expect(asked.length).toBeLessThan(60);
	});
});

describe('a server that refuses to sort by the id', () => {
	const refuses = (order: string) => (order.endsWith('id') ? 400 : undefined);

	it('gives all in its own order, and the caller is told', async () => {
		const several = await list({ rows: fixed(named(450)), refuses }, { isLong: true });
		expect(several.ids).toEqual(ids(named(450)));
		expect(several.asked.map(({ order }) => order)).toEqual(['id', '', '', '']);
		expect(several.looseOrders).toBeGreaterThan(0);
		const one = await list({ rows: fixed(named(5)), refuses }, { query: { order: 'name' } });
		expect(one.asked.map(({ order }) => order)).toEqual(['name, id', 'name']);
		expect(one.looseOrders).toBe(0);
	});

	it('is told what it said first, if it refuses everything', async () => {
		const { error, asked } = await list(
			{ rows: fixed([]), refuses: (order) => (order === '' ? 403 : 400) },
			{ isLong: true },
		);
		expect(error).toMatchObject({ message: 'No', httpCode: '400' });
		expect(asked).toHaveLength(2);
	});

	it('has to have refused the first page, with a status that may mean it', async () => {
		const later = await list(
			{ rows: fixed(named(450)), refuses: (_, offset) => (offset === 200 ? 400 : undefined) },
			{ isLong: true },
		);
		expect(later.error).toMatchObject({ httpCode: '400' });
		expect(later.asked.every(({ order }) => order === 'id')).toBe(true);
		const forbidden = await list({ rows: fixed([]), refuses: () => 403 }, { isLong: true });
		expect(forbidden.error).toMatchObject({ httpCode: '403' });
		expect(forbidden.asked).toHaveLength(1);
	});

	it('may let records tie, which then come in another order for each page', async () => {
		const rows = named(450);
		const turned = (_: string, requests: number) =>
			requests % 2 === 0 ? [...rows].reverse() : rows;
		const { ids: found } = await list({ rows: turned, refuses }, { isLong: true }, 1);
		expect([...found].sort()).toEqual(ids(rows));
	});
});

describe('a total that is wrong', () => {
	it.each<[string, NonNullable<ListServer['total']>]>([
		['missing', () => undefined],
		['that of the page', (_, page) => page.length],
		['less than the page', () => 1],
		['that of the first page', (rows) => Math.min(200, rows.length)],
		['too large', (rows) => rows.length],
	])('because it is %s hides no record', async (_, total) => {
		const { ids: found } = await list({ rows: fixed(named(450)), total }, { isLong: true });
		expect(found).toEqual(ids(named(450)));
	});

	it('because only the first page has one hides no record', async () => {
		const total: ListServer['total'] = (rows, _, offset) =>
			offset === 0 ? rows.length : undefined;
		const { ids: found } = await list({ rows: fixed(named(900)), total }, { isLong: true });
		expect(found).toEqual(ids(named(900)));
	});

	it('because it gets smaller than the records that came hides no record', async () => {
		const total: ListServer['total'] = (rows, _, offset) => (offset === 0 ? rows.length : 300);
		const { ids: found } = await list({ rows: fixed(named(900)), total }, { isLong: true });
		expect(found).toEqual(ids(named(900)));
	});

	it('and stays too large is told with both numbers, after three readings', async () => {
		const { error, asked } = await list({ rows: fixed(named(5)), total: () => 9 });
		expect(error).toMatchObject({
			message: '1CRM says that this list has 9 records, but returned only 5',
			description: expect.stringMatching(/^Try again later\..*'Sort Field'/),
		});
		expect(asked.filter(({ offset }) => offset === 0).length).toBeLessThanOrEqual(5);
	});

	it('does not matter beyond what is wanted', async () => {
		const { ids: found } = await list({ rows: fixed(named(5)), total: () => 9 }, { limit: 5 });
		expect(found).toEqual(ids(named(5)));
	});
});

describe('a server that drops records after it has cut a page', () => {
	/** The records from this one on are there, but take their places from all. */
	const dropping = (first: number, count: number): ListServer => ({
		rows: fixed(named(count)),
		keeps: ({ id }) => String(id) >= `id-${String(first).padStart(4, '0')}`,
		total: () => count - first + 1,
	});

	it.each([201, 301, 401, 601])(
		'may have empty pages first, up to three: from %d on',
		async (first) => {
			const { ids: found } = await list(dropping(first, 900), { isLong: true });
			expect(found).toEqual(ids(named(900 - first + 1, first)));
		},
	);

	it('is told what is missing behind more empty pages', async () => {
		const { error, asked } = await list(dropping(801, 900), { isLong: true });
		expect(error?.message).toBe('1CRM says that this list has 100 records, but returned only 0');
		expect(asked.length).toBeLessThan(30);
	});
});

it('the same page for each offset is told, however many there may be', async () => {
	const rows = named(200);
	const scripted: ListServer = {
		rows: () => Array.from({ length: 100 }, () => rows).flat(),
		total: () => undefined,
	};
	const { error, asked } = await list(scripted, { isLong: true });
	expect(error).toMatchObject({
		message: '1CRM returned the same 200 records for each page of this list',
		description: expect.stringContaining('filters that make the list shorter'),
	});
	expect(asked.length).toBeLessThan(5);
});

describe('a list that changes while it is read', () => {
	it('loses no record if one before was deleted', async () => {
		const rows = named(450);
		const shrinking = (_: string, requests: number) => (requests > 1 ? rows.slice(1) : rows);
		const { ids: found } = await list({ rows: shrinking }, { isLong: true }, 1);
		expect(found).toEqual(ids(rows));
	});

	it('is read again if its total has become less', async () => {
		const rows = named(900);
		const shrinking = (_: string, requests: number) => (requests > 2 ? rows.slice(1) : rows);
		const { ids: found, asked } = await list({ rows: shrinking }, { isLong: true }, 1);
		expect(found).toEqual(ids(rows));
		expect(asked.filter(({ offset }) => offset === 0)).toHaveLength(2);
	});

	it('need not have what was added meanwhile', async () => {
		const rows = named(450);
		const growing = (_: string, requests: number) =>
			requests > 1 ? [...named(1, 0), ...rows] : rows;
		const { ids: found } = await list({ rows: growing }, { isLong: true }, 1);
		expect(ids(rows).filter((id) => !found.includes(id))).toEqual([]);
		expect(new Set(found).size).toBe(found.length);
	});

	it('is not read without end if it shrinks each time', async () => {
		const rows = named(5000);
		const shrinking = (_: string, requests: number) => rows.slice(requests);
		const { ids: found, asked } = await list(
			{ rows: shrinking, most: 20 },
			{ isLong: true, limit: 100 },
			1,
		);
		expect(found).toHaveLength(100);
		expect(asked.length).toBeLessThan(200);
	});
});
