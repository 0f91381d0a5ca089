import { createHash } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { recordWithFile } from '../../support/record-with-file.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => {
	sandbox.clear('Note');
	sandbox.clear('Document');
	sandbox.clear('DocumentRevision');
	sandbox.clear('Contact');
});

const CONTENT = Buffer.from('file: ä\0\xff', 'latin1');
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const UPLOAD = 'POST /files/upload';
const items = [
	{
		json: {},
		binary: {
			data: { data: CONTENT.toString('base64'), mimeType: 'image/png', fileName: 'a.png' },
		},
	},
];

const attached = (attachTo: string, rest: INodeParameters = {}): INodeParameters => ({
	resource: 'file',
	operation: 'upload',
	attachTo,
	...rest,
});
const more = (values: Record<string, string>): INodeParameters => ({
	attachFields: {
		fields: Object.entries(values).map(([name, value]) => ({ name, value })),
	},
});

const FILE = {
	id: expect.stringMatching(/^INCOMING~/),
	fileName: 'a.png',
	mimeType: 'image/png',
	fileSize: CONTENT.length,
};

it.each([
	['note', 'Note', 'filename', 'name'],
	['document', 'Document', 'revision_filename', 'document_name'],
])('makes a %s of the file, named like it', async (attachTo, module, field, nameField) => {
	const [output] = await engine.items(attached(attachTo), { items });
	const [record] = sandbox.records(module);
	expect(output).toEqual({ ...FILE, module, recordId: record.id, field });
	expect(record[nameField]).toBe('a.png');
	const [download] = (
		await engine.run({ resource: 'file', operation: 'download', module, recordId: record.id })
	).items;
	expect(download.binary?.data.data).toBe(CONTENT.toString('base64'));
	expect(sentTo(sandbox).slice(0, 2)).toEqual([UPLOAD, `POST /data/${module}`]);
});

it('gives the new record the name and the fields that the user gives', async () => {
	const account = sandbox.insert('Account', { name: 'Berg' });
	const fields = more({ parent_type: 'Accounts', parent_id: account, portal_flag: 'yes' });
	await engine.items(attached('note', { attachName: 'Minutes', ...fields }), { items });
	expect(sandbox.records('Note')[0]).toMatchObject({
		name: 'Minutes',
		parent_type: 'Accounts',
		parent_id: account,
		portal_flag: '1',
	});
});

it('makes it the latest revision of a document', async () => {
	const id = await recordWithFile(sandbox, {
		fileName: 'v1.txt',
		mimeType: 'text/plain',
		content: Buffer.from('1'),
		module: 'Document',
	});
	const parameters = attached('revision', { documentId: id, ...more({ revision: '2' }) });
	const [output] = await engine.items(parameters, { items });
	expect(output).toMatchObject({ module: 'DocumentRevision', field: 'filename' });
	expect(sandbox.record('Document', id)).toMatchObject({
		revision_filename: 'a.png',
		document_revision_id: output.recordId,
	});
	expect(sandbox.record('DocumentRevision', String(output.recordId))?.revision).toBe('2');
});

it('puts it in an image field of a record', async () => {
	const recordId = sandbox.insert('Contact', { last_name: 'Berg' });
	const parameters = attached('record', { module: 'Contact', recordId, fileField: 'photo' });
	const [output] = await engine.items(parameters, { items });
	expect(output).toEqual({ ...FILE, module: 'Contact', recordId, field: 'photo' });
	expect(sandbox.file(recordId)?.sha256).toBe(SHA256);
	expect(workOf(sandbox).at(-1)).toMatchObject({
		path: `/data/Contact/${recordId}`,
		body: { data: { photo: output.id }, create: false },
	});
});

it('writes the ID of the upload once, because a second time would empty the field', async () => {
	const recordId = sandbox.insert('Contact', { last_name: 'Berg' });
	sandbox.failNext({ kind: 'resetAfter' }, { method: 'PATCH', path: /^\/data\/Contact/ });
	const parameters = attached('record', { module: 'Contact', recordId, fileField: 'photo' });
	const { error } = await engine.run(parameters, { items });
	expect(error?.message).toMatch(/^The file was uploaded as INCOMING~.+, but not attached: /);
	expect(error?.description).toContain(
		'1CRM may have applied this change anyway. Check before you retry',
	);
	expect(sandbox.file(recordId)?.sha256).toBe(SHA256);
	expect(workOf(sandbox).filter(({ method }) => method === 'PATCH')).toHaveLength(1);
});

