import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sandboxCredential } from '../../support/engine/engine.cts';
import { getMe } from '../../support/engine/simple-operations.cts';
import { recordWithFile } from '../../support/record-with-file.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';
import { until } from '../../support/until.cts';
import { FileStore } from './file-store.cts';

const CONTENT = randomBytes(1024 * 1024 + 17);
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

const { sandbox, engine } = engineWithSandbox({ authentication: 'oauth2' });
let files: FileStore;
let id: string;

beforeAll(async () => {
	files = await FileStore.start();
	id = await recordWithFile(sandbox, {
		fileName: 'scan.pdf',
		mimeType: 'application/pdf',
		content: CONTENT,
	});
});
beforeEach(() => {
	engine.credentials.data = sandboxCredential(sandbox, 'oauth2');
});

afterAll(() => files.stop());

const download = (recordId: string, rest = {}) => ({
	resource: 'file',
	operation: 'download',
	module: 'Note',
	recordId,
	...rest,
});

it('puts the file into the store of n8n whole, from a stream', async () => {
	const store = vi.spyOn(files.service, 'store');
	const { items } = await engine.run(download(id));
	const { data } = items[0].binary ?? {};
	expect(data?.id).toMatch(/^filesystem-v2:/);
	expect(
		createHash('sha256')
			.update(await files.read(data?.id))
			.digest('hex'),
	).toBe(SHA256);
	expect(store).toHaveBeenCalledTimes(1);
	expect(Buffer.isBuffer(store.mock.calls[0][1])).toBe(false);
});

it('has a new token made for it when the old one has expired', async () => {
	await engine.items(getMe);
	sandbox.expireTokens();
	const { items } = await engine.run(download(id));
	expect((await files.read(items[0].binary?.data.id)).length).toBe(CONTENT.length);
	sandbox.failNext({ kind: 'status', status: 401 }, { path: /download/ });
	expect((await engine.run(download(id))).items[0].json.fileSize).toBe(CONTENT.length);
});

it('says that the login is refused when no token helps', async () => {
	sandbox.failNext({ kind: 'status', status: 401, message: 'No' }, { path: /download/, times: 9 });
	const error = await engine.failure(download(id));
	expect(error.message).toBe("1CRM didn't accept the login");
	expect(error.description).toMatch(/^No\. /);
});

it('leaves nothing in the store of a file that breaks off', async () => {
	const before = await files.count();
	sandbox.failNext({ kind: 'truncated' }, { path: /download/ });
	const error = await engine.failure(download(id));
	expect(error.message).toBe('The connection was lost in the middle of the file');
	expect(await files.count()).toBe(before);
});

it('passes on why the store of n8n cannot take it', async () => {
	vi.spyOn(files.service, 'store').mockRejectedValue(new Error('The bucket is gone'));
	const error = await engine.failure(download(id));
	expect(error.message).toBe("1CRM sent the file, but n8n couldn't store it: The bucket is gone");
});

it('says that the disk of n8n is full, and not that the connection was lost', async () => {
	const store = vi.spyOn(files.service, 'store');
	store.mockImplementation(async (_, content) => {
		// As n8n does it: a disk without any room is among the devices of Linux.
		await writeFile('/dev/full', content);
		throw new Error('It took the file');
	});
	const error = await engine.failure(download(id));
	expect(error.message).toBe("1CRM sent the file, but n8n couldn't store it: its disk is full");
	expect(sentTo(sandbox).filter((request) => request.includes('download'))).toHaveLength(1);
});

describe('from a server that does not end its answer', () => {
	let server: Server;
	let underWay = 0;
	let answer: (response: ServerResponse) => void;

	const stop = (response: ServerResponse): void => {
		response.writeHead(200, { 'Content-Length': 1000 });
		response.write('the beginning');
	};
	const goOn = (status: number) => (response: ServerResponse) => {
		const page = '{"message": "Out of order"} '.repeat(1000);
		response.writeHead(status, { 'Content-Type': 'text/plain' });
		const write = () => {
			while (!response.destroyed && response.write(page));
		};
		response.on('drain', write);
		write();
	};

	beforeAll(async () => {
		server = createServer((request, response) => {
			const path = String(request.url);
			if (path.includes('/files/download/')) {
				underWay++;
				response.on('close', () => underWay--);
				answer(response);
				return;
			}
			response.setHeader('Content-Type', 'application/json');
			response.end(JSON.stringify({ id: 'Users:1', name: 'a.txt', size: 1000 }));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	beforeEach(() => {
		answer = stop;
		const { port } = server.address() as AddressInfo;
		const domain = `http://127.0.0.1:${port}`;
		engine.credentials.data = { ...sandboxCredential(sandbox), domain };
	});

	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	it('gives up when nothing came for as long as the timeout', async () => {
		const error = await engine.failure(download('1', { options: { timeout: 1 } }));
		expect(error.message).toBe('1CRM stopped sending in the middle of the file');
		expect(error.description).toContain("raise 'Timeout'");
		await until(() => underWay === 0);
	});

	it('gives up when the execution is cancelled', async () => {
		const cancelling = new AbortController();
		const running = engine.run(download('1'), { signal: cancelling.signal });
		await until(() => underWay === 1);
		cancelling.abort();
		await running;
		await until(() => underWay === 0);
	});

	it.each([403, 500])('reads of a refusal (%d) no more than an error may need', async (status) => {
		answer = goOn(status);
		const error = await engine.failure(download('1'));
		expect(error).toMatchObject({ httpCode: String(status) });
		await until(() => underWay === 0);
	});
});

it('sends a request for the information and one for the file', async () => {
	await engine.run(download(id));
	expect(sentTo(sandbox)).toEqual([`GET /files/info/Note/${id}`, `GET /files/download/Note/${id}`]);
});
