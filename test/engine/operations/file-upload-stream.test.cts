import { createHash, randomBytes } from 'node:crypto';
import type { IBinaryData } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { FileStore } from './file-store.cts';

const MEGABYTE = 1024 * 1024;
const CONTENT = randomBytes(5 * MEGABYTE + 17);
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

const { sandbox, engine } = engineWithSandbox();
let files: FileStore;

beforeAll(async () => {
	files = await FileStore.start();
});
afterAll(() => files.stop());

const UPLOAD = { resource: 'file', operation: 'upload' };

async function upload(data: IBinaryData) {
	const [output] = await engine.items(UPLOAD, { items: [{ json: {}, binary: { data } }] });
	return { output, stored: sandbox.file(String(output.id)) };
}

it('uploads a file from the store of n8n whole, its size announced', async () => {
	const { output, stored } = await upload(await files.put('scan.pdf', 'application/pdf', CONTENT));
	expect(output).toMatchObject({
		fileName: 'scan.pdf',
		mimeType: 'application/pdf',
		fileSize: CONTENT.length,
	});
	expect(stored).toMatchObject({ name: 'scan.pdf', mimeType: 'application/pdf', sha256: SHA256 });
	const { headers } = workOf(sandbox)[0];
	expect(headers['content-length']).toBe(String(CONTENT.length));
	expect(headers['transfer-encoding']).toBeUndefined();
});

it('reads it in pieces and never as a whole', async () => {
	const data = await files.put('scan.pdf', 'application/pdf', CONTENT);
	const whole = vi.spyOn(files.service, 'getAsBuffer');
	const pieces = vi.spyOn(files.service, 'getAsStream');
	await upload(data);
	expect(whole).not.toHaveBeenCalled();
	expect(pieces).toHaveBeenCalledTimes(1);
	const [, chunkSize] = pieces.mock.calls[0];
	expect(chunkSize).toBeLessThanOrEqual(MEGABYTE);
});

it('sends it whole again after the server was busy', async () => {
	sandbox.failNext({ kind: 'status', status: 503, retryAfter: 0 }, { path: /upload/ });
	// Small, so that it is on its way before the server answers.
	const content = CONTENT.subarray(0, 30_000);
	const { stored } = await upload(await files.put('scan.pdf', 'application/pdf', content));
	expect(stored?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
	expect(sentTo(sandbox)).toEqual(['POST /files/upload', 'POST /files/upload']);
});

it('gives up when no answer comes for as long as the timeout', async () => {
	sandbox.failNext({ kind: 'timeout' }, { path: /upload/ });
	const data = await files.put('scan.pdf', 'application/pdf', CONTENT.subarray(0, 30_000));
	const items = [{ json: {}, binary: { data } }];
	const error = await engine.failure({ ...UPLOAD, options: { timeout: 1 } }, { items });
	expect(error.message).toMatch(/didn't answer in time$/);
	expect(sentTo(sandbox)).toEqual(['POST /files/upload']);
});

it('uploads a file without bytes', async () => {
	const { output, stored } = await upload(await files.put('empty', 'text/plain', Buffer.alloc(0)));
	expect(output.fileSize).toBe(0);
	expect(stored?.size).toBe(0);
});

it('keeps several files apart', async () => {
	const contents = ['one', 'two', 'three'].map((text) => Buffer.from(text));
	const stored = await Promise.all(
		contents.map((content, index) => files.put(`${index}.txt`, 'text/plain', content)),
	);
	const outputs = await engine.items(UPLOAD, {
		items: stored.map((data) => ({ json: {}, binary: { data } })),
	});
	const sizes = outputs.map(({ id, fileName }) => [fileName, sandbox.file(String(id))?.size]);
	expect(sizes).toEqual([
		['0.txt', 3],
		['1.txt', 3],
		['2.txt', 5],
	]);
});

it('fails for a file that the store no longer has, and sends nothing', async () => {
	const data = await files.put('gone.txt', 'text/plain', Buffer.from('x'));
	const { items, error } = await engine.run(UPLOAD, {
		items: [{ json: {}, binary: { data: { ...data, id: `${data.id}0` } } }],
	});
	expect(items).toEqual([]);
	expect(error?.context.itemIndex).toBe(0);
	expect(sentTo(sandbox)).toEqual([]);
});
