import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('files', () => {
	const sandbox = sandboxForTests();

	const upload = async (content: Buffer | Readable, name = 'plan.txt') =>
		(
			await clientOf(sandbox).post('/files/upload', content, {
				headers: { 'Content-Type': 'text/plain', 'X-OneCRM-Filename': name },
				maxBodyLength: Infinity,
			})
		).data.id;
	const create = async (model: string, data: object) =>
		(await clientOf(sandbox).post(`/data/${model}`, { data })).data.id;

	it('are uploaded raw, used once, described and downloaded', async () => {
		const client = clientOf(sandbox);
		const filename = await upload(
			Buffer.from('Hello'),
			Buffer.from('Pläne 5%20.txt').toString('latin1'),
		);
		expect(filename).toMatch(/^INCOMING~/);
		const note = await create('Note', { name: 'With file', filename });
		expect((await client.get(`/files/info/Note/${note}`)).data).toEqual({
			name: 'Pläne 5%20.txt',
			size: 5,
			mimetype: 'text/plain',
			modified: expect.any(Number),
		});
		sandbox.variants.infoMimeKey = 'mime_type';
		expect((await client.get(`/files/info/Note/${note}`)).data.mime_type).toBe('text/plain');
		const download = await client.get(`/files/download/Note/${note}`, { responseType: 'text' });
		expect(download.data).toBe('Hello');
		const again = await create('Note', { name: 'Used up', filename });
		expect((await client.get(`/files/info/Note/${again}`)).status).toBe(404);
	});

	it('may have their names percent-decoded on other servers', async () => {
		sandbox.variants.fileNames = 'decoded';
		const id = await upload(Buffer.from('Hello'), 'Pl%C3%A4ne.txt');
		expect(sandbox.file(id)?.name).toBe('Pläne.txt');
	});

	it('are gone from a record whose file field is emptied', async () => {
		const client = clientOf(sandbox);
		const note = await create('Note', { filename: await upload(Buffer.from('Hello')) });
		await client.patch(`/data/Note/${note}`, { data: { filename: '' } });
		expect((await client.get(`/files/info/Note/${note}`)).status).toBe(404);
		expect(sandbox.file(note)).toBeUndefined();
	});

	it('may be used again, or be missing without a word, on other servers', async () => {
		const client = clientOf(sandbox);
		sandbox.variants.usedUpload = 'kept';
		sandbox.variants.missingFile = 'empty';
		const filename = await upload(Buffer.from('Hello'));
		const notes = [
			await create('Note', { name: 'First', filename }),
			await create('Note', { name: 'Second', filename }),
			await create('Note', { name: 'Bare' }),
		];
		const infos = await Promise.all(notes.map((id) => client.get(`/files/info/Note/${id}`)));
		expect(infos.map(({ data }) => data.name)).toEqual(['plan.txt', 'plan.txt', null]);
		expect((await client.get(`/files/download/Note/${notes[2]}`)).status).toBe(404);
	});

	it('become revisions of a document, the latest one counting', async () => {
		const client = clientOf(sandbox);
		const id = await create('Document', {
			document_name: 'Plan',
			revision_filename: await upload(Buffer.from('one')),
		});
		await create('DocumentRevision', {
			document_id: id,
			filename: await upload(Buffer.from('second'), 'plan2.txt'),
		});
		const { data } = await client.get(`/files/info/Document/${id}`);
		expect(data).toMatchObject({ name: 'plan2.txt', size: 6 });
		const revisions = await client.get(`/data/Document/${id}/revisions`);
		expect(revisions.data.total_results).toBe(2);
	});

	it('may be pictures', async () => {
		const photo = await upload(Buffer.from('png'), 'face.png');
		const id = await create('Contact', { last_name: 'Berg', photo });
		expect(sandbox.record('Contact', id)).toMatchObject({
			photo: 'files/images/photos/face.png',
			photo_filename: 'face.png',
		});
	});

	it('may be large: they are taken in as they come', async () => {
		const chunk = Buffer.alloc(64 * 1024, 'x');
		const hash = createHash('sha256');
		function* chunks() {
			for (let count = 0; count < 300; count++) {
				hash.update(chunk);
				yield chunk;
			}
		}
		const note = await create('Note', {
			name: 'Large',
			filename: await upload(Readable.from(chunks())),
		});
		const { data } = await clientOf(sandbox).get(`/files/download/Note/${note}`, {
			responseType: 'arraybuffer',
		});
		const sha256 = createHash('sha256').update(data).digest('hex');
		expect(sha256).toBe(hash.digest('hex'));
		expect(sandbox.file(note)).toMatchObject({ sha256, size: data.length });
	});

	it('need a name, and a record that has a file', async () => {
		const client = clientOf(sandbox);
		expect((await client.post('/files/upload', Buffer.from('x'))).status).toBe(400);
		const note = await create('Note', { name: 'Bare' });
		expect((await client.get(`/files/info/Note/${note}`)).status).toBe(404);
		expect((await client.get('/files/download/Note/none')).status).toBe(404);
	});
});
