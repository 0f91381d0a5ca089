import { createHash, randomBytes } from 'node:crypto';
import type { IBinaryData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/sandbox.cts';
import type { StoredFile } from '../../sandbox/sandbox.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => {
	sandbox.variants.fileNames = 'decoded';
});

const UPLOAD = { resource: 'file', operation: 'upload' };
const CONTENT = randomBytes(70_000);

function binary(rest: Partial<IBinaryData> = {}, content = CONTENT): INodeExecutionData {
	const data = content.toString('base64');
	return {
		json: {},
		binary: { data: { data, mimeType: 'image/png', fileName: 'a.png', ...rest } },
	};
}

async function uploaded(parameters: INodeParameters, item?: INodeExecutionData) {
	const options = item && { items: [item] };
	const [output] = await engine.items({ ...UPLOAD, ...parameters }, options);
	return { output, stored: sandbox.file(String(output.id)) as StoredFile };
}

async function textOf(file: StoredFile): Promise<string> {
	return Buffer.concat(await file.open().toArray()).toString();
}

const typed = (fileName: string, fileContent: string) => ({
	inputMode: 'manual',
	fileName,
	fileContent,
});

it('uploads a file of the previous node that is held in memory', async () => {
	const { output, stored } = await uploaded({}, binary());
	expect(output).toEqual({
		id: expect.stringMatching(/^INCOMING~/),
		fileName: 'a.png',
		mimeType: 'image/png',
		fileSize: CONTENT.length,
	});
	const sha256 = createHash('sha256').update(CONTENT).digest('hex');
	expect(stored).toMatchObject({ name: 'a.png', mimeType: 'image/png', sha256 });
	expect(workOf(sandbox)[0].headers).toMatchObject({ 'content-length': String(CONTENT.length) });
});

it('takes the field and the name that the user gives', async () => {
	const item = binary();
	const other = { json: {}, binary: { photo: { ...item.binary?.data } as IBinaryData } };
	const { stored } = await uploaded({ inputBinaryField: 'photo', fileName: 'b.png' }, other);
	expect(stored.name).toBe('b.png');
});

it('uploads typed text as UTF-8', async () => {
	const { output, stored } = await uploaded(typed('offer.txt', 'Grüße, 日本\n'));
	expect(output).toMatchObject({ fileName: 'offer.txt', fileSize: 16 });
	expect(await textOf(stored)).toBe('Grüße, 日本\n');
	expect(stored.mimeType).toBe('text/plain; charset=utf-8');
});

it('uploads a text without characters', async () => {
	const { output, stored } = await uploaded(typed('empty.txt', ''));
	expect(output.fileSize).toBe(0);
	expect(stored).toMatchObject({ name: 'empty.txt', size: 0 });
});

it('refuses a text that an expression lacks', async () => {
	const error = await engine.failure({ ...UPLOAD, ...typed('a.txt', '={{ $json.text }}') });
	expect(error.message).toBe(
		"The expression in 'File Content' has an empty result, which would upload an empty file",
	);
	expect(workOf(sandbox)).toEqual([]);
});

it('gives an id that a record takes as its file', async () => {
	const { output } = await uploaded({}, binary());
	const [note] = await engine.items(
		{
			resource: 'record',
			operation: 'create',
			module: 'Note',
			fields: { mappingMode: 'defineBelow', value: { name: 'N', filename: '={{ $json.id }}' } },
		},
		{ items: [{ json: output }] },
	);
	expect(sandbox.record('Note', String(note.id))?.filename).toBe('a.png');
	expect(sandbox.file(String(note.id))?.size).toBe(CONTENT.length);
});

it.each([
	['Angebot für Österreich.pdf', 'Angebot für Österreich.pdf'],
	['見積書 \u{1f600}.pdf', '見積書 \u{1f600}.pdf'],
	['100% sure.txt', '100% sure.txt'],
	['../../etc/passwd', 'passwd'],
	['C:\\temp\\a.txt', 'a.txt'],
	['a\r\nX-Evil: 1.txt', 'aX-Evil: 1.txt'],
	['nul\u0000.txt', 'nul.txt'],
	['half \ud83d.txt', 'half .txt'],
	['..', 'file'],
	['.', 'file'],
	['folder/', 'file'],
	['  a.txt ', 'a.txt'],
])('uploads a file named %j as %j', async (fileName, expected) => {
	for (const { output, stored } of [
		await uploaded(typed(fileName, 'text')),
		await uploaded({}, binary({ fileName })),
	]) {
		expect(output.fileName).toBe(expected);
		expect(stored.name).toBe(expected);
	}
	for (const { headers } of workOf(sandbox)) {
		expect(headers).not.toHaveProperty('x-evil');
		expect(headers['x-onecrm-filename']).toMatch(/^[\x20-\x7e\x80-\xff]+$/);
	}
});

it('gives a file without a name one', async () => {
	const { stored } = await uploaded({}, binary({ fileName: undefined }));
	expect(stored.name).toBe('file');
});

it.each(['image/png\r\nX-Evil: 1', 'ünknown', ''])(
	'does not send the type %j of a file, which no header can hold',
	async (mimeType) => {
		const { output, stored } = await uploaded({}, binary({ mimeType }));
		expect(output.mimeType).toBe('application/octet-stream');
		expect(stored.mimeType).toBe('application/octet-stream');
	},
);

it('uploads an object that an expression gives as its JSON', async () => {
	const { stored } = await uploaded(typed('row.json', '={{ ({ a: "ä" }) }}'));
	expect(await textOf(stored)).toBe('{"a":"ä"}');
});

it('refuses typed text without a file name', async () => {
	const error = await engine.failure({ ...UPLOAD, ...typed(' ', 'text') });
	expect(error.message).toBe("'File Name' is empty");
	expect(sentTo(sandbox)).toEqual([]);
});

it.each<[string, INodeExecutionData]>([
	['no file at all', { json: {} }],
	['another file only', binary()],
])('names the field and the item when there is %s', async (_what, item) => {
	const error = await engine.failure(
		{ ...UPLOAD, inputBinaryField: 'photo' },
		{ items: [{ json: {}, binary: { photo: binary().binary?.data as IBinaryData } }, item] },
	);
	expect(error.message).toContain("'photo'");
	expect(error.context.itemIndex).toBe(1);
});

it.each<[string, Fault, string]>([
	['an error', { kind: 'status', status: 413, message: 'Too large' }, 'Too large'],
	['no id', { kind: 'status', status: 200, body: {} }, '1CRM answered without the ID of the file'],
	['a web page', { kind: 'html' }, "This address doesn't answer like a 1CRM API"],
])('fails when the server answers with %s', async (_what, fault, message) => {
	sandbox.failNext(fault, { path: /upload/ });
	const error = await engine.failure(UPLOAD, { items: [binary()] });
	expect(error.message).toBe(message);
	expect(error.context.itemIndex).toBe(0);
});

it('uploads the other files when one is missing', async () => {
	const items = [binary({ fileName: '1' }), { json: {} }, binary({ fileName: '3' })];
	const { items: outputs } = await engine.run(UPLOAD, { items, continueOnFail: true });
	expect(outputs.map(({ json, pairedItem }) => [json.fileName, pairedItem])).toEqual([
		['1', { item: 0 }],
		[undefined, { item: 1 }],
		['3', { item: 2 }],
	]);
	expect((outputs[1].json as IDataObject).error).toContain("'data'");
	expect(sentTo(sandbox)).toEqual(Array(2).fill('POST /files/upload'));
});
