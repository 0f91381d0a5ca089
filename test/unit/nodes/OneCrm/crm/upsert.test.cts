import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { FieldValues } from '../../../../../nodes/OneCrm/crm/recordValues';
import { readUpsert, upsertRecord } from '../../../../../nodes/OneCrm/crm/upsert';
import { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import type { CrmRequest } from '../../../../../nodes/OneCrm/http/types';
import { node } from '../http/node.cts';
import { clientWith } from './scripted-client.cts';

const LEAD = {
	fields: { id: { editable: false }, last_name: {}, email1: {}, title: {} },
	filters: { last_name: {}, email1: {} },
};

type Server = ReturnType<typeof clientWith>;

/** A server that has these leads and notes what is written into them. */
function serverWith(leads: IDataObject[]) {
	const records = new Map(leads.map((record) => [String(record.id), record]));
	const answer = ({ method, path, query = {}, body }: CrmRequest): IDataObject => {
		if (path === 'meta/fields/Lead') return LEAD;
		const id = path.split('/')[2];
		const { data, create } = (body ?? {}) as { data: IDataObject; create?: boolean };
		if (method === 'POST') {
			const own = `new-${records.size}`;
			records.set(own, { id: own, ...data });
			return { id: own };
		}
		if (id === undefined) {
			const all = [...records.values()];
			const offset = Number(query.offset);
			return {
				records: all.slice(offset, offset + Number(query.limit)),
				total_results: all.length,
			};
		}
		const record = records.get(id);
		if (record === undefined && !create) {
			throw new CrmError(node, { message: 'Not found' }, { status: 404 });
		}
		if (method === 'GET') return { record: { ...record } };
		records.set(id, { ...record, id, ...data });
		return { result: true };
	};
	return { ...clientWith(answer), records };
}

const writesOf = ({ sent }: Server) =>
	sent
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path, body }) => [method, path, (body as IDataObject).data]);

interface Choices {
	skipUnchanged?: boolean;
	createOnce?: boolean;
	checkDuplicates?: boolean;
	lookups?: number;
	/** Called when the items of the run are asked for. */
	onFeed?: () => void;
}

async function upsert(
	{ crm }: Server,
	data: FieldValues,
	columns: string[],
	choices: Choices = {},
) {
	const { lookups = 1, skipUnchanged = false, createOnce = false, checkDuplicates } = choices;
	const feed = () => {
		choices.onFeed?.();
		return { lookups, fields: ['title'], common: [], onRead: () => undefined };
	};
	const options = { skipUnchanged, createOnce, checkDuplicates, feed };
	const values = { data, files: {} };
	return await upsertRecord(crm, await readUpsert(crm, 'Lead', values, columns, options));
}

const BERG = { id: '7', last_name: 'BERG', email1: 'a@x.example', title: 'Head' };

describe('a record that is there', () => {
	it('gets the other values, and keeps those that it was recognised by as they are', async () => {
		const server = serverWith([BERG]);
		expect(await upsert(server, { last_name: 'Berg', title: 'Boss' }, ['last_name'])).toStrictEqual(
			{ module: 'Lead', id: '7', data: { last_name: 'Berg', title: 'Boss' }, verb: 'updated' },
		);
		expect(writesOf(server)).toStrictEqual([['PATCH', 'data/Lead/7', { title: 'Boss' }]]);
		const lookup = server.sent.find(({ path }) => path === 'data/Lead');
		expect(lookup?.query?.fields).toStrictEqual(['id', 'last_name']);
	});

	it('is left alone if there are no other values', async () => {
		const server = serverWith([BERG]);
		expect(await upsert(server, { last_name: 'Berg' }, ['last_name'])).toStrictEqual({
			module: 'Lead',
			id: '7',
			data: { last_name: 'Berg' },
			verb: 'updated',
		});
		expect(writesOf(server)).toStrictEqual([]);
	});

	it.each([
		['Head', 'unchanged', []],
		['Boss', 'updated', [['PATCH', 'data/Lead/7', { title: 'Boss' }]]],
	])('gets only what differs, if that is wanted: %s', async (title, verb, writes) => {
		const server = serverWith([BERG]);
		const values = { last_name: 'Berg', title };
		const upserted = await upsert(server, values, ['last_name'], { skipUnchanged: true });
		expect(upserted.verb).toBe(verb);
		expect(writesOf(server)).toStrictEqual(writes);
		// It is compared with what the lookup read.
		expect(server.sent.filter(({ path }) => path === 'data/Lead/7')).toHaveLength(writes.length);
	});

	it('may be recognised by its ID alone', async () => {
		const server = serverWith([BERG]);
		const upserted = await upsert(server, { id: ' 7 ', title: 'Boss' }, ['id']);
		expect(upserted).toMatchObject({ id: '7', data: { id: '7', title: 'Boss' }, verb: 'updated' });
		expect(writesOf(server)).toStrictEqual([['PATCH', 'data/Lead/7', { title: 'Boss' }]]);
	});

	it('is written to by later items without another lookup', async () => {
		const server = serverWith([BERG]);
		for (const title of ['One', 'Two']) {
			await upsert(server, { last_name: 'berg', title }, ['last_name']);
		}
		expect(server.sent.filter(({ path }) => path === 'data/Lead')).toHaveLength(1);
		expect(server.records.get('7')?.title).toBe('Two');
	});
});

