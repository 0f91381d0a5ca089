import { createHash } from 'node:crypto';
import type { IBinaryKeyData, INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => {
	sandbox.clear('Note');
	sandbox.clear('Contact');
});

const CONTENT = Buffer.from('file: ä\0\xff', 'latin1');
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const UPLOAD = 'POST /files/upload';

const binary: IBinaryKeyData = {
	data: { data: CONTENT.toString('base64'), mimeType: 'image/png', fileName: 'photo.png' },
	second: { data: 'eA==', mimeType: 'text/plain', fileName: 'x.txt' },
};
const withFiles = [{ json: {}, binary }];

const writing = (
	operation: 'create' | 'update' | 'upsert',
	module: string,
	value: INodeParameters,
	rest: INodeParameters = {},
): INodeParameters => ({
	resource: 'record',
	operation,
	module,
	fields: { mappingMode: 'defineBelow', value, matchingColumns: ['name'] },
	...rest,
});

describe('the name of an input field with a file', () => {
	it.each([
		['Note', 'filename', { name: 'Offer' }],
		['Contact', 'photo', { last_name: 'Berg' }],
	])('in %s.%s has the file uploaded and attached in one go', async (module, field, names) => {
		const parameters = writing('create', module, { ...names, [field]: 'data' });
		const [created] = await engine.items(parameters, { items: withFiles });
		expect(created).toEqual({
			id: sandbox.records(module)[0].id,
			...names,
			[field]: expect.stringMatching(/^INCOMING~/),
		});
		expect(sandbox.file(String(created.id))).toMatchObject({
			name: 'photo.png',
			mimeType: 'image/png',
			size: CONTENT.length,
			sha256: SHA256,
		});
		expect(sentTo(sandbox)).toEqual([UPLOAD, `POST /data/${module}`]);
	});

	it('is attached by an update', async () => {
		const id = sandbox.insert('Note', { name: 'Offer' });
		const parameters = writing('update', 'Note', { filename: 'data' }, { recordId: id });
		await engine.items(parameters, { items: withFiles });
		expect(sandbox.file(id)?.sha256).toBe(SHA256);
		expect(sentTo(sandbox)).toEqual([UPLOAD, `PATCH /data/Note/${id}`]);
	});

	it.each(['created', 'updated'])('is attached by an upsert (%s)', async (verb) => {
		if (verb === 'updated') sandbox.insert('Note', { name: 'Offer' });
		const parameters = writing('upsert', 'Note', { name: 'Offer', filename: 'data' });
		const [upserted] = await engine.items(parameters, { items: withFiles });
		expect(upserted._upsert).toBe(verb);
		expect(sandbox.file(String(upserted.id))?.sha256).toBe(SHA256);
		expect(sentTo(sandbox).slice(0, 2)).toEqual(['GET /data/Note', UPLOAD]);
	});

	it('gives each item its own file', async () => {
		const items = ['one', 'two'].map((name) => ({
			json: { name },
			binary: {
				data: { data: btoa(name), mimeType: 'text/plain', fileName: `${name}.txt` },
			},
		}));
		const value = { name: '={{ $json.name }}', filename: 'data' };
		const created = await engine.items(writing('create', 'Note', value), { items });
		const names = created.map(({ id }) => sandbox.file(String(id))?.name);
		expect(names).toEqual(['one.txt', 'two.txt']);
	});

	it('may come with the fields of the input', async () => {
		const parameters = {
			...writing('create', 'Note', {}),
			fields: { mappingMode: 'autoMapInputData', value: null },
		};
		const items = [{ json: { name: 'Offer', filename: 'data' }, binary }];
		const [{ id }] = await engine.items(parameters, { items });
		expect(sandbox.file(String(id))?.sha256).toBe(SHA256);
	});
});

