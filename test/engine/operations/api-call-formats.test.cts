import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/sandbox.cts';
import { recordWithFile } from '../../support/record-with-file.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { calling, pairs } from './calling.cts';

const { sandbox, engine } = engineWithSandbox();
let noteId: string;

beforeAll(async () => {
	noteId = await recordWithFile(sandbox, { fileName: 'a.bin', mimeType: 'a/b', content: CONTENT });
	for (let number = 0; number < 7; number++) {
		sandbox.insert('Account', { id: `account-${number}`, name: `Account ${number}` });
	}
});

const CONTENT = Buffer.from([0, 1, 2, 253, 254, 255]);
const item: INodeExecutionData = {
	json: {},
	binary: {
		photo: { data: CONTENT.toString('base64'), mimeType: 'image/png', fileName: 'a.png' },
	},
};

const posting = (url: string, rest: INodeParameters) => calling(url, { method: 'POST', ...rest });
const echo = () =>
	sandbox.failNext({ kind: 'status', status: 200, body: { ok: 1 } }, { path: /echo/ });
const sent = () => {
	const { body, headers } = workOf(sandbox)[0];
	return { body: Buffer.isBuffer(body) ? body.toString() : body, type: headers['content-type'] };
};

describe('the body', () => {
	it('may be a form', async () => {
		echo();
		const formFields = pairs({ 'data[last_name]': 'Berg & Söhne', a: '1 + 1', '': 'x' });
		await engine.items(posting('echo', { bodyFormat: 'form', formFields }));
		expect(sent()).toEqual({
			body: 'data%5Blast_name%5D=Berg+%26+S%C3%B6hne&a=1+%2B+1',
			type: 'application/x-www-form-urlencoded',
		});
	});

	it.each([
		[{}, 'text/plain; charset=utf-8'],
		[{ 'content-type': 'text/csv' }, 'text/csv'],
	])('may be a text, its type set by the headers %j', async (headers, type) => {
		echo();
		await engine.items(
			posting('echo', {
				bodyFormat: 'text',
				bodyText: 'id;näme',
				headers: pairs(headers),
			}),
		);
		expect(sent()).toEqual({ body: 'id;näme', type });
	});

	it('may be a file of an earlier node', async () => {
		const [answer] = await engine.items(
			posting('files/upload', {
				bodyFormat: 'file',
				inputBinaryField: 'photo',
				headers: pairs({ 'X-OneCRM-Filename': 'a.png' }),
			}),
			{ items: [item] },
		);
		const file = sandbox.file((answer.body as { id: string }).id);
		expect(file).toMatchObject({ name: 'a.png', mimeType: 'image/png', size: CONTENT.length });
		expect(await file?.open().toArray()).toEqual([CONTENT]);
	});

	it.each([
		['a missing file', { bodyFormat: 'file' }, /'data'/],
		['an unknown format', { bodyFormat: '={{ "xml" }}' }, /^'Body Format' cannot be "xml"$/],
	])('is refused for %s before anything is sent', async (_what, rest, message) => {
		const error = await engine.failure(posting('echo', rest), { items: [item] });
		expect(error.message).toMatch(message);
		expect(sandbox.requests).toEqual([]);
	});

	it('is JSON where an expression gives an object for a text', async () => {
		echo();
		await engine.items(posting('echo', { bodyFormat: 'text', bodyText: '={{ ({ a: 1 }) }}' }));
		expect(sent().body).toBe('{"a":1}');
	});

	it('is none with the method GET', async () => {
		echo();
		await engine.items(calling('echo', { body: '{"a":1}', bodyFormat: 'json' }));
		expect(sent()).toEqual({ body: undefined, type: undefined });
	});
});

