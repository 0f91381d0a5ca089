import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import {
	checkKeptFields,
	checkRequiredFields,
	convertRecords,
	createRecord,
	deleteRecord,
	fetchRecord,
	recordExists,
	recordName,
	updateRecord,
} from '../../../../../nodes/OneCrm/crm/record';
import { isEmpty, uploadFiles, without } from '../../../../../nodes/OneCrm/crm/recordValues';
import { fetchMe } from '../../../../../nodes/OneCrm/crm/user';
import { invalidValue, isUploadId, textOrNull } from '../../../../../nodes/OneCrm/crm/value';
import { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import type { CrmRequest } from '../../../../../nodes/OneCrm/http/types';
import { node } from '../http/node.cts';
import { clientWith } from './scripted-client.cts';

const LEAD = {
	fields: {
		last_name: { type: 'varchar', vname: 'Last Name', required: true },
		photo: { type: 'image', vname: 'Photo', required: true },
		do_not_call: { type: 'bool' },
	},
};
const KEY = { module: 'Lead', id: '7' };
const file = {
	name: 'a.png',
	mimeType: 'image/png',
	size: 3,
	open: async () => Buffer.from('abc'),
};

const serverWith = (answer: (request: CrmRequest) => IDataObject) =>
	clientWith((request) => {
		if (request.path === 'meta/fields/Lead') return LEAD;
		if (request.path === 'files/upload') return { id: 'INCOMING~1' };
		return answer(request);
	});
const failure = (status: number, body?: IDataObject) =>
	new CrmError(node, { message: 'Refused' }, { status, body });
const failing = (error: Error) =>
	serverWith(() => {
		throw error;
	});
const dataOf = ({ sent }: ReturnType<typeof clientWith>) =>
	sent.filter(({ path }) => path.startsWith('data/'));

it.each([
	[{ _display: 'Ada Berg', name: 'Berg', id: '1' }, 'Ada Berg'],
	[{ _display: null, name: 'Berg', id: '1' }, 'Berg'],
	[{ _display: '', name: 'Berg', id: '1' }, 'Berg'],
	[{ _display: 5, name: '', id: 7 }, '7'],
])('people call %j %s', (record, name) => {
	expect(recordName(record)).toBe(name);
});

describe('reading a record', () => {
	it('of some fields asks for its mark of deletion, too, and keeps it for itself', async () => {
		const server = serverWith(() => ({ record: { id: '7', title: 'Head', deleted: '0' } }));
		expect(await fetchRecord(server.crm, KEY, { fields: ['title'], tries: 2 })).toStrictEqual({
			id: '7',
			title: 'Head',
		});
		expect(dataOf(server)).toEqual([
			{
				method: 'GET',
				path: 'data/Lead/7',
				subject: 'Lead "7"',
				query: { fields: ['title', 'deleted'] },
				tries: 2,
			},
		]);
	});

	it('of all fields returns the mark with them', async () => {
		const record = { id: '7', deleted: '0' };
		const server = serverWith(() => ({ record }));
		expect(await fetchRecord(server.crm, KEY)).toStrictEqual(record);
		expect(dataOf(server)[0].query).toEqual({ fields: [] });
	});

	it('returns the mark if it was asked for', async () => {
		const record = { id: '7', deleted: '0' };
		const server = serverWith(() => ({ record }));
		expect(await fetchRecord(server.crm, KEY, { fields: ['deleted'] })).toStrictEqual(record);
		expect(dataOf(server)[0].query).toStrictEqual({ fields: ['deleted'] });
	});

	it('of more fields than fit into one address takes several requests', async () => {
		const fields = Array.from({ length: 400 }, (_, index) => `a_rather_long_name_${index}`);
		const server = serverWith(({ query }) => ({
			record: Object.fromEntries((query?.fields as string[]).map((name) => [name, name])),
		}));
		const record = await fetchRecord(server.crm, KEY, { fields });
		expect(Object.keys(record)).toEqual(expect.arrayContaining(fields));
		expect(dataOf(server).length).toBeGreaterThan(1);
	});

	it.each<[string, IDataObject]>([
		['is marked as deleted', { record: { id: '7', deleted: '1' } }],
		['comes as nothing', { record: null }],
		['comes as an empty list', { record: [] }],
	])('that %s is refused as not there', async (_, answer) => {
		const { crm } = serverWith(() => answer);
		await expect(fetchRecord(crm, KEY)).rejects.toMatchObject({
			message: 'Lead "7" was not found',
			description: 'The record was deleted, or its ID is wrong',
			httpCode: '404',
		});
		expect(await recordExists(crm, KEY)).toBe(false);
	});

	it('decides whether it is there, unless that fails', async () => {
		const there = serverWith(() => ({ record: { id: '7', deleted: 0 } }));
		expect(await recordExists(there.crm, KEY)).toBe(true);
		expect(dataOf(there)[0].query).toStrictEqual({ fields: ['id', 'deleted'] });
		expect(await recordExists(failing(failure(404)).crm, KEY)).toBe(false);
		await expect(recordExists(failing(failure(403)).crm, KEY)).rejects.toThrow('Refused');
	});
});

it('values of fields that 1CRM knows are converted, others stay', async () => {
	const { crm } = serverWith(() => ({}));
	const records = [{ do_not_call: '1', custom: '1' }, { last_name: 'Berg' }];
	expect(await convertRecords(crm, 'Lead', records)).toStrictEqual([
		{ do_not_call: true, custom: '1' },
		{ last_name: 'Berg' },
	]);
});

const values = (data: Record<string, string | null>, files = {}) => ({ data, files });

describe('a required field', () => {
	it.each<[string, Record<string, string | null>]>([
		['missing', {}],
		['null', { last_name: null }],
		['blank', { last_name: ' ' }],
	])('of a new record that is %s is refused', async (_, data) => {
		const { crm } = serverWith(() => ({}));
		const checking = checkRequiredFields(crm, 'Lead', values(data, { photo: file }));
		await expect(checking).rejects.toThrow(UserError);
		await expect(checking).rejects.toThrow(
			/^A new Lead needs a value for 'Last Name' \(last_name\)$/,
		);
	});

	it('is named with all others', async () => {
		const { crm } = serverWith(() => ({}));
		await expect(checkRequiredFields(crm, 'Lead', values({}))).rejects.toThrow(
			/ for 'Last Name' \(last_name\), 'Photo' \(photo\)$/,
		);
	});

	it('cannot be cleared, but left alone', async () => {
		const { crm } = serverWith(() => ({}));
		const clearing = checkKeptFields(crm, 'Lead', values({ last_name: '' }));
		await expect(clearing).rejects.toThrow(UserError);
		await expect(clearing).rejects.toThrow(
			/^Lead needs a value for 'Last Name' \(last_name\), which cannot be cleared$/,
		);
		await expect(checkKeptFields(crm, 'Lead', values({ title: null }))).resolves.toBeUndefined();
		await expect(
			checkKeptFields(crm, 'Lead', values({ last_name: 'Berg' })),
		).resolves.toBeUndefined();
	});
});

describe('creating a record', () => {
	const given = values({ last_name: 'Berg' }, { photo: file });
	const written = { last_name: 'Berg', photo: 'INCOMING~1' };

	it('uploads its files first and returns what was written', async () => {
		const server = serverWith(() => ({ id: '8' }));
		expect(await createRecord(server.crm, 'Lead', given)).toStrictEqual({
			module: 'Lead',
			id: '8',
			data: written,
			verb: 'created',
		});
		expect(dataOf(server)).toEqual([
			{ method: 'POST', path: 'data/Lead', query: {}, body: { data: written } },
		]);
	});

	it('lets 1CRM look for duplicates if that is wanted', async () => {
		const server = serverWith(() => ({ id: '8' }));
		await createRecord(server.crm, 'Lead', given, { checkDuplicates: true });
		expect(dataOf(server)[0].query).toEqual({ check_duplicates: 1 });
	});

	it('that 1CRM reports as failed, but with an ID, names the ID', async () => {
		const { crm } = failing(failure(500, { id: '8' }));
		await expect(createRecord(crm, 'Lead', given)).rejects.toThrow(
			/^1CRM returned the ID "8" for a new Lead, but reported: Refused$/,
		);
	});

	it('that 1CRM refuses fails as it says', async () => {
		const refusal = failure(500, { error: 'x' });
		await expect(createRecord(failing(refusal).crm, 'Lead', given)).rejects.toBe(refusal);
	});

	it('without an ID in the answer may have made one', async () => {
		const { crm } = serverWith(() => ({ duplicates: ['1'] }));
		await expect(createRecord(crm, 'Lead', given)).rejects.toMatchObject({
			message: '1CRM answered without the ID of a new Lead',
			description: 'It may have treated the record as a duplicate. The details contain its answer',
			outcome: 'unknown',
			context: { data: { duplicates: ['1'] } },
		});
	});
});

describe('changing a record', () => {
	it('sends the values, and may be repeated', async () => {
		const server = serverWith(() => ({ result: true }));
		const changed = await updateRecord(server.crm, KEY, values({ title: 'Head' }));
		expect(changed).toStrictEqual({ ...KEY, data: { title: 'Head' }, verb: 'updated' });
		expect(dataOf(server)).toEqual([
			{
				method: 'PATCH',
				path: 'data/Lead/7',
				subject: 'Lead "7"',
				query: {},
				body: { data: { title: 'Head' }, create: false },
				notRepeatable: false,
			},
		]);
	});

	it('is not repeated if a file is among the values, which is used up by the first try', async () => {
		const server = serverWith(() => ({ result: true }));
		await updateRecord(server.crm, KEY, values({ title: 'Head' }, { photo: file }), {
			checkDuplicates: true,
		});
		expect(dataOf(server)[0]).toMatchObject({
			notRepeatable: true,
			query: { check_duplicates: 1 },
			body: { data: { title: 'Head', photo: 'INCOMING~1' } },
		});
	});

	it('may make one with this ID, which needs all required fields', async () => {
		const server = serverWith(() => ({ result: true }));
		const full = values({ last_name: 'Berg' }, { photo: file });
		const made = await updateRecord(server.crm, KEY, full, { create: true });
		expect(made.verb).toBe('created');
		expect(dataOf(server)[0].body).toMatchObject({ create: true });
		await expect(
			updateRecord(server.crm, KEY, values({ title: 'Head' }), { create: true }),
		).rejects.toThrow('A new Lead needs');
		await expect(updateRecord(server.crm, KEY, values({ last_name: null }))).rejects.toThrow(
			'cannot be cleared',
		);
		expect(dataOf(server)).toHaveLength(1);
	});
});

it('a record that is deleted may be gone already', async () => {
	const server = serverWith(() => ({ result: true }));
	await deleteRecord(server.crm, KEY);
	expect(server.sent).toEqual([
		{ method: 'DELETE', path: 'data/Lead/7', subject: 'Lead "7"', mayBeGone: true },
	]);
});

describe('values to write', () => {
	it('are none without data and files', () => {
		expect(isEmpty(values({}))).toBe(true);
		expect(isEmpty(values({ title: null }))).toBe(false);
		expect(isEmpty(values({}, { photo: file }))).toBe(false);
		expect(isEmpty(values({ title: null }, { photo: file }))).toBe(false);
	});

	it('are left out by their names, whether data or files', () => {
		const all = values({ title: 'a', status: 'b' }, { photo: file, icon: file });
		expect(without(all, ['title', 'photo'])).toStrictEqual(values({ status: 'b' }, { icon: file }));
	});

	it('get the IDs of their files, and the given ones stay as they are', async () => {
		const given = values({ title: 'a' }, { photo: file });
		const uploaded = await uploadFiles(serverWith(() => ({})).crm, given);
		expect(uploaded).toStrictEqual({ title: 'a', photo: 'INCOMING~1' });
		expect(given.data).toStrictEqual({ title: 'a' });
	});
});

describe('a value', () => {
	it.each([
		['much', 'much'],
		[{ a: 1 }, '{"a":1}'],
		[null, 'null'],
		[undefined, 'undefined'],
		['x'.repeat(300), 'x'.repeat(200)],
	])('that its field cannot contain is shown, as far as it is short: %j', (value, shown) => {
		const error = invalidValue({ label: 'Size' }, value, 'a number');
		expect(error).toBeInstanceOf(UserError);
		expect(error.message).toBe(`'Size' takes a number, not "${shown}"`);
	});

	it.each([
		['INCOMING~1', true],
		['x INCOMING~1', false],
		['', false],
		[null, false],
		[7, false],
	])('%j is the ID of an uploaded file: %s', (value, is) => {
		expect(isUploadId(value)).toBe(is);
	});

	it.each([
		[undefined, null],
		[null, null],
		['', null],
		[0, '0'],
		[false, 'false'],
		['a', 'a'],
	])('%j as text is %j', (value, text) => {
		expect(textOrNull(value)).toBe(text);
	});
});

describe('the user of the credential', () => {
	it.each([
		['Users:7', '7'],
		['7', '7'],
		['a:b:c', 'b:c'],
	])('with the ID %s is %s in records', async (id, recordId) => {
		const server = clientWith(() => ({ id, name: 'Ada' }));
		expect(await fetchMe(server.crm)).toStrictEqual({ id, name: 'Ada', recordId });
		expect(server.sent).toEqual([{ method: 'GET', path: 'me' }]);
	});

	it('has to be in the answer', async () => {
		const { crm } = clientWith(() => ({}));
		await expect(fetchMe(crm)).rejects.toThrow('1CRM answered without a user');
	});
});
