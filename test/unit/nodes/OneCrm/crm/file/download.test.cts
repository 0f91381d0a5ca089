import { downloadFile } from '../../../../../../nodes/OneCrm/crm/file/download';
import type { ByteStream, CrmRequest } from '../../../../../../nodes/OneCrm/http/types';
import { StandIn } from '../stand-in.cts';

const CONTENT = '%PDF-1.4\u0001';

/** Downloads a file of which 1CRM says the size, and which comes with this content. */
async function downloaded(fileSize: number | null, content: string) {
	const { crm } = new StandIn({});
	const requests: CrmRequest[] = [];
	const receive = async (
		request: CrmRequest,
		take: (answer: { body: ByteStream }) => Promise<unknown>,
	) => {
		requests.push(request);
		return await take({ body: content as unknown as ByteStream });
	};
	Object.assign(crm.http, { receive });
	const info = { fileName: 'a.pdf', mimeType: 'application/pdf', fileSize, modifiedAt: null };
	const file = await downloadFile(
		crm,
		{ module: 'Note', id: 'note-1' },
		info,
		async (...stored) => ({
			...{ file: stored, size: content.length, start: async () => content },
		}),
	);
	return { file, requests };
}

it('stores what comes under the name and type of the file', async () => {
	const { file, requests } = await downloaded(CONTENT.length, CONTENT);
	expect(file).toEqual([CONTENT, 'a.pdf', 'application/pdf']);
	expect(requests).toEqual([
		{ method: 'GET', path: 'files/download/Note/note-1', subject: 'The file of Note "note-1"' },
	]);
});

it('takes words for a file that has their size', async () => {
	expect((await downloaded(6, 'Hello.')).file).toContain('Hello.');
});

it('takes any size where 1CRM says none', async () => {
	expect((await downloaded(null, CONTENT)).file).toContain(CONTENT);
});

it.each<[number | null, string, string]>([
	[7, CONTENT, 'The file of Note "note-1" has 7 bytes, but 1CRM sent 9'],
	[null, 'Please log in', 'The file of Note "note-1" did not come: 1CRM sent an answer in words'],
	[null, '{"message": "No access"}', 'No access'],
])('with %s bytes as its size, a file is not %j', async (fileSize, content, message) => {
	await expect(downloaded(fileSize, content)).rejects.toMatchObject({
		...{ name: 'NodeApiError', message },
	});
});
