import { createHash, randomBytes } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { recordWithFile } from '../../support/record-with-file.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();
let id: string;

beforeAll(async () => {
	id = await recordWithFile(sandbox, {
		fileName: 'scan.pdf',
		mimeType: 'application/pdf',
		content: CONTENT,
	});
});
beforeEach(() => {
	sandbox.variants.fileNames = 'decoded';
	skipPauses();
});

const CONTENT = randomBytes(300_000);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const of = (
	operation: 'download' | 'getInfo',
	recordId: string,
	rest: INodeParameters = {},
): INodeParameters => ({ resource: 'file', operation, module: 'Note', recordId, ...rest });

const INFO = {
	name: 'scan.pdf',
	size: CONTENT.length,
	fileName: 'scan.pdf',
	mimeType: 'application/pdf',
	fileSize: CONTENT.length,
	modifiedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
};

describe.each(['mimetype', 'mime_type'] as const)('with the type told as %s', (infoMimeKey) => {
	beforeEach(() => {
		sandbox.variants.infoMimeKey = infoMimeKey;
	});

	it('tells name, type and size of a file', async () => {
		const [info] = await engine.items(of('getInfo', id));
		expect(info).toMatchObject({ ...INFO, [infoMimeKey]: 'application/pdf' });
		expect(sentTo(sandbox)).toEqual([`GET /files/info/Note/${id}`]);
	});

	it('puts out the file with them', async () => {
		const { items } = await engine.run(of('download', id));
		const [{ json, binary, pairedItem }] = items;
		expect(json).toMatchObject(INFO);
		expect(pairedItem).toEqual({ item: 0 });
		expect(binary?.data).toMatchObject({ fileName: 'scan.pdf', mimeType: 'application/pdf' });
		expect(sha256(Buffer.from(String(binary?.data.data), 'base64'))).toBe(sha256(CONTENT));
	});
});

it('puts the file in the field that the user names', async () => {
	const { items } = await engine.run(of('download', id, { outputBinaryField: 'scan' }));
	expect(Object.keys(items[0].binary ?? {})).toEqual(['scan']);
});

it('gives the latest revision of a document, and an older one by its own ID', async () => {
	const first = await recordWithFile(sandbox, {
		fileName: 'v1.txt',
		mimeType: 'text/plain',
		content: Buffer.from('1'),
		module: 'Document',
	});
	const older = sandbox.records('DocumentRevision').find((row) => row.document_id === first);
	await recordWithFile(sandbox, {
		fileName: 'v2.txt',
		mimeType: 'text/plain',
		content: Buffer.from('22'),
		module: 'DocumentRevision',
		values: {
			document_id: first,
		},
	});
	const names = [];
	for (const parameters of [
		of('download', first, { module: 'Document' }),
		of('download', String(older?.id), { module: 'DocumentRevision' }),
	]) {
		const { items } = await engine.run(parameters);
		names.push(items[0].binary?.data.fileName);
	}
	expect(names).toEqual(['v2.txt', 'v1.txt']);
});

it('puts out a file without bytes', async () => {
	const empty = await recordWithFile(sandbox, {
		fileName: 'empty.txt',
		mimeType: 'text/plain',
		content: Buffer.alloc(0),
	});
	const { items } = await engine.run(of('download', empty));
	expect(items[0].json.fileSize).toBe(0);
	expect(items[0].binary?.data.fileName).toBe('empty.txt');
});

it.each([
	['Angebot für "Österreich".pdf', 'Angebot für "Österreich".pdf'],
	['見積書 \u{1f600}.pdf', '見積書 \u{1f600}.pdf'],
	['100% sure.txt', '100% sure.txt'],
	["it's.txt", "it's.txt"],
])('keeps the name %j from upload to download', async (fileName, expected) => {
	for (const fileNames of ['decoded', 'asSent'] as const) {
		sandbox.variants.fileNames = fileNames;
		const [note] = await engine.items({
			resource: 'file',
			operation: 'upload',
			inputMode: 'manual',
			fileName,
			fileContent: 'text',
			attachTo: 'note',
		});
		const { items } = await engine.run(of('download', String(note.recordId)));
		expect(items[0].binary?.data.fileName).toBe(expected);
	}
});

it.each([
	['../../etc/passwd', 'passwd'],
	['C:\\temp\\a.txt', 'a.txt'],
	['%2e%2e%2f%2e%2e%2fetc%2fpässwd', '%2e%2e%2f%2e%2e%2fetc%2fpässwd'],
	['..%2F..%2F%C3%BC.txt', '..%2F..%2F%C3%BC.txt'],
	['100% sure.txt', '100% sure.txt'],
	['a\u0000\r\n.txt', 'a.txt'],
	['invoice\u202Efdp.exe', 'invoicefdp.exe'],
	['..', 'file'],
])('makes the name %j of the server safe', async (name, expected) => {
	const body = { name, size: CONTENT.length, mimetype: 'a/b', modified: 0 };
	sandbox.failNext({ kind: 'status', status: 200, body }, { path: /info/ });
	const { items } = await engine.run(of('download', id));
	const { fileName, directory } = items[0].binary?.data ?? {};
	expect({ fileName, directory }).toEqual({ fileName: expected, directory: undefined });
	expect(items[0].json.fileName).toBe(expected);
});

it.each([undefined, '', 'nonsense', 'text/html\r\nX: 1'])(
	'takes the type %j of the server for unknown',
	async (mimetype) => {
		const body = { name: 'x', size: CONTENT.length, mimetype };
		sandbox.failNext({ kind: 'status', status: 200, body }, { path: /info/ });
		const { items } = await engine.run(of('download', id));
		expect(items[0].binary?.data.mimeType).toBe('application/octet-stream');
	},
);