describe('the answer', () => {
	const file = (url: string, rest: INodeParameters = {}) =>
		calling(url, { responseFormat: 'file', ...rest });

	it('may be a file', async () => {
		const { items } = await engine.run(
			file(`files/download/Note/${noteId}`, { outputBinaryField: 'note' }),
		);
		const [{ json, binary, pairedItem }] = items;
		expect(json).toMatchObject({
			statusCode: 200,
			headers: { 'content-length': String(CONTENT.length) },
		});
		expect(json).not.toHaveProperty('body');
		expect(binary?.note).toMatchObject({
			data: CONTENT.toString('base64'),
			mimeType: 'application/octet-stream',
			fileName: noteId,
		});
		expect(pairedItem).toEqual({ item: 0 });
	});

	it('has the name and the type that the server gives it, made safe', async () => {
		const headers = {
			'Content-Type': 'text/csv; charset=utf-8',
			'Content-Disposition': 'attachment; filename="../a/näme.csv"',
			'Set-Cookie': 'PHPSESSID=secret',
		};
		sandbox.failNext(
			{
				kind: 'status',
				status: 200,
				headers: {
					...headers,
					'Content-Disposition': "attachment; filename*=UTF-8''..%2Fn%C3%A4me.csv",
				},
				body: 'id;name',
			},
			{ path: /report/ },
		);
		const { items } = await engine.run(file('reports/csv'));
		expect(items[0].binary?.data).toMatchObject({ fileName: 'näme.csv', mimeType: 'text/csv' });
		expect(JSON.stringify(items[0].json)).not.toContain('secret');
	});

	it.each<[string, Fault, string]>([
		['a log-in page', { kind: 'html' }, "This address doesn't answer like a 1CRM API"],
		['a refusal', { kind: 'status', status: 403, message: 'No access' }, 'No access'],
		['half a file', { kind: 'truncated' }, 'The connection was lost in the middle of the file'],
	])('is no file when it is %s', async (_what, fault, message) => {
		sandbox.failNext(fault, { path: /download/ });
		const { items, error } = await engine.run(file(`files/download/Note/${noteId}`));
		expect(items).toEqual([]);
		expect(error?.message).toBe(message);
	});
});

describe('the answer to a POST as a file', () => {
	it('says that 1CRM may have done its work if the file breaks off', async () => {
		sandbox.failNext({ kind: 'truncated' }, { method: 'POST' });
		const body = { data: { last_name: 'Berg' } };
		const error = await engine.failure(
			posting('data/Contact', { responseFormat: 'file', body: JSON.stringify(body) }),
		);
		expect(error.message).toBe('The connection was lost in the middle of the file');
		expect(error.description).toContain('1CRM may have applied this change anyway');
	});
});

describe('the pages of a list', () => {
	const paged = (url: string, rest: INodeParameters = {}) =>
		calling(url, { fetchPages: true, ...rest });

	it.each([1, 3, 7, 200])('become an item for each record, from pages of %i', async (size) => {
		sandbox.variants.maxPageSize = size;
		const { items } = await engine.run(
			paged('data/Account?fields[]=name', { returnAll: true, headers: pairs({ 'X-Probe': '1' }) }),
		);
		expect(items.map(({ json }) => json.name).sort()).toEqual(
			Array.from({ length: 7 }, (_, number) => `Account ${number}`),
		);
		expect(items.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
		expect(workOf(sandbox).every(({ headers }) => headers['x-probe'] === '1')).toBe(true);
	});

	it('end at the limit', async () => {
		const records = await engine.items(paged('data/Account', { limit: 2 }));
		expect(records).toHaveLength(2);
		expect(workOf(sandbox)[0].query).toEqual({ offset: '0', limit: '2' });
	});

	it('end where the server gives the same again, as one does that knows no pages', async () => {
		const records = ['a', 'b', 'c'].map((id) => ({ id }));
		sandbox.failNext(
			{ kind: 'status', status: 200, body: { records } },
			{ path: /^\/calendar/, times: 9 },
		);
		expect(await engine.items(paged('calendar/events', { returnAll: true }))).toEqual(records);
		expect(workOf(sandbox)).toHaveLength(2);
	});

	it('may be none', async () => {
		expect(await engine.items(paged('data/Call'))).toEqual([]);
	});

	it.each([
		['data/Account?limit=5', {}],
		['data/Account', { query: pairs({ offset: '5' }) }],
	])('are not asked for with a part of their own (%s)', async (url, rest) => {
		const error = await engine.failure(paged(url, rest));
		expect(error.message).toMatch(/^'Query Parameters' cannot set "(limit|offset)" while/);
		expect(sandbox.requests).toEqual([]);
	});

	it('are an error where there is no list', async () => {
		const error = await engine.failure(paged('me'));
		expect(error.message).toBe('1CRM answered without a list of records');
		expect(sentTo(sandbox)).toEqual([]);
	});

	it('are left alone with another method', async () => {
		echo();
		const [answer] = await engine.items(paged('echo', { method: 'POST' }));
		expect(answer).toMatchObject({ statusCode: 200, body: { ok: 1 } });
	});
});
