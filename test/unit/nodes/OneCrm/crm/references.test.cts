import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { FieldValues } from '../../../../../nodes/OneCrm/crm/recordValues';
import { resolveReferences } from '../../../../../nodes/OneCrm/crm/references';
import { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import { node } from '../http/node.cts';
import { clientWith } from './scripted-client.cts';

const CONTACT = {
	fields: {
		id: {},
		title: { type: 'varchar' },
		account: { type: 'ref', vname: 'Account', id_name: 'account_id', bean_name: 'Account' },
		other: { type: 'ref', vname: 'Other', id_name: 'other_id', bean_name: 'Account' },
		user: { type: 'ref', vname: 'User', id_name: 'user_id', bean_name: 'User' },
		boss: { type: 'ref', vname: 'Boss', id_name: 'boss_id', bean_name: 'Contact' },
	},
	filters: { filter_text: {} },
};
const ACCOUNT = { fields: { id: {}, name: {} }, filters: { name: {}, view_closed: {} } };
const USER = { fields: { id: {}, name: {}, user_name: {} }, filters: { name: {} } };

const notThere = (): never => {
	throw new CrmError(node, { message: 'Not found' }, { status: 404 });
};

/** A server that has these records, whatever is filtered by, and this one whose ID has another form. */
function serverWith(records: IDataObject[], otherId?: string) {
	return clientWith(({ path, query = {} }) => {
		if (path === 'meta/fields/Contact') return CONTACT;
		if (path === 'meta/fields/Account') return ACCOUNT;
		if (path === 'meta/fields/User') return USER;
		if (path.split('/').length === 3) {
			return path.endsWith(`/${otherId}`) ? { record: { id: otherId } } : notThere();
		}
		const offset = Number(query.offset);
		return {
			records: records.slice(offset, offset + Number(query.limit)),
			total_results: records.length,
		};
	});
}

type Server = ReturnType<typeof clientWith>;

const feedOf = (lookups = 1) => ({ lookups, fields: [], common: [], onRead: () => undefined });
const resolve = async ({ crm }: Server, values: FieldValues, lookups?: number) =>
	await resolveReferences(crm, 'Contact', values, () => feedOf(lookups));
const dataOf = ({ sent }: Server) => sent.filter(({ path }) => path.startsWith('data/'));

const BERG = { id: 'berg-id', name: 'Berg Ltd' };

describe('a value is left as it is', () => {
	it.each<[string, FieldValues]>([
		['of a field that is no reference', { title: 'Head' }],
		['of a field that 1CRM does not know', { unknown: 'Head' }],
		['that clears the reference', { account_id: null }],
		['that is empty', { account_id: '' }],
		['that is blank', { account_id: ' ' }],
		['that is a number', { account_id: 7 }],
		['that is an ID', { account_id: '1f2e3d4c-5b6a-7980-1234-56789abcdef0' }],
		['that is a short ID', { account_id: 'a-b-c-d-e' }],
		['that is an ID in capitals', { account_id: '1F2E3D4C-5B6A-7980-1234-56789ABCDEF0' }],
		['that is an ID with blanks', { account_id: ' 1f2e3d4c-5b6a-7980-1234-56789abcdef0 ' }],
		['that is the ID of a user', { user_id: '1' }],
		['that is a negative ID', { user_id: '-99' }],
	])('%s', async (_, values) => {
		const server = serverWith([BERG]);
		expect(await resolve(server, values)).toStrictEqual(values);
		expect(dataOf(server)).toEqual([]);
	});
});

describe('a name', () => {
	it.each(['Berg Ltd', '  berg   LTD '])('becomes the ID of the record: %j', async (name) => {
		const server = serverWith([BERG, { id: 'x', name: 'Berg Ltd & Sons' }]);
		const values = { title: 'Head', account_id: name };
		expect(await resolve(server, values)).toStrictEqual({ title: 'Head', account_id: 'berg-id' });
		expect(dataOf(server)).toMatchObject([
			{ path: 'data/Account', query: { fields: ['id', 'name'] } },
		]);
		expect(dataOf(server)[0].query?.filters).toStrictEqual({
			view_closed: 1,
			name: name.trim().replace(/ +/, ' '),
		});
	});

	it.each([
		'Berg-Ltd',
		'12 Monkeys',
		'7-8',
		'x1f2e3d4c-5b6a-7980-1234-56789abcdef0',
		'1f2e3d4c-5b6a-7980-1234-56789abcdef0 Ltd',
		'1f2e3d4c9-5b6a-7980-1234-56789abcdef0',
		'1f2e3d4c-5b6a9-7980-1234-56789abcdef0',
		'1f2e3d4c-5b6a-79809-1234-56789abcdef0',
		'1f2e3d4c-5b6a-7980-12349-56789abcdef0',
		'1f2e3d4c-5b6a-7980-1234-56789abcdef01',
		'ab-cd-ef-gh-ij',
	])('may look a little like an ID: %s', async (name) => {
		const server = serverWith([{ id: 'found', name }]);
		expect(await resolve(server, { account_id: name })).toStrictEqual({ account_id: 'found' });
	});

	it.each(['_display', 'name'])('may be kept with entities, as its %s', async (name) => {
		const record = { id: 'found', _display: 'B&S', [name]: 'Berg &amp; Sons' };
		const server = serverWith([record, { id: 'other', name: 'Berg' }]);
		const values = { account_id: 'Berg & Sons' };
		expect(await resolve(server, values)).toStrictEqual({ account_id: 'found' });
		expect(await resolve(server, values, 100)).toStrictEqual({ account_id: 'found' });
	});

	it('may be that of a record that a list contains twice', async () => {
		const server = serverWith([BERG, BERG]);
		expect(await resolve(server, { account_id: 'Berg Ltd' })).toEqual({ account_id: 'berg-id' });
	});

	it('may have its letters in two parts', async () => {
		const server = serverWith([{ id: 'found', name: 'Mu\u0308ller' }]);
		expect(await resolve(server, { account_id: 'Müller' })).toStrictEqual({ account_id: 'found' });
	});

	it('of a person is searched for by its last word', async () => {
		const server = serverWith([{ id: 'ada', _display: 'Ada van der Berg' }]);
		expect(await resolve(server, { boss_id: 'Ada van der Berg ' })).toEqual({ boss_id: 'ada' });
		expect(dataOf(server)[0].query).toMatchObject({
			fields: ['id'],
			filters: { filter_text: 'Berg' },
		});
	});

	it('is looked up once in a run, by whatever fields', async () => {
		const server = serverWith([BERG]);
		const values = { account_id: 'Berg Ltd', other_id: 'BERG LTD' };
		expect(await resolve(server, values)).toEqual({ account_id: 'berg-id', other_id: 'berg-id' });
		await resolve(server, values);
		expect(dataOf(server)).toHaveLength(1);
	});

	it('is found on later pages of a list, too, which are sorted so that they join', async () => {
		const others = Array.from({ length: 450 }, (_, index) => ({ id: String(index), name: 'Berg' }));
		const server = serverWith([...others, { id: 'found', name: 'Berg Ltd' }]);
		expect(await resolve(server, { account_id: 'Berg Ltd' })).toEqual({ account_id: 'found' });
		expect(dataOf(server).at(-1)?.query?.order).toBe('id');
	});

	it('is not one that is written together', async () => {
		const wanted = resolve(serverWith([BERG]), { account_id: 'BergLtd' });
		await expect(wanted).rejects.toThrow('no Account is called "BergLtd"');
	});

	it('that no record has is refused', async () => {
		const wanted = resolve(serverWith([BERG]), { account_id: 'Tal Ltd' });
		await expect(wanted).rejects.toThrow(UserError);
		await expect(wanted).rejects.toThrow(/^'Account': no Account is called "Tal Ltd"$/);
	});

	it('that several records have is refused, with their IDs', async () => {
		const wanted = resolve(serverWith([BERG, { ...BERG, id: 'twin' }]), { account_id: 'Berg Ltd' });
		await expect(wanted).rejects.toThrow(UserError);
		await expect(wanted).rejects.toThrow(
			/^'Account': several records of Account are called "Berg Ltd": berg-id, twin\. Enter one of these IDs$/,
		);
	});

	it('may be an ID of another form, which is asked for if no record is called like that', async () => {
		const server = serverWith([BERG], 'standard-tax');
		const values = { account_id: 'standard-tax' };
		expect(await resolve(server, values)).toStrictEqual(values);
		expect(dataOf(server).map(({ path }) => path)).toEqual([
			'data/Account',
			'data/Account/standard-tax',
		]);
	});

	it.each(['a/b', '..'])(
		'that is no part of an address is not taken for an ID: %s',
		async (name) => {
			const server = serverWith([]);
			await expect(resolve(server, { account_id: name })).rejects.toThrow('no Account is called');
			expect(dataOf(server)).toHaveLength(1);
		},
	);
});

describe('a user', () => {
	const users = [
		{ id: '5', name: 'Ada Berg', user_name: 'ada', email1: null },
		{ id: '6', _display: 'Ben Tal', user_name: 'ben', email1: 'ben@x.example' },
	];

	it.each([
		['ada', '5'],
		['Ada Berg', '5'],
		['BEN', '6'],
		['ben@x.example', '6'],
		['Ben Tal', '6'],
	])('is found by any name, among all users: %s', async (name, id) => {
		const server = serverWith(users);
		expect(await resolve(server, { user_id: name }, 100)).toStrictEqual({ user_id: id });
		expect(dataOf(server)).toMatchObject([
			{ path: 'data/User', query: { fields: ['id', 'name', 'user_name'], filters: {} } },
		]);
		expect(dataOf(server)[0].query?.filters).toStrictEqual({});
	});
});

describe('many items with names', () => {
	it('read the records once', async () => {
		const records = Array.from({ length: 30 }, (_, index) => ({
			id: `id-${index}`,
			name: `Name ${index}`,
		}));
		const server = serverWith([...records, { id: 'twin', name: 'Name 2' }]);
		const ids = [];
		for (const name of ['name 0', 'NAME 1']) {
			ids.push((await resolve(server, { account_id: name }, 100)).account_id);
		}
		expect(ids).toStrictEqual(['id-0', 'id-1']);
		const readings = dataOf(server);
		expect(readings).toMatchObject([
			{ query: { fields: ['id'], filters: { view_closed: 1 }, limit: 1 } },
			{ query: { fields: ['id', 'name'], filters: { view_closed: 1 } } },
			{ query: { fields: ['id', 'name'] } },
		]);
		// Whoever is there twice is looked up alone.
		await expect(resolve(server, { account_id: 'Name 2' }, 100)).rejects.toThrow('id-2, twin');
		expect(dataOf(server)[readings.length].query?.filters).toMatchObject({ name: 'Name 2' });
	});

	it('read those of each module', async () => {
		const server = clientWith(({ path }) => {
			if (path === 'meta/fields/Contact') return CONTACT;
			if (path === 'meta/fields/Account') return ACCOUNT;
			const records = ['Berg', 'Tal'].map((name) => ({ id: `${path} ${name}`, name }));
			return { records, total_results: 2 };
		});
		const values = { account_id: 'Berg', boss_id: 'Berg' };
		expect(await resolve(server, values, 100)).toStrictEqual({
			account_id: 'data/Account Berg',
			boss_id: 'data/Contact Berg',
		});
	});

	it('count those of each field once', async () => {
		const asked: string[] = [];
		const { crm } = serverWith([BERG, { id: 'tal', name: 'Tal' }]);
		const feed = (field: string) => {
			asked.push(field);
			return feedOf();
		};
		await resolveReferences(crm, 'Contact', { account_id: 'Berg Ltd', other_id: 'Tal' }, feed);
		await resolveReferences(crm, 'Contact', { account_id: 'Tal' }, feed);
		expect(asked).toStrictEqual(['account_id', 'other_id']);
	});
});
