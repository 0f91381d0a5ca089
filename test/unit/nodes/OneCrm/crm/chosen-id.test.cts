import type { IDataObject } from 'n8n-workflow';
import { createOnce, createWithId } from '../../../../../nodes/OneCrm/crm/chosenId';
import type { MatchValues } from '../../../../../nodes/OneCrm/crm/matching';
import { matchValues } from '../../../../../nodes/OneCrm/crm/matching';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import type { FieldValues } from '../../../../../nodes/OneCrm/crm/recordValues';
import { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import { node } from '../http/node.cts';
import { clientWith } from './scripted-client.cts';

const META: IDataObject = {
	fields: { email: { type: 'email' }, title: {}, name: { vname: 'Name', required: true } },
	filters: { email: {} },
};

interface Trouble {
	/** What the server says to a PATCH, instead of doing it. */
	patch?: Error;
	/** Whether a record that is written stays out of sight. */
	isHidden?: boolean;
	/** What it says to one GET after the other, instead of answering. */
	gets?: Array<Error | undefined>;
}

/** A server, and the records that it has after a while, by their IDs. */
function serverWith({ patch, isHidden, gets = [] }: Trouble = {}) {
	const stored: Record<string, IDataObject> = {};
	const failures = [...gets];
	const { crm, sent } = clientWith(({ method, path, body }) => {
		if (path.startsWith('meta/')) return META;
		const id = path.split('/')[2];
		const { data } = (body ?? {}) as { data: IDataObject };
		if (method === 'POST') {
			stored.new = { id: 'new', ...data };
			return { id: 'new' };
		}
		if (method === 'PATCH') {
			if (patch) throw patch;
			if (!isHidden) stored[id] = { id, ...stored[id], ...data };
			return { result: true };
		}
		const failure = failures.shift();
		if (failure) throw failure;
		if (!(id in stored)) throw new CrmError(node, { message: 'Gone' }, { status: 404 });
		return { record: { ...stored[id] } };
	});
	const requests = () =>
		sent.filter(({ path }) => !path.startsWith('meta/')).map(({ method }) => method);
	return { crm, sent, stored, requests };
}

const conflict = (status: number, message: string) => new CrmError(node, { message }, { status });
const values = (data: FieldValues) => ({ data: { name: 'Berg', ...data }, files: {} });

describe('A record with a certain ID', () => {
	const key = { module: 'Contact', id: 'a-1' };

	it('is created by a PATCH, and read back', async () => {
		const { crm, sent, requests } = serverWith();
		expect(await createWithId(crm, key, values({ title: 'Head' }), {})).toEqual({
			...key,
			data: { name: 'Berg', title: 'Head' },
			verb: 'created',
		});
		expect(requests()).toEqual(['PATCH', 'GET']);
		expect(sent[1]).toMatchObject({
			path: 'data/Contact/a-1',
			query: { check_duplicates: undefined },
			body: { data: { name: 'Berg', title: 'Head' }, create: true },
		});
	});

	it('is looked for among duplicates if that is wanted', async () => {
		const { crm, sent } = serverWith();
		await createWithId(crm, key, values({}), { checkDuplicates: true });
		expect(sent[1].query).toEqual({ check_duplicates: 1 });
	});

	it('is not created if it lacks what it needs', async () => {
		const { crm, requests } = serverWith();
		await expect(createWithId(crm, key, values({ name: '' }), {})).rejects.toThrow(
			"A new Contact needs a value for 'Name' (name)",
		);
		expect(requests()).toEqual([]);
	});

	it('was not created if nobody can see it', async () => {
		const { crm } = serverWith({ isHidden: true });
		await expect(createWithId(crm, key, values({}), {})).rejects.toMatchObject({
			message: `Contact "a-1" wasn't created`,
			description: '1CRM reported success, but a deleted record probably still has this ID',
			httpCode: '409',
		});
	});

	it('is said to be created if it cannot be read back', async () => {
		const { crm } = serverWith({ gets: [conflict(500, 'Lost')] });
		await expect(createWithId(crm, key, values({}), {})).rejects.toThrow(
			'Contact "a-1" was created, but could not be read back: Lost',
		);
	});
});

describe('A record that is created once', () => {
	const matchOf = (email: string): MatchValues =>
		matchValues('Contact', readMetadata(META), ['email'], { email });
	const create = async (server: ReturnType<typeof serverWith>, email: string, options = {}) =>
		await createOnce(
			server.crm,
			'Contact',
			matchOf(email),
			values({ email, title: 'Head' }),
			options,
		);

	it('has an ID in the form of 1CRM, which is the same for the same e-mail address', async () => {
		const ids = [];
		for (const email of ['ada@berg.example', 'ADA@berg.example', 'eva@berg.example']) {
			const { id, verb } = await create(serverWith(), email);
			expect(verb).toBe('created');
			expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/);
			ids.push(id);
		}
		expect(ids[1]).toBe(ids[0]);
		expect(ids[2]).not.toBe(ids[0]);
	});

	it('keeps its ID in later versions of this package, so that these know it', async () => {
		const { id } = await create(serverWith(), 'ada@berg.example');
		expect(id).toBe('a04bf4c6-d169-56eb-984e-e9ec51c5bc6e');
	});

	it('is looked for under that ID first, by the values that it is recognised by', async () => {
		const server = serverWith();
		await create(server, 'ada@berg.example');
		expect(server.requests()).toEqual(['GET', 'PATCH', 'GET']);
		const first = server.sent.find(({ method, path }) => method === 'GET' && /^data/.test(path));
		expect(first?.query).toEqual({ fields: ['email', 'deleted'] });
	});

	it('is updated if another run was faster', async () => {
		const server = serverWith();
		const { id } = await create(server, 'ada@berg.example');
		expect(await create(server, 'Ada@berg.example')).toMatchObject({ id, verb: 'updated' });
		expect(server.requests().slice(3)).toEqual(['GET', 'PATCH']);
		expect(Object.keys(server.stored)).toEqual([id]);
	});

	it('gets another ID if the record with that one has become somebody else', async () => {
		const server = serverWith();
		const { id } = await create(server, 'ada@berg.example');
		server.stored[String(id)].email = 'eva@berg.example';
		const other = await create(server, 'ada@berg.example', { checkDuplicates: true });
		expect(other).toMatchObject({ id: 'new', verb: 'created' });
		expect(server.sent.at(-1)?.query).toEqual({ check_duplicates: 1 });
		expect(server.stored[String(id)].email).toBe('eva@berg.example');
	});

	it.each<[string, Trouble]>([
		['refuses it as a conflict', { patch: conflict(409, 'Conflict') }],
		['refuses it in the words of its database', { patch: conflict(500, 'Duplicate entry') }],
		['writes where nobody sees it', { isHidden: true }],
	])('gets another ID if a deleted record has that one and 1CRM %s', async (_what, trouble) => {
		const server = serverWith(trouble);
		const options = { checkDuplicates: true };
		expect(await create(server, 'ada@berg.example', options)).toMatchObject({
			id: 'new',
			verb: 'created',
		});
		const writes = server.sent.filter(({ method }) => method !== 'GET');
		expect(writes.map(({ query }) => query?.check_duplicates)).toEqual([1, 1]);
	});

	it('is not created a second time if 1CRM refuses it for another reason', async () => {
		const server = serverWith({ patch: conflict(400, 'Not today') });
		await expect(create(server, 'ada@berg.example')).rejects.toThrow('Not today');
		expect(server.requests()).toEqual(['GET', 'PATCH']);
	});

	it('is not created if the look for it fails', async () => {
		const server = serverWith({ gets: [conflict(500, 'Lost')] });
		await expect(create(server, 'ada@berg.example')).rejects.toThrow('Lost');
		expect(server.requests()).toEqual(['GET']);
	});

	it('is said to be created if it cannot be read back', async () => {
		const server = serverWith({ gets: [undefined, conflict(500, 'Lost')] });
		await expect(create(server, 'ada@berg.example')).rejects.toThrow(
			/^Contact "[^"]+" was created, but could not be read back: Lost$/,
		);
	});
});