describe.each(['getInfo', 'download'] as const)('%s', (operation) => {
	it('says that a note has no file', async () => {
		const bare = sandbox.insert('Note', { name: 'Without' });
		const error = await engine.failure(of(operation, bare));
		expect(error.message).toBe(`Note "${bare}" has no file`);
		expect(error.description).toBe('The record exists, but no file is attached to it');
		expect(error.context.itemIndex).toBe(0);
	});

	it('says that a note has no file on servers that tell of none', async () => {
		sandbox.variants.missingFile = 'empty';
		const bare = sandbox.insert('Note', { name: 'Without' });
		const error = await engine.failure(of(operation, bare));
		expect(error.message).toBe(`Note "${bare}" has no file`);
	});

	it.each([{ name: '', size: 0 }, { name: null }, []])(
		'takes the information %j for no file',
		async (body) => {
			sandbox.failNext({ kind: 'status', status: 200, body }, { path: /info/ });
			const error = await engine.failure(of(operation, id));
			expect(error.message).toBe(`Note "${id}" has no file`);
		},
	);

	it('says that a record is not there', async () => {
		const error = await engine.failure(of(operation, 'gone'));
		expect(error.message).toBe('Note "gone" was not found');
	});

	it.each(['Account', 'note', '../Note'])(
		'refuses the module %j before sending',
		async (module) => {
			const error = await engine.failure(of(operation, id, { module }));
			expect(error.message).toContain(`'Module' cannot be "${module}"`);
			expect(sentTo(sandbox)).toEqual([]);
		},
	);

	it('passes on what the server says when it refuses', async () => {
		sandbox.failNext({ kind: 'status', status: 403, message: 'No access' }, { path: /files/ });
		const error = await engine.failure(of(operation, id));
		expect(error.message).toBe('No access');
		expect(error).toMatchObject({ httpCode: '403' });
	});

	it('tries again when the server is busy', async () => {
		const fault = { kind: 'status' as const, status: 503 };
		sandbox.failNext(fault, {
			path: new RegExp(`/files/${operation.replace('get', '').toLowerCase()}`),
			times: 3,
		});
		const { items, error } = await engine.run(of(operation, id));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
	});
});

it.each(['object', 'string', 'nested'] as const)(
	'reads the refusal of a download, in the form of %s',
	async (errorBody) => {
		sandbox.failNext(
			{
				kind: 'status',
				status: 500,
				body: {
					object: { message: 'Disk lost' },
					string: '"Disk lost"',
					nested: { error: { message: 'Disk lost' } },
				}[errorBody],
			},
			{ path: /download/, times: 4 },
		);
		const error = await engine.failure(of('download', id));
		expect(error.message).toBe('Disk lost');
		expect(error).toMatchObject({ httpCode: '500' });
	},
);

it('follows no redirect of a download', async () => {
	sandbox.failNext(
		{ kind: 'redirect', location: 'https://evil.example/?token=1' },
		{ path: /download/ },
	);
	const error = await engine.failure(of('download', id));
	expect(error.message).toBe('1CRM redirects to another address: https://evil.example/');
});

it.each([
	['a log-in page', { kind: 'html' }, 'The answer reads: 1CRM Please log in.'],
	['a sentence', { kind: 'status', status: 200, body: 'Closed' }, 'The answer reads: Closed'],
	['too little', { kind: 'status', status: 200, body: 'short' }, 'replaced in the meantime'],
] as const)(
	'takes %s in place of the file for no file, and quotes it',
	async (_what, fault, said) => {
		sandbox.failNext(fault, { path: /download/ });
		const { items, error } = await engine.run(of('download', id));
		expect(items).toEqual([]);
		expect(error?.message).toMatch(
			new RegExp(`^The file of Note "${id}" has ${CONTENT.length} bytes, but 1CRM sent \\d+$`),
		);
		expect(error?.description).toContain(said);
	},
);

it('takes an error in place of the file for the failure that it is', async () => {
	sandbox.failNext({ kind: 'errorsIn200', message: 'No access' }, { path: /download/ });
	const { items, error } = await engine.run(of('download', id));
	expect(items).toEqual([]);
	expect(error?.message).toBe('No access');
	expect(error?.description).toContain(`has ${CONTENT.length} bytes, but 1CRM sent`);
});

it('takes a file that breaks off for no file, and does not ask again', async () => {
	sandbox.failNext({ kind: 'truncated' }, { path: /download/ });
	const { items, error } = await engine.run(of('download', id));
	expect(items).toEqual([]);
	expect(error?.message).toBe('The connection was lost in the middle of the file');
	expect(error?.context.itemIndex).toBe(0);
	expect(workOf(sandbox).filter(({ path }) => path.includes('download'))).toHaveLength(1);
});

it('asks again when the connection broke before the file began', async () => {
	sandbox.failNext({ kind: 'resetBefore' }, { path: /download/, times: 2 });
	const { items } = await engine.run(of('download', id));
	expect(items[0].json.fileSize).toBe(CONTENT.length);
});

it('downloads the other files when one is missing, each with its item', async () => {
	const second = await recordWithFile(sandbox, {
		fileName: 'b.txt',
		mimeType: 'text/plain',
		content: Buffer.from('b'),
	});
	const { items } = await engine.run(of('download', '={{ $json.id }}'), {
		items: [id, 'gone', second].map((one) => ({ json: { id: one } })),
		continueOnFail: true,
	});
	expect(
		items.map(({ json, binary, pairedItem }) => [binary?.data.fileName ?? json.error, pairedItem]),
	).toEqual([
		['scan.pdf', { item: 0 }],
		['Note "gone" was not found', { item: 1 }],
		['b.txt', { item: 2 }],
	]);
});
