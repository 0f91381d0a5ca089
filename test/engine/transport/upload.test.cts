import { Readable } from 'node:stream';
import { BinaryDataService } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';
import type { MockInstance } from 'vitest' with { 'resolution-mode': 'import' };
import { getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';

const UPLOAD = { method: 'POST', path: /^\/files\/upload$/ };
const CONTENT = 'The text of the offer. '.repeat(40_000);
const PIECE = 64 * 1024;

const upload = { resource: 'file', operation: 'upload' };

/** A file that n8n keeps outside of memory: its content comes as a stream, which can be read once. */
const item: INodeExecutionData = {
	json: {},
	binary: {
		data: { id: 'kept:offer', data: 'kept', mimeType: 'text/plain', fileName: 'offer.txt' },
	},
};

function pieces(): Buffer[] {
	const bytes = Buffer.from(CONTENT);
	const count = Math.ceil(bytes.length / PIECE);
	return Array.from({ length: count }, (_, piece) =>
		bytes.subarray(piece * PIECE, (piece + 1) * PIECE),
	);
}

describe('A streamed upload', () => {
	const { sandbox, engine } = engineWithSandbox({ authentication: 'oauth2', perTest: true });
	let opened: MockInstance;

	beforeEach(async () => {
		await engine.items(getMe);
		sandbox.clearRequests();
		skipPauses();
		opened = vi
			.spyOn(BinaryDataService.prototype, 'getAsStream')
			.mockImplementation(async () => Readable.from(pieces()));
		vi.spyOn(BinaryDataService.prototype, 'getMetadata').mockResolvedValue({
			fileName: 'offer.txt',
			mimeType: 'text/plain',
			fileSize: CONTENT.length,
		});
	});

	const answers = () =>
		sandbox.requests.filter(({ path }) => UPLOAD.path.test(path)).map(({ status }) => status);

	/** The content that the sandbox kept of the file with this id. */
	async function content(id: unknown): Promise<string> {
		const stream = sandbox.file(String(id))?.open();
		if (!stream) throw new Error(`Nothing was uploaded as ${String(id)}`);
		return Buffer.concat(await stream.toArray()).toString();
	}

	it('arrives whole', async () => {
		const [file] = await engine.items(upload, { items: [item] });
		expect(file).toMatchObject({ fileName: 'offer.txt', fileSize: CONTENT.length });
		expect(await content(file.id)).toBe(CONTENT);
		expect(opened).toHaveBeenCalledTimes(1);
	});

	it('is opened anew for a retry', async () => {
		sandbox.failNext({ kind: 'status', status: 429, retryAfter: 1 }, { ...UPLOAD, times: 2 });
		const [file] = await engine.items(upload, { items: [item] });
		expect(await content(file.id)).toBe(CONTENT);
		expect(opened).toHaveBeenCalledTimes(3);
		expect(answers()).toEqual([429, 429, 200]);
	});

	it('is sent again once when the token had expired', async () => {
		sandbox.expireTokens();
		const [file] = await engine.items(upload, { items: [item] });
		expect(await content(file.id)).toBe(CONTENT);
		expect(answers()).toEqual([401, 200]);
		expect(sandbox.tokensIssued).toBe(2);
	});

	it('is not sent for ever when every token is refused', async () => {
		sandbox.failNext({ kind: 'status', status: 401 }, { ...UPLOAD, times: 9 });
		const error = await engine.failure(upload, { items: [item] });
		expect(error.message).toBe("1CRM didn't accept the login");
		expect(answers()).toEqual([401, 401]);
	});

	it('is not sent again when its answer got lost', async () => {
		sandbox.failNext({ kind: 'resetAfter' }, UPLOAD);
		const error = await engine.failure(upload, { items: [item] });
		expect(error.message).toMatch(/was lost before an answer arrived$/);
		expect(answers()).toHaveLength(1);
	});
});
