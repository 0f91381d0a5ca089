import fc from 'fast-check';
import type { IBinaryData } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { binaryFile, textFile } from '../../../../../nodes/OneCrm/item/files';
import type { Item } from '../../../../../nodes/OneCrm/item/item';
import { CASES } from '../../cases.cts';

/** An item with one small file, kept in the item itself. */
function itemWith(binary: Partial<IBinaryData>): Item {
	return {
		index: 0,
		helpers: {
			assertBinaryData: () => ({ mimeType: 'application/pdf', data: '', ...binary }),
			getBinaryDataBuffer: async () => Buffer.from('content'),
		},
	} as unknown as Item;
}

const nameOf = async (own: string | undefined, given = '') =>
	(await binaryFile(itemWith({ fileName: own }), 'data', given)).name;

describe('the name of a file', () => {
	it.each([
		['offer.pdf', 'offer.pdf'],
		['/tmp/uploads/offer.pdf', 'offer.pdf'],
		['C:\\Users\\ada\\offer.pdf', 'offer.pdf'],
		['..\\../offer.pdf', 'offer.pdf'],
		[' offer 1.pdf ', 'offer 1.pdf'],
		['Angebot für März.pdf', 'Angebot für März.pdf'],
		['a\r\nX-Evil: 1.pdf', 'aX-Evil: 1.pdf'],
		['folder/', 'file'],
		['\u0000', 'file'],
		['..', 'file'],
		['\ud800.txt', '.txt'],
	])('%j becomes %j', async (own, name) => {
		expect(await nameOf(own)).toBe(name);
		expect(textFile(own, '').name).toBe(name);
	});

	it('is the one that is typed, before that of the earlier node', async () => {
		expect(await nameOf('scan0001.pdf', 'offer.pdf')).toBe('offer.pdf');
	});

	it('of a file without one is a plain one', async () => {
		expect(await nameOf(undefined)).toBe('file');
	});

	it('never holds a folder or what could break a header line', () => {
		const typed = fc.string({ unit: 'binary' }).filter((text) => text.trim() !== '');
		fc.assert(
			fc.property(typed, (text) => {
				const { name } = textFile(text, '');
				expect(name).not.toMatch(/[/\\\p{Cc}]/u);
				expect(name.trim()).toBe(name);
				expect(name).not.toBe('');
			}),
			CASES,
		);
	});
});

describe('a text typed by hand', () => {
	it.each(['', ' ', '\n'])('needs a file name other than %j', (name) => {
		expect(() => textFile(name, 'x')).toThrow(UserError);
		expect(() => textFile(name, 'x')).toThrow("'File Name' is empty");
	});

	it('is sent as UTF-8, each time anew, with its size in bytes', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary' }), async (content) => {
				const file = textFile('note.txt', content);
				expect(String(await file.open())).toBe(content);
				expect(String(await file.open())).toBe(content);
				expect(file.size).toBe(Buffer.byteLength(content));
				expect(file.mimeType).toBe('text/plain; charset=utf-8');
			}),
			CASES,
		);
	});
});

describe('a file of an earlier node', () => {
	it('that is kept in the item has its content, size and type', async () => {
		const file = await binaryFile(itemWith({ fileName: 'offer.pdf' }), 'data');
		expect(file).toMatchObject({ name: 'offer.pdf', mimeType: 'application/pdf', size: 7 });
		expect(String(await file.open())).toBe('content');
	});

	it.each(['', 'pdf', 'text/plain\r\nX-Evil: 1', 'text/plain; name=ä'])(
		'of the unusable type %j is sent as mere bytes',
		async (mimeType) => {
			const file = await binaryFile(itemWith({ mimeType }), 'data');
			expect(file.mimeType).toBe('application/octet-stream');
		},
	);

	it('that is stored elsewhere is opened as a stream, anew for each try', async () => {
		const opened: unknown[] = [];
		const item = itemWith({ id: 'filesystem:1', fileName: 'scan.tif' });
		Object.assign(item.helpers, {
			getBinaryMetadata: async () => ({ fileSize: 9_000_000_000 }),
			getBinaryStream: async (id: string, chunk: number) => opened.push([id, chunk]),
		});
		const file = await binaryFile(item, 'data');
		expect(file.size).toBe(9_000_000_000);
		expect(opened).toEqual([]);
		await file.open();
		await file.open();
		expect(opened).toEqual(Array(2).fill(['filesystem:1', 262_144]));
	});
});
