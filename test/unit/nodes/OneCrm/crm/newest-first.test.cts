import type { IDataObject } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { secondAfter } from '../../../../../nodes/OneCrm/crm/moment';
import { changedAt, readRecent } from '../../../../../nodes/OneCrm/crm/newestFirst';
import { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import type { CrmRequest } from '../../../../../nodes/OneCrm/http/types';
import { node } from '../http/node.cts';
import { clientWith } from './scripted-client.cts';

const NOW = '2026-07-14 09:30:00';
const FROM = '2026-07-14 08:00:00';
const LONG_AGO = '2026-01-01 00:00:00';

interface Row extends IDataObject {
	id: string;
	date_modified: string;
}

const row = (id: string, secondsAgo: number): Row => ({
	id,
	date_modified: secondAfter(NOW, secondsAgo * -1000),
});
const numbered = (index: number) => `r${String(index).padStart(4, '0')}`;
/** Records of which each was changed a second before the one before it. */
const rows = (count: number) =>
	Array.from({ length: count }, (_, index) => row(numbered(index), index));
/** Records that were changed in one second. */
const tied = (count: number, secondsAgo = 0, first = 0) =>
	Array.from({ length: count }, (_, index) => row(numbered(first + index), secondsAgo));

interface Habits {
	largestPage?: number;
	hasTotal?: boolean;
	/** Arranges the records that tie, which are in the order of their ids, for this request. */
	arrange?: (records: Row[], request: number) => Row[];
	/** What happens before this request is answered. */
	before?: (records: Row[], request: number) => Row[] | undefined;
}

/** A server with these records. */
function serverWith(stored: Row[], habits: Habits = {}) {
	const { largestPage = 200, hasTotal = true, arrange, before } = habits;
	let records = [...stored];
	return clientWith(({ query = {} }, index) => {
		records = before?.(records, index) ?? records;
		const offset = Number(query.offset);
		const sorted = [...records].sort(
			(one, other) =>
				other.date_modified.localeCompare(one.date_modified) || one.id.localeCompare(other.id),
		);
		const listed = arrange?.(sorted, index) ?? sorted;
		return {
			records: listed.slice(offset, offset + Math.min(Number(query.limit), largestPage)),
			...(hasTotal && { total_results: listed.length }),
		};
	});
}

const LIST = { path: 'data/Lead', query: { fields: ['id'] } };
const read = async ({ crm }: ReturnType<typeof clientWith>, from = FROM) =>
	await readRecent(crm.http, LIST, from);
const idsOf = async (server: ReturnType<typeof clientWith>, from = FROM) =>
	[...(await read(server, from)).records.keys()].sort();
const offsetsOf = ({ sent }: { sent: CrmRequest[] }) => sent.map(({ query }) => query?.offset);
const namesOf = (records: Row[]) => records.map(({ id }) => id).sort();

const UNREADABLE =
	'The records change faster than they can be read, or the server returns the same ones for each page';

describe('reading the newest records', () => {
	it('asks for them with the id as the last sort key, in one page if they fit', async () => {
		const server = serverWith([...rows(3), row('old', 6000)]);
		const { records } = await read(server);
		expect([...records.values()]).toStrictEqual(rows(3));
		expect(server.sent).toEqual([
			{
				method: 'GET',
				path: 'data/Lead',
				query: { fields: ['id'], order: 'date_modified DESC, id', offset: 0, limit: 200 },
			},
		]);
	});

	it('takes a record of the very second from which it reads, and none before it', async () => {
		const from = secondAfter(NOW, -1000);
		expect(await idsOf(serverWith(rows(3)), from)).toStrictEqual(['r0000', 'r0001']);
	});

	it('finds none where the newest is older', async () => {
		const server = serverWith([row('old', 6000), row('older', 7000)]);
		expect(await idsOf(server)).toStrictEqual([]);
		expect(server.sent).toHaveLength(1);
	});

	it('says when the records of the first page were changed, and when it was read', async () => {
		const began = Date.now();
		const recent = await read(serverWith(rows(5), { largestPage: 3 }));
		expect(recent.firstTimes).toStrictEqual(rows(3).map(({ date_modified }) => date_modified));
		expect(recent.readAt).toBeGreaterThanOrEqual(began);
		expect(recent.readAt).toBeLessThanOrEqual(Date.now());
	});

	it('begins each page with the last record of the page before', async () => {
		const server = serverWith([...rows(40), row('old', 6000)], { largestPage: 20 });
		expect(await idsOf(server)).toStrictEqual(namesOf(rows(40)));
		expect(offsetsOf(server)).toStrictEqual([0, 19, 38]);
	});

	it('ends with the list, if no record is old enough', async () => {
		const server = serverWith(rows(30), { largestPage: 20 });
		expect(await idsOf(server, LONG_AGO)).toStrictEqual(namesOf(rows(30)));
		expect(offsetsOf(server)).toStrictEqual([0, 19, 29, 30]);
	});

	it('does not believe one empty page if the server has no total', async () => {
		const server = serverWith(rows(2), { hasTotal: false });
		expect(await idsOf(server, LONG_AGO)).toStrictEqual(namesOf(rows(2)));
		expect(offsetsOf(server)).toStrictEqual([0, 1, 2, 202, 402, 602]);
	});

	it('asks three times for an empty list without a total, and once for one with it', async () => {
		const silent = serverWith([], { hasTotal: false });
		const clear = serverWith([]);
		expect(await idsOf(silent)).toStrictEqual([]);
		expect(await idsOf(clear)).toStrictEqual([]);
		expect(offsetsOf(silent)).toStrictEqual([0, 200, 400]);
		expect(offsetsOf(clear)).toStrictEqual([0]);
	});

	it('reads on behind a page that is empty although the list is longer', async () => {
		const server = clientWith(({ query }, index) => ({
			records: index === 1 ? [] : rows(40).slice(Number(query?.offset)).slice(0, 20),
			total_results: 40,
		}));
		await expect(read(server, LONG_AGO)).resolves.toBeDefined();
		expect(offsetsOf(server).slice(0, 3)).toStrictEqual([0, 19, 219]);
	});

	it('reads on behind a total that counts each page alone', async () => {
		const stored = rows(60);
		const server = clientWith(({ query = {} }) => {
			const offset = Number(query.offset);
			const records = stored.slice(offset, offset + 20);
			return { records, total_results: records.length };
		});
		expect(await idsOf(server, LONG_AGO)).toStrictEqual(namesOf(stored));
	});
});

describe('while others change the list,', () => {
	it('a record that moves to the front, unseen, is left to the next run', async () => {
		const server = serverWith(rows(40), {
			largestPage: 20,
			before: (records, request) =>
				request === 1
					? records.map((record) =>
							record.id === 'r0030' ? { ...record, ...row('r0030', -5) } : record,
						)
					: undefined,
		});
		const { records } = await read(server, LONG_AGO);
		expect([...records.keys()]).not.toContain('r0030');
		expect(records.size).toBe(39);
	});

	it('a state that comes later in the list does not replace a newer one', async () => {
		const [newest, older] = [row('r0000', 0), row('r0000', 25)];
		const pages = [
			[newest, ...rows(20).slice(1)],
			[row('r0019', 19), row('r0020', 20), older, row('old', 6000)],
		];
		const server = clientWith((_, index) => ({ records: pages[index], total_results: 22 }));
		const { records } = await read(server);
		expect(records.get('r0000')).toBe(newest);
		expect(records.size).toBe(21);
	});

	it('a state that is as new replaces the one before', async () => {
		const pages = [
			rows(20),
			[{ ...row('r0019', 19), title: 'Head' }, row('r0020', 20), row('old', 6000)],
		];
		const server = clientWith((_, index) => ({ records: pages[index], total_results: 22 }));
		expect((await read(server)).records.get('r0019')).toMatchObject({ title: 'Head' });
	});

	it('those that a deletion moves across the border of pages are found further up', async () => {
		const server = serverWith([...rows(60), row('old', 6000)], {
			largestPage: 21,
			before: (records, request) => (request === 1 ? records.slice(5) : undefined),
		});
		expect(await idsOf(server)).toStrictEqual(namesOf(rows(60)));
		expect(offsetsOf(server)).toStrictEqual([0, 20, 10, 30, 50]);
	});

	it('it looks further up with each step, to the first page if need be', async () => {
		const server = serverWith([...rows(100), row('old', 6000)], {
			largestPage: 21,
			before: (records, request) => (request === 3 ? records.slice(25) : undefined),
		});
		expect(await idsOf(server)).toStrictEqual(namesOf(rows(100)));
		expect(offsetsOf(server)).toStrictEqual([0, 20, 40, 60, 50, 30, 50, 70]);
	});

	it.each<[string, Row[], Row[]]>([
		['were changed later', rows(40), tied(30, -10, 100)],
		['were changed in the same second', tied(40, 0, 100), tied(30)],
	])(
		'those that move in from the front and %s do not keep pages apart',
		async (_, stored, moved) => {
			const server = serverWith([...stored, row('old', 6000)], {
				largestPage: 20,
				before: (records, request) => (request === 1 ? [...records, ...moved] : undefined),
			});
			expect(await idsOf(server)).toStrictEqual(expect.arrayContaining(namesOf(stored)));
			expect(offsetsOf(server)).toStrictEqual([0, 19, 38, 57]);
		},
	);

	it('those of one second that a deletion moves up are found, too', async () => {
		const server = serverWith([...tied(40), row('old', 6000)], {
			largestPage: 20,
			before: (records, request) => (request === 1 ? records.slice(5) : undefined),
		});
		expect(await idsOf(server)).toStrictEqual(namesOf(tied(40)));
		expect(offsetsOf(server)).toStrictEqual([0, 19, 9, 28]);
	});

	it('it may delete for as long as the list is read', async () => {
		const server = serverWith([...rows(1500), row('old', 6000)], {
			largestPage: 21,
			before: (records, request) => (request % 2 === 1 ? records.slice(5) : undefined),
		});
		expect(await idsOf(server)).toStrictEqual(namesOf(rows(1500)));
	});

	it('it gives up if no page ever joins the one before it', async () => {
		const server = clientWith(({ query }, index) => {
			const isFirst = query?.offset === 0;
			const first = isFirst ? 0 : 1000;
			const records = rows(20).map((_, at) => row(`${index}-${at}`, first + at));
			return { records, total_results: 5000 };
		});
		await expect(read(server)).rejects.toThrow(NodeOperationError);
		await expect(read(server)).rejects.toThrow(UNREADABLE);
		expect(server.sent.length).toBeLessThan(400);
	});
});

describe('a server that returns the same page whatever is asked for', () => {
	const repeating = (count: number, total: number) =>
		clientWith(() => ({ records: rows(count), total_results: total }));

	it('is noticed after three pages that bring nothing', async () => {
		const server = repeating(20, 100);
		await expect(read(server)).rejects.toThrow(NodeOperationError);
		expect(server.sent).toHaveLength(4);
		await expect(read(server)).rejects.toThrow(UNREADABLE);
	});

	it('may do so if these are all', async () => {
		expect(await idsOf(repeating(20, 20))).toStrictEqual(namesOf(rows(20)));
	});

	it('may do so if they are fewer than a page has, whatever the total', async () => {
		expect(await idsOf(repeating(19, 100))).toStrictEqual(namesOf(rows(19)));
	});
});

describe('is refused:', () => {
	it.each([
		['records in the order of their age', rows(3).reverse()],
		['a record without the time of its change', [{ id: 'a' }]],
		['one of them without it', [...rows(1), { id: 'a' }]],
	])('%s', async (_, records) => {
		const server = clientWith(() => ({ records, total_results: records.length }));
		await expect(read(server)).rejects.toThrow(NodeOperationError);
		await expect(read(server)).rejects.toThrow("The server didn't return the newest records first");
	});
});

describe('a server that does not sort by the id', () => {
	const reversedTies = (records: Row[], request: number): Row[] =>
		[...records].sort(
			(one, other) =>
				other.date_modified.localeCompare(one.date_modified) ||
				one.id.localeCompare(other.id) * (request % 2 === 0 ? -1 : 1),
		);

	it('is asked for pages that begin before the last second of the page before', async () => {
		const stored = [...rows(10), ...tied(5, 10, 10), ...tied(10, 11, 20), row('old', 6000)];
		const server = serverWith(stored, { largestPage: 13, arrange: reversedTies });
		expect(await idsOf(server)).toStrictEqual(namesOf(stored.slice(0, -1)));
		expect(offsetsOf(server)).toStrictEqual([0, 9, 14]);
	});

	it('is read anew if that turns out on a later page', async () => {
		const stored = [...rows(20), ...tied(3, 25, 20), row('old', 6000)];
		const server = serverWith(stored, { largestPage: 20, arrange: reversedTies });
		const isReversed = serverWith(stored, {
			largestPage: 20,
			arrange: (records) => reversedTies(records, 0),
		});
		expect(await idsOf(server)).toStrictEqual(namesOf(stored.slice(0, -1)));
		expect(offsetsOf(server)).toStrictEqual([0, 19]);
		expect(await idsOf(isReversed)).toStrictEqual(namesOf(stored.slice(0, -1)));
		expect(offsetsOf(isReversed)).toStrictEqual([0, 19, 0, 18]);
	});

	it('takes the ids as sorted whatever their capitals', async () => {
		const stored = [row('a', 0), row('B', 0), row('c', 0)];
		const server = clientWith(() => ({ records: [...stored, row('old', 6000)], total_results: 4 }));
		expect(await idsOf(server)).toStrictEqual(['B', 'a', 'c']);
		expect(server.sent).toHaveLength(1);
	});

	it('may have a second that begins with the second record of a page', async () => {
		const stored = [row('a', 0), ...tied(30, 5), row('old', 6000)];
		const server = serverWith(stored, {
			largestPage: 20,
			arrange: (records) => reversedTies(records, 0),
		});
		expect(await idsOf(server)).toStrictEqual(namesOf(stored.slice(0, -1)));
		expect(offsetsOf(server).slice(0, 2)).toStrictEqual([0, 19]);
	});

	it('is asked for what a deletion moved up', async () => {
		const stored = [...rows(10), ...tied(5, 10, 10), row('old', 6000)];
		const server = serverWith(stored, {
			largestPage: 13,
			arrange: reversedTies,
			before: (records, request) => (request === 1 ? records.slice(3) : undefined),
		});
		expect(await idsOf(server)).toStrictEqual(namesOf(stored.slice(0, -1)));
		expect(offsetsOf(server)).toStrictEqual([0, 9, 4]);
	});

	const limitsOf = ({ sent }: { sent: CrmRequest[] }) => [
		...new Set(sent.map(({ query }) => query?.limit)),
	];

	it('is read again, with other borders, until three readings of a split second bring nothing', async () => {
		const stored = [...tied(250), ...rows(10).map(({ id }) => row(`x${id}`, 50))];
		const server = serverWith([...stored, row('old', 6000)], {
			arrange: (records) => reversedTies(records, 0),
		});
		expect(await idsOf(server)).toStrictEqual(namesOf(stored));
		expect(limitsOf(server)).toStrictEqual([200, 193, 186, 179]);
	});

	it('is read again for as long as fewer came than there are', async () => {
		const server = clientWith(({ query }) => {
			const [offset, limit] = [Number(query?.offset), Number(query?.limit)];
			// For some borders, the second page has nothing but records of the first.
			const first = limit >= 170 && offset > 0 ? 0 : offset;
			const count = Math.min(limit, 300 - offset);
			const records = tied(300)
				.reverse()
				.slice(first, first + count);
			const last = count < limit ? [row('old', 6000)] : [];
			return { records: [...records, ...last], total_results: 301 };
		});
		expect(await idsOf(server)).toStrictEqual(namesOf(tied(300)));
		expect(limitsOf(server)).toStrictEqual([200, 193, 186, 179, 172, 165, 158, 151, 144]);
	});

	it('is read twenty times at most', async () => {
		const server = clientWith(({ query }, index) => {
			const [offset, limit] = [Number(query?.offset), Number(query?.limit)];
			const count = Math.min(limit, 300 - offset);
			// Each page has records that no other had.
			const records = tied(count, 0, 1000 * (100 - index)).reverse();
			const last = count < limit ? [row('old', 6000)] : [];
			return { records: [...records, ...last], total_results: 301 };
		});
		await read(server);
		expect(limitsOf(server)).toHaveLength(20);
		expect(limitsOf(server).at(-1)).toBe(67);
	});
});

describe('a server that refuses to sort by two keys', () => {
	const refusing = (status: number, stored: Row[], largestPage = 200) => {
		const server = serverWith(stored, { largestPage });
		const { json } = server.crm.http;
		const orders: unknown[] = [];
		Object.assign(server.crm.http, {
			json: async (request: CrmRequest) => {
				orders.push(request.query?.order);
				if (String(request.query?.order).includes(',')) {
					throw new CrmError(node, { message: 'Unknown order' }, { status });
				}
				return await json(request);
			},
		});
		return { ...server, orders };
	};

	it.each([400, 422, 500])('with %i is asked for one', async (status) => {
		const server = refusing(status, [...rows(3), row('old', 6000)]);
		expect(await idsOf(server)).toStrictEqual(namesOf(rows(3)));
		expect(server.orders).toStrictEqual(['date_modified DESC, id', 'date_modified DESC']);
	});

	it('is taken for one that has no order within a second', async () => {
		const stored = [...rows(10), ...tied(5, 10, 10), row('old', 6000)];
		const server = refusing(400, stored, 13);
		expect(await idsOf(server)).toStrictEqual(namesOf(stored.slice(0, -1)));
		expect(offsetsOf(server)).toStrictEqual([0, 9]);
	});

	it.each([401, 403, 404])('is not assumed behind a %i', async (status) => {
		const server = refusing(status, rows(3));
		await expect(read(server)).rejects.toThrow(CrmError);
		await expect(read(server)).rejects.toThrow('Unknown order');
		expect(server.orders).toHaveLength(2);
	});
});

it.each([
	['2026-07-14 09:30:00', '2026-07-14 09:30:00'],
	['0000-00-00 00:00:00', ''],
	[null, ''],
	[undefined, ''],
])('a change at %j is one at %j', (date_modified, time) => {
	expect(changedAt({ date_modified })).toBe(time);
});