it('attaches nothing unless it is asked to', async () => {
	for (const parameters of [attached('none'), { resource: 'file', operation: 'upload' }]) {
		expect(await engine.items(parameters, { items })).toEqual([FILE]);
	}
	expect(sentTo(sandbox)).toEqual([UPLOAD, UPLOAD]);
});

describe('uploads nothing', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['for a choice that is none', attached('={{ "email" }}'), /^'Attach To' cannot be "email"/],
		['without a document', attached('revision'), /^'Document' is empty/],
		[
			'without a record',
			attached('record', { module: 'Contact', fileField: 'photo' }),
			/^'Record' is empty/,
		],
		[
			'without a field',
			attached('record', { module: 'Contact', recordId: '1' }),
			/^'File Field' is empty/,
		],
		[
			'for a field that holds no file',
			attached('record', { module: 'Contact', recordId: '1', fileField: 'last_name' }),
			/^'File Field' cannot be "last_name"/,
		],
		['for an unknown field', attached('note', more({ nonsense: '1' })), /no field "nonsense"/],
		[
			'for a field that cannot be written',
			attached('note', more({ date_entered: '2026-01-01' })),
			/cannot be written/,
		],
		[
			'for a value that a field cannot hold',
			attached('note', more({ portal_flag: 'perhaps' })),
			/takes true or false/,
		],
	])('%s', async (_what, parameters, message) => {
		const error = await engine.failure(parameters, { items });
		expect(error.message).toMatch(message);
		expect(error.context.itemIndex).toBe(0);
		expect(sentTo(sandbox)).toEqual([]);
	});
});

it.each([
	[403, 'No access'],
	[500, 'Database lost'],
])('names the file when 1CRM does not attach it (%i)', async (status, message) => {
	sandbox.failNext({ kind: 'status', status, message }, { path: /data\/Note/ });
	const error = await engine.failure(attached('note'), { items });
	const [, id] =
		/^The file was uploaded as (INCOMING~\S+), but not attached: /.exec(error.message) ?? [];
	expect(error.message).toBe(`The file was uploaded as ${id}, but not attached: ${message}`);
	expect(sandbox.file(String(id))?.sha256).toBe(SHA256);
	expect(error).toMatchObject({ httpCode: String(status) });
	expect(sandbox.records('Note')).toEqual([]);
});

it('names the file when the record is not there', async () => {
	const parameters = attached('record', { module: 'Contact', recordId: 'x', fileField: 'photo' });
	const error = await engine.failure(parameters, { items });
	expect(error.message).toMatch(
		/^The file was uploaded as INCOMING~\S+, but not attached: Contact "x" was not found$/,
	);
});

it('attaches the other files when one fails, and offers the fields for files', async () => {
	const recordId = sandbox.insert('Contact', { last_name: 'Berg' });
	const two = [recordId, 'x'].map((id) => ({ ...items[0], json: { id } }));
	const { items: outputs } = await engine.run(
		attached('record', { module: 'Contact', recordId: '={{ $json.id }}', fileField: 'photo' }),
		{ items: two, continueOnFail: true },
	);
	expect(outputs.map(({ json }) => json.recordId ?? json.error)).toEqual([
		recordId,
		expect.stringContaining('Contact "x" was not found'),
	]);
	const fields = await engine.loadOptions('getFileFields', { module: 'Contact' });
	expect(fields.map(({ value }) => value)).toEqual(['', 'photo']);
});

it('lists the documents, and the modules with files', async () => {
	await engine.items(attached('document'), { items });
	const documents = await engine.listSearch('searchDocuments', { module: 'Contact' });
	expect(documents.results.map(({ name }) => name)).toEqual(['a.png']);
	const modules = await engine.listSearch('searchFileModules', {}, { filter: 'revi' });
	expect(modules.results.map(({ value }) => value)).toEqual(['DocumentRevision']);
});