it('writes the id of an uploaded file as it is', async () => {
	const [{ id: upload }] = await engine.items(
		{ resource: 'file', operation: 'upload', inputMode: 'binary', inputBinaryField: 'data' },
		{ items: withFiles },
	);
	sandbox.clearRequests();
	const value = { name: 'Offer', filename: String(upload) };
	const [{ id }] = await engine.items(writing('create', 'Note', value));
	expect(sandbox.file(String(id))?.sha256).toBe(SHA256);
	expect(sentTo(sandbox)).toEqual(['POST /data/Note']);
});

it('takes the file away when the field is cleared', async () => {
	const created = await engine.items(
		writing('create', 'Note', { name: 'Offer', filename: 'data' }),
		{
			items: withFiles,
		},
	);
	sandbox.clearRequests();
	const recordId = String(created[0].id);
	await engine.items(writing('update', 'Note', { filename: '={{ "" }}' }, { recordId }));
	expect(workOf(sandbox)[0].body).toMatchObject({ data: { filename: '' } });
	expect(sandbox.record('Note', recordId)?.filename).toBeNull();
});

describe('uploads and writes nothing', () => {
	it.each(['missing', 'C:\\photo.png', 'https://berg.example/photo.png', 'toString'])(
		'for %s, which is neither a file nor an id',
		async (filename) => {
			const parameters = writing('create', 'Note', { name: 'Offer', filename });
			const error = await engine.failure(parameters, { items: withFiles });
			expect(error.message).toBe(
				"'Attachment' needs the name of an input field that contains a file, or the ID of an uploaded file, " +
					`not "${filename}"`,
			);
			expect(error.context.itemIndex).toBe(0);
			expect(sentTo(sandbox)).toEqual([]);
		},
	);

	it('for an item without files', async () => {
		const error = await engine.failure(writing('create', 'Note', { name: 'O', filename: 'data' }));
		expect(error.message).toContain('not "data"');
		expect(sentTo(sandbox)).toEqual([]);
	});

	it.each<[string, INodeParameters]>([
		['a value that another field cannot hold', { name: 'O', filename: 'data', portal_flag: 'x' }],
		['a field that the module does not have', { name: 'O', filename: 'data', unknown: '1' }],
		['a field that cannot be written', { name: 'O', filename: 'data', date_entered: '2026-01-01' }],
		['a required field without a value', { filename: 'data', description: 'x' }],
	])('for %s', async (_what, value) => {
		await engine.failure(writing('create', 'Note', value), { items: withFiles });
		expect(sentTo(sandbox)).toEqual([]);
	});

	it('when of two files the second is none', async () => {
		const metadata = {
			fields: {
				name: { type: 'name', required: true },
				filename: { type: 'file_ref' },
				other: { type: 'file_ref', vname: 'Other' },
			},
			filters: {},
		};
		sandbox.failNext({ kind: 'status', status: 200, body: metadata }, { path: /^\/meta/ });
		const value = { name: 'O', filename: 'data', other: 'missing' };
		const error = await engine.failure(writing('create', 'Note', value), { items: withFiles });
		expect(error.message).toMatch(/^'Other' needs/);
		expect(sentTo(sandbox)).toEqual([]);
	});

	it.each<[string, INodeParameters]>([
		['has no value to match on', { name: '={{ "" }}', filename: 'data' }],
		['could be two records', { name: 'Offer', filename: 'data' }],
	])('when an upsert %s', async (_what, value) => {
		sandbox.insert('Note', { name: 'Offer' });
		sandbox.insert('Note', { name: 'Offer' });
		await engine.failure(writing('upsert', 'Note', value), { items: withFiles });
		expect(sentTo(sandbox).filter((request) => request !== 'GET /data/Note')).toEqual([]);
	});
});

it('writes nothing when the upload fails', async () => {
	sandbox.failNext({ kind: 'status', status: 413, message: 'Too large' }, { path: /upload/ });
	const value = { name: 'Offer', filename: 'data' };
	const error = await engine.failure(writing('create', 'Note', value), { items: withFiles });
	expect(error.message).toBe('Too large');
	expect(sandbox.records('Note')).toEqual([]);
});