describe('a record that is not there', () => {
	it('is created with all values', async () => {
		const server = serverWith([]);
		const values = { last_name: ' Berg ', title: 'Boss' };
		expect(await upsert(server, values, ['last_name'])).toMatchObject({
			id: 'new-0',
			data: { last_name: 'Berg', title: 'Boss' },
			verb: 'created',
		});
		expect(writesOf(server)).toStrictEqual([
			['POST', 'data/Lead', { last_name: 'Berg', title: 'Boss' }],
		]);
	});

	it('is created once in a run, and compared with what was written', async () => {
		const server = serverWith([]);
		const values = { last_name: 'Berg', title: 'Boss' };
		const choices = { skipUnchanged: true };
		const verbs = [];
		for (let times = 0; times < 2; times++) {
			verbs.push((await upsert(server, values, ['last_name'], choices)).verb);
		}
		expect(verbs).toStrictEqual(['created', 'unchanged']);
		expect(server.sent.filter(({ path }) => path.startsWith('data/Lead/'))).toEqual([]);
	});

	it('is created with its ID', async () => {
		const server = serverWith([]);
		const upserted = await upsert(server, { id: 'AB', title: 'Boss' }, ['id']);
		expect(upserted).toMatchObject({ id: 'AB', data: { id: 'AB' }, verb: 'created' });
		expect(writesOf(server)).toStrictEqual([['PATCH', 'data/Lead/AB', { title: 'Boss' }]]);
		await upsert(server, { id: 'ab', title: 'Head' }, ['id']);
		expect([...server.records.keys()]).toStrictEqual(['AB']);
	});

	it('gets an ID that follows from its values, if several runs may miss it', async () => {
		const ids = [];
		for (let times = 0; times < 2; times++) {
			const server = serverWith([]);
			const choices = { createOnce: true };
			ids.push((await upsert(server, { last_name: 'Berg' }, ['last_name'], choices)).id);
			expect(writesOf(server).map(([method]) => method)).toStrictEqual(['PATCH']);
		}
		expect(ids[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
		expect(ids[1]).toBe(ids[0]);
	});

	it.each([
		[true, 1],
		[false, undefined],
	])('is checked for duplicates if that is wanted: %s', async (checkDuplicates, expected) => {
		const server = serverWith([]);
		await upsert(server, { last_name: 'Berg' }, ['last_name'], { checkDuplicates });
		expect(server.sent.at(-1)?.query?.check_duplicates).toBe(expected);
	});
});

describe('many records', () => {
	const leads = Array.from({ length: 30 }, (_, index) => ({
		id: `id-${index}`,
		last_name: `Name ${index}`,
		email1: null,
		title: 'Head',
	}));

	it('are read at once, with the fields to compare only if that is wanted', async () => {
		for (const [skipUnchanged, fields] of [
			[true, ['id', 'last_name', 'title']],
			[false, ['id', 'last_name']],
		] as const) {
			const server = serverWith(leads);
			const choices = { lookups: 20, skipUnchanged };
			for (const last_name of ['Name 1', 'Name 2']) {
				await upsert(server, { last_name, title: 'Boss' }, ['last_name'], choices);
			}
			const readings = server.sent.filter(({ path }) => path === 'data/Lead');
			expect(readings.map(({ query }) => query?.fields)).toStrictEqual([['id'], fields, fields]);
			expect(writesOf(server).map(([, path]) => path)).toStrictEqual([
				'data/Lead/id-1',
				'data/Lead/id-2',
			]);
		}
	});

	it('are counted once for all items that match by the same columns', async () => {
		const server = serverWith(leads);
		let counted = 0;
		const choices = { onFeed: () => counted++ };
		await upsert(server, { last_name: 'Name 1' }, ['last_name'], choices);
		await upsert(server, { last_name: 'Name 2' }, ['last_name'], choices);
		expect(counted).toBe(1);
		await upsert(server, { email1: 'a@x.example' }, ['email1'], choices);
		expect(counted).toBe(2);
	});

	it('are looked up again where one was deleted since', async () => {
		const server = serverWith(leads);
		const choices = { lookups: 20 };
		await upsert(server, { last_name: 'Name 1', title: 'Boss' }, ['last_name'], choices);
		server.records.delete('id-2');
		const values = { last_name: 'Name 2', title: 'Boss' };
		expect((await upsert(server, values, ['last_name'], choices)).verb).toBe('created');
	});

	it('are not looked up again where a change is refused', async () => {
		const server = serverWith(leads);
		const { json } = server.crm.http;
		Object.assign(server.crm.http, {
			json: async (request: CrmRequest) => {
				if (request.method === 'GET') return await json(request);
				throw new CrmError(node, { message: 'No rights' }, { status: 403 });
			},
		});
		const values = { last_name: 'Name 1', title: 'Boss' };
		await expect(upsert(server, values, ['last_name'], { lookups: 20 })).rejects.toThrow(
			'No rights',
		);
		expect(server.sent.filter(({ path }) => path === 'data/Lead')).toHaveLength(3);
	});
});

describe('columns to match on are refused:', () => {
	it.each<[string, FieldValues, string[], string]>([
		['none', { title: 'a' }, [], "'Fields' has no column to match on. Choose one, e.g. Email"],
		[
			'the ID and another',
			{ id: '7', title: 'a' },
			['id', 'title'],
			"'ID' alone identifies a record. Remove the other columns to match on",
		],
		['an ID without value', { title: 'a' }, ['id'], "'ID' is used for matching but has no value"],
		['a blank ID', { id: ' ' }, ['id'], "'ID' is used for matching but has no value"],
		['one without a filter', { title: 'a' }, ['title'], 'Lead cannot be matched by "title"'],
	])('%s', async (_, data, columns, message) => {
		const server = serverWith([]);
		await expect(upsert(server, data, columns)).rejects.toThrow(UserError);
		await expect(upsert(server, data, columns)).rejects.toThrow(message);
		expect(writesOf(server)).toStrictEqual([]);
	});
});
