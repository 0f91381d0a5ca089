import type { IDataObject } from 'n8n-workflow';
import { ConditionChecks, NO_CHECKS } from '../../../../../nodes/OneCrm/crm/conditionChecks';
import { countRecords } from '../../../../../nodes/OneCrm/crm/count';
import { encodeConditions, filtersOf } from '../../../../../nodes/OneCrm/crm/filters';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import { clientWith } from './scripted-client.cts';

const column = { type: 'varchar', source: { type: 'db' } };
const metadata = readMetadata({
	fields: { id: { ...column, type: 'id' }, name: column, city: column },
	filters: { name: {}, city: {} },
});
const encoded = encodeConditions(
	'Account',
	metadata,
	['name', 'city'].map((filter) => ({ filter, operator: 'prefix', value: 'B' })),
	'UTC',
);
const checks = new ConditionChecks('Account', metadata, encoded);
const NAME = { name: 'B', 'name-operator': 'prefix' };
const CITY = { city: 'B', 'city-operator': 'prefix' };

interface Server {
	/** How many records it has. */
	count: number;
	/** What it says instead. */
	total?: (index: number) => unknown;
	/** How many records it has without one of the filters. */
	unfiltered?: number;
	city?: (index: number) => string;
}

async function counted(
	{ count, total = () => count, unfiltered = count + 1, city = () => 'Bonn' }: Server,
	{ isFiltered = false } = {},
) {
	const { crm, sent } = clientWith(({ query = {} }, index) => {
		const isPartly = isFiltered && Object.keys(query.filters as object).length < 4;
		const there = isPartly ? unfiltered : count;
		const [offset, limit] = [Number(query.offset), Number(query.limit)];
		const records = Array.from(
			{ length: Math.min(limit, Math.max(0, there - offset)) },
			(_, at) => {
				const id = String(offset + at);
				const all: IDataObject = { id, name: 'Berg', city: city(offset + at) };
				return Object.fromEntries((query.fields as string[]).map((name) => [name, all[name]]));
			},
		);
		return { records, total_results: (isPartly ? unfiltered : total(index)) as string };
	});
	const query = { filter_text: 'x', filters: isFiltered ? filtersOf(encoded) : {} };
	const found = await countRecords(crm.http, isFiltered ? checks : NO_CHECKS, {
		path: 'data/Account',
		query,
	});
	const asked = sent.map(({ query: { offset, limit } = {} }) => [offset, limit]);
	return { found, asked, sent };
}

describe('A count', () => {
	it('is the total that the end of the list confirms', async () => {
		const { found, asked, sent } = await counted({ count: 950 });
		expect(found).toBe(950);
		expect(asked).toEqual([
			[0, 1],
			[949, 2],
		]);
		expect(sent[0].query).toMatchObject({ filter_text: 'x', filters: {}, fields: ['id'] });
	});

	it('of nothing takes one request', async () => {
		const { found, asked } = await counted({ count: 0 });
		expect([found, asked]).toEqual([0, [[0, 1]]]);
	});

	it.each([1, 2, 3])('is right for %d records', async (count) => {
		expect((await counted({ count })).found).toBe(count);
	});

	it.each<[string, (index: number) => unknown]>([
		['is not told', () => undefined],
		['is less than what is there', () => 2],
		['is that of the page', (index) => (index === 0 ? 1 : 2)],
		['is none', () => 0],
		['is more than what is there', (index) => (index < 2 ? 4 : 3)],
		['changes each time', (index) => (index < 4 ? 3 + (index % 2) : 3)],
	])('comes from the list itself if the total %s', async (_what, total) => {
		const { found, asked } = await counted({ count: 3, total });
		expect(found).toBe(3);
		expect(asked).toContainEqual([0, 200]);
	});

	it('of nothing without a total is not looked for at the end of the list', async () => {
		const { found, asked } = await counted({ count: 0, total: () => undefined });
		expect(found).toBe(0);
		expect(asked[1]).toEqual([0, 200]);
	});

	it('is the total that the third look confirms', async () => {
		const { found, asked } = await counted({
			count: 950,
			total: (index) => [948, 949, 950, 950][index],
		});
		expect(found).toBe(950);
		expect(asked.map(([offset]) => offset)).toEqual([0, 947, 948, 949]);
	});

	it('takes another look at a list that became shorter meanwhile', async () => {
		const { found, asked } = await counted({
			count: 940,
			total: (index) => (index === 0 ? 950 : 940),
		});
		expect(found).toBe(940);
		expect(asked.map(([offset]) => offset)).toEqual([0, 949, 939]);
	});

	it('needs no fourth look', async () => {
		const { asked } = await counted({
			count: 950,
			total: (index) => [946, 947, 948, 949][index] ?? 950,
		});
		expect(asked.slice(0, 5).map(([offset]) => offset)).toEqual([0, 945, 946, 947, 0]);
	});
});

describe('A count with conditions', () => {
	it('of one page is checked on all of its records', async () => {
		const { found, asked, sent } = await counted({ count: 200 }, { isFiltered: true });
		expect(found).toBe(200);
		expect(asked).toEqual([
			[0, 200],
			[199, 2],
		]);
		expect(sent[0].query).toMatchObject({
			filters: { ...NAME, ...CITY },
			fields: ['id', 'name', 'city'],
		});
	});

	it('of more is believed if each of them leaves out records', async () => {
		const { found, sent } = await counted({ count: 201 }, { isFiltered: true });
		expect(found).toBe(201);
		expect(sent.slice(2).map(({ query }) => query)).toEqual([
			{ filter_text: 'x', filters: CITY, fields: ['id'], offset: 0, limit: 1 },
			{ filter_text: 'x', filters: NAME, fields: ['id'], offset: 0, limit: 1 },
		]);
	});

	it('comes from the list itself if one of them may leave out nothing', async () => {
		const server = { count: 201, unfiltered: 201 };
		const { found, sent } = await counted(server, { isFiltered: true });
		expect(found).toBe(201);
		expect(sent[3].query).toMatchObject({
			filters: { ...NAME, ...CITY },
			fields: ['id', 'name', 'city'],
			order: 'id',
			offset: 0,
			limit: 200,
		});
	});

	it.each([0, 199])('fails if the record %d of the first page does not meet them', async (bad) => {
		const city = (index: number) => (index === bad ? 'Graz' : 'Bonn');
		const { found } = await counted({ count: 300 }, { isFiltered: true });
		expect(found).toBe(300);
		await expect(counted({ count: 300, city }, { isFiltered: true })).rejects.toThrow(
			`returned Account "${bad}"`,
		);
	});

	it('fails if the last record does not meet them', async () => {
		const city = (index: number) => (index === 299 ? 'Graz' : 'Bonn');
		await expect(counted({ count: 300, city }, { isFiltered: true })).rejects.toThrow(
			'returned Account "299"',
		);
	});

	it('fails if any record does not meet them, once the list is read', async () => {
		const city = (index: number) => (index === 250 ? 'Graz' : 'Bonn');
		const server = { count: 300, unfiltered: 300, city };
		await expect(counted(server, { isFiltered: true })).rejects.toThrow('returned Account "250"');
	});
});
