import { type Flow, withEither } from './flow.cts';
import type { OfficialClient } from './official-client.cts';

const CONTENT = 'This is the contents of text file!!!\n';

const uploadText = async (client: OfficialClient) =>
	await client.upload(CONTENT, 'file.txt', 'text/plain');

/** Files and PDFs. */
export const files: Flow[] = [
	withEither({
		source: 'files/upload',
		shows: 'Upload a file, from a text or from bytes',
		standsFor: 'File > Upload',
		async run({ client, sandbox }) {
			for (const content of [CONTENT, Buffer.from(CONTENT)]) {
				const id = await client.upload(content, 'file.txt', 'text/plain');
				expect(id).toMatch(/^INCOMING~[0-9a-f-]{36}$/);
				expect(sandbox.file(id)).toMatchObject({ name: 'file.txt', mimeType: 'text/plain' });
			}
			const named = await client.upload(CONTENT, 'Übersicht.txt', 'text/plain');
			expect(sandbox.file(named)?.name).toBe('Übersicht.txt');
		},
	}),
	withEither({
		source: 'files/use',
		shows: 'Give an account a photo',
		standsFor: 'Record > Update, with a file',
		async run({ client, sandbox }) {
			const id = sandbox.insert('Account', { name: 'Berg' });
			const photo = await client.upload(Buffer.from([1, 2, 3]), 'logo.png', 'image/png');
			expect(await client.update('Account', id, { photo })).toEqual({ result: true });
			expect(sandbox.record('Account', id)?.photo_filename).toBe('logo.png');
		},
	}),
	withEither({
		source: 'files/use',
		shows: 'Create a document and a second revision',
		standsFor: "File > Upload, 'Attach To'",
		async run({ client, sandbox }) {
			const revision_filename = await uploadText(client);
			const values = { document_name: 'Text Document', revision_filename };
			const document_id = await client.create('Document', values);
			const filename = await client.upload('second', 'second.txt', 'text/plain');
			const revision = await client.create('DocumentRevision', { document_id, filename });
			expect(sandbox.record('Document', document_id)).toMatchObject({
				document_revision_id: revision,
				revision_filename: 'second.txt',
			});
		},
	}),
	withEither({
		source: 'files/use',
		shows: 'Create a note with a file',
		standsFor: "File > Upload, 'Attach To'",
		async run({ client, sandbox }) {
			const filename = await uploadText(client);
			const name = 'Note with attachment';
			const id = await client.create('Note', { name, description: 'With a file', filename });
			expect(sandbox.record('Note', id)).toMatchObject({ name, filename: 'file.txt' });
		},
	}),
	...(['Document', 'DocumentRevision', 'Note'] as const).map((model) =>
		withEither({
			source: 'files/info',
			shows: `Ask about the file of a ${model}`,
			standsFor: 'File > Get Info',
			async run({ client, sandbox }) {
				const upload = await uploadText(client);
				const values =
					model === 'Document'
						? { document_name: 'Text', revision_filename: upload }
						: { name: 'Text', filename: upload };
				const document = sandbox.insert('Document', { document_name: 'Of the revision' });
				const id = await client.create(model, {
					...values,
					...(model === 'DocumentRevision' && { document_id: document }),
				});
				expect(await client.get(`/files/info/${model}/${id}`)).toEqual({
					name: 'file.txt',
					size: CONTENT.length,
					mimetype: 'text/plain',
					modified: expect.any(Number),
				});
			},
		}),
	),
	withEither({
		source: 'files/download',
		shows: 'Download the file of a document',
		standsFor: 'File > Download',
		async run({ client }) {
			const revision_filename = await uploadText(client);
			const id = await client.create('Document', { document_name: 'Text', revision_filename });
			expect((await client.bytes(`/files/download/Document/${id}`)).toString()).toBe(CONTENT);
		},
	}),
	withEither({
		source: 'examples/print-invoice',
		shows: 'Print an invoice',
		standsFor: 'Document > Get PDF',
		async run({ client, sandbox }) {
			const id = sandbox.insert('Invoice', { name: 'Delivery' });
			expect((await client.bytes(`/printer/pdf/Invoice/${id}`)).subarray(0, 5).toString()).toBe(
				'%PDF-',
			);
		},
	}),
	withEither({
		source: 'examples/print-personal',
		shows: 'Print the personal data of a contact',
		standsFor: "Document > Get PDF, 'Personal Data'",
		async run({ client, sandbox }) {
			const id = sandbox.insert('Contact', { last_name: 'Berg' });
			const pdf = await client.bytes(`/printer/pdf/personal/Contact/${id}`);
			expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
		},
	}),
];
