import type { IDataObject } from 'n8n-workflow';
import { lookUp, lookUpAtOnce } from '../../../../../nodes/OneCrm/crm/lookup';
import { findMatches, matchValues } from '../../../../../nodes/OneCrm/crm/matching';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import type { Feed } from '../../../../../nodes/OneCrm/crm/readAtOnce';
import { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import { node } from '../http/node.cts';
import { clientWith } from './scripted-client.cts';

const FIELDS = {
	fields: { last_name: {}, title: {}, status: {}, do_not_call: { type: 'bool' } },
	filters: { last_name: {}, status: {}, do_not_call: { type: 'bool' }, view_closed: {} },
};

/** A server that has leads, and answers a request that fails with a status. */
function serverWith(records: IDataObject[], { total = records.length, failing = NaN } = {}) {
	return clientWith(({ path, query = {} }, index) => {
		if (path === 'meta/fields/Lead') return FIELDS;
		// The first request is the one for the fields.
		if (index === failing) throw new CrmError(node, { message: 'No rights' }, { status: 403 });
		const offset = Number(query.offset);
		return {
			records: records.slice(offset, offset + Number(query.limit)),
			total_results: total,
		};
	});
}

const person = (index: number): IDataObject => ({
	id: `lead-${index}`,
	last_name: `Name ${index}`,
	title: 'Head',
});
const people = (count: number) => Array.from({ length: count }, (_, index) => person(index));
const matching = (values: Record<string, string | number>) =>
	matchValues('Lead', readMetadata(FIELDS), Object.keys(values), values);

const feedOf = (facts: Partial<Feed> = {}): Feed => ({
	lookups: 10,
	fields: ['title', 'unknown'],
	common: [],
	onRead: () => undefined,
	...facts,
});

const dataOf = ({ sent }: ReturnType<typeof clientWith>) =>
	sent.filter(({ path }) => path.startsWith('data/'));

describe('what many items look for', () => {
	const lookUpName = async (
		{ crm }: ReturnType<typeof clientWith>,
		name: string,
		feed: Feed = feedOf(),
	) => await lookUpAtOnce(crm, 'Lead', matching({ last_name: name }), feed);

	it('is read once, with the fields that are compared and those that 1CRM knows', async () => {
		const server = serverWith(people(30));
		expect(await lookUpName(server, 'NAME 7')).toStrictEqual({
			id: 'lead-7',
			values: person(7),
			fields: ['id', 'last_name', 'title'],
		});
		expect((await lookUpName(server, 'Name 8'))?.id).toBe('lead-8');
		expect(dataOf(server)).toMatchObject([
			{ query: { fields: ['id'], filters: { view_closed: 1 }, offset: 0, limit: 1 } },
			{
				query: {
					fields: ['id', 'last_name', 'title'],
					filters: { view_closed: 1 },
					offset: 0,
					limit: 200,
					order: 'id',
				},
			},
			// Whether there is more.
			{ query: { offset: 30 } },
		]);
	});

	it('is read within what all of them have in common', async () => {
		const server = serverWith(people(30));
		const match = matching({ last_name: 'Name 1', status: 'New' });
		await lookUpAtOnce(server.crm, 'Lead', match, feedOf({ common: ['status'] }));
		expect(dataOf(server)[0].query?.filters).toStrictEqual({
			view_closed: 1,
			status: 'New',
			'status-operator': 'eq',
		});
	});

	it('may be the IDs', async () => {
		const server = serverWith(people(30));
		const found = await lookUpAtOnce(server.crm, 'Lead', { id: 'lead-3' }, feedOf());
		expect(found).toMatchObject({ id: 'lead-3', fields: ['id', 'title'] });
		expect(dataOf(server)[1].query?.filters).toStrictEqual({ view_closed: 1 });
	});

	it('is read separately for other columns and for other common values', async () => {
		const server = serverWith(people(30));
		for (const match of [
			matching({ last_name: 'Name 1' }),
			matching({ status: 'New' }),
			matching({ status: 'Old' }),
		]) {
			await lookUpAtOnce(server.crm, 'Lead', match, feedOf({ common: ['status'] }));
		}
		expect(dataOf(server)).toHaveLength(9);
	});

	it('is told to have been read, with the number of records and pages', async () => {
		const read: unknown[] = [];
		const onRead: Feed['onRead'] = (...facts) => read.push(facts);
		await lookUpName(serverWith(people(401)), 'Name 1', feedOf({ lookups: 12, onRead }));
		expect(read).toStrictEqual([['Lead', 401, 3]]);
	});

	it.each<[string, IDataObject[], Partial<Feed>, object, number]>([
		['with fewer than ten items', people(30), { lookups: 9 }, {}, 0],
		['in a module with more pages than are worth it', people(401), { lookups: 11 }, {}, 1],
		['in a module with too many to keep', people(1), { lookups: 2000 }, { total: 50_001 }, 1],
		[
			'from a server that gives the number on the page as the total',
			people(30),
			{},
			{ total: 1 },
			1,
		],
	])('is not read %s', async (_, records, feed, facts, requests) => {
		const server = serverWith(records, facts);
		expect(await lookUpName(server, 'Name 1', feedOf(feed))).toBeUndefined();
		expect(dataOf(server)).toHaveLength(requests);
	});

	it('is read in as many pages as the lookups are worth', async () => {
		const server = serverWith(people(400));
		expect((await lookUpName(server, 'Name 399', feedOf({ lookups: 11 })))?.id).toBe('lead-399');
	});

	it('is not decided by a reading where no record is like that, or several are', async () => {
		const server = serverWith([...people(30), { id: 'twin', last_name: 'name 1' }]);
		expect(await lookUpName(server, 'Name 31')).toBeUndefined();
		expect(await lookUpName(server, 'Name 1')).toBeUndefined();
		expect((await lookUpName(server, 'Name 2'))?.id).toBe('lead-2');
	});

	it('is not decided by what was read more than a minute ago', async () => {
		const server = serverWith(people(30));
		const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
		try {
			await lookUpName(server, 'Name 1');
			clock.mockReturnValue(61_000);
			expect(await lookUpName(server, 'Name 1')).toBeDefined();
			clock.mockReturnValue(61_001);
			expect(await lookUpName(server, 'Name 1')).toBeUndefined();
		} finally {
			clock.mockRestore();
		}
	});

	it('fails for all where 1CRM refuses this user', async () => {
		const server = serverWith(people(30), { failing: 1 });
		await expect(lookUpName(server, 'Name 1')).rejects.toThrow('No rights');
	});

	it('is looked up one by one where a server cannot give a long list', async () => {
		const server = clientWith(({ path }) => {
			if (path === 'meta/fields/Lead') return FIELDS;
			throw new CrmError(node, { message: 'Out of memory' }, { status: 500 });
		});
		expect(await lookUpName(server, 'Name 1')).toBeUndefined();
	});
});

describe('what one item looks for', () => {
	it('is asked for with its values and the fields to compare, each once', async () => {
		const server = serverWith(people(1));
		const match = matching({ last_name: 'name 0' });
		expect(await lookUp(server.crm, 'Lead', match, ['title', 'last_name'])).toStrictEqual({
			id: 'lead-0',
			values: person(0),
			fields: ['id', 'last_name', 'title'],
		});
		expect(dataOf(server)).toMatchObject([
			{
				query: {
					fields: ['id', 'last_name', 'title'],
					filters: { view_closed: 1, last_name: 'name 0', 'last_name-operator': 'eq' },
				},
			},
		]);
	});

	it('is nothing if no record is exactly like that', async () => {
		const match = matching({ last_name: 'Name' });
		expect(await lookUp(serverWith(people(3)).crm, 'Lead', match, [])).toBeUndefined();
	});

	it('is refused if several are, with two of them', async () => {
		const records = ['a', 'b', 'c'].map((id) => ({ id, last_name: 'Berg', status: 'New' }));
		const match = matching({ last_name: 'Berg', status: 'New' });
		await expect(lookUp(serverWith(records).crm, 'Lead', match, [])).rejects.toThrow(
			/^More than one Lead matches last_name = "Berg", status = "New": "a" \(a\) and "b" \(b\)\. Nothing was written$/,
		);
	});

	const byId = async (answer: () => IDataObject) => {
		const server = clientWith(answer);
		return { server, found: await lookUp(server.crm, 'Lead', { id: '7' }, ['title']) };
	};

	it('is read by its ID', async () => {
		const { server, found } = await byId(() => ({ record: { id: '7', title: 'Head' } }));
		expect(found).toStrictEqual({
			id: '7',
			values: { id: '7', title: 'Head' },
			fields: ['id', 'title'],
		});
		expect(server.sent).toMatchObject([
			{ path: 'data/Lead/7', query: { fields: ['id', 'title', 'deleted'] } },
		]);
	});

	it('is nothing if there is no record with the ID', async () => {
		expect((await byId(() => ({ record: null }))).found).toBeUndefined();
	});

	it('is not nothing if the lookup fails', async () => {
		await expect(
			byId(() => {
				throw new CrmError(node, { message: 'No rights' }, { status: 403 });
			}),
		).rejects.toThrow('No rights');
	});
});

describe('exact matches', () => {
	it('are read with their IDs and what was matched on, if nothing else is asked for', async () => {
		const server = serverWith(people(3));
		expect(await findMatches(server.crm, 'Lead', matching({ last_name: 'Name 1' }))).toEqual([
			person(1),
		]);
		expect(dataOf(server)).toHaveLength(1);
		expect(dataOf(server)[0].query?.fields).toStrictEqual(['id', 'last_name']);
	});

	it('are looked for with their letters in two parts if there are none in one', async () => {
		const stored = { id: 'm', last_name: 'Mu\u0308ller' };
		const server = clientWith(({ path, query }) => {
			if (path === 'meta/fields/Lead') return FIELDS;
			const { last_name } = query?.filters as IDataObject;
			const records = last_name === stored.last_name ? [stored] : [];
			return { records, total_results: records.length };
		});
		const match = matching({ last_name: 'Müller', status: 'New' });
		expect(await findMatches(server.crm, 'Lead', matching({ last_name: 'Müller' }))).toEqual([
			stored,
		]);
		expect(dataOf(server)).toHaveLength(2);
		await findMatches(server.crm, 'Lead', match);
		expect(dataOf(server)).toHaveLength(4);
		await findMatches(server.crm, 'Lead', matching({ last_name: 'Berg' }));
		expect(dataOf(server)).toHaveLength(5);
	});

	it('are no more than two, and the rest of the list is left', async () => {
		const records = Array.from({ length: 900 }, (_, index) => ({
			id: String(index),
			last_name: index % 3 === 0 ? 'Berg' : 'Bergmann',
		}));
		const server = serverWith(records);
		const found = await findMatches(server.crm, 'Lead', matching({ last_name: 'Berg' }));
		expect(found.map(({ id }) => id)).toStrictEqual(['0', '3']);
		expect(dataOf(server).map(({ query }) => query?.offset)).not.toContain(400);
	});

	it('are found on later pages, too, which are sorted so that they join', async () => {
		const server = serverWith(people(450));
		const found = await findMatches(server.crm, 'Lead', matching({ last_name: 'Name 430' }));
		expect(found).toEqual([person(430)]);
		expect(dataOf(server).at(-1)?.query?.order).toBe('id');
	});
});
