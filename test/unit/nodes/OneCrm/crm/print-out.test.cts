import { printRecord } from '../../../../../nodes/OneCrm/crm/pdf';
import type { CrmRequest } from '../../../../../nodes/OneCrm/http/types';
import { clientWith } from './scripted-client.cts';

const KEY = { module: 'Quote', id: '7' };
const HEADERS = { 'content-disposition': 'attachment; filename="Quote 7.pdf"' };
const PDF = '%PDF-1.7 some content %%EOF';

/** Prints a record on a server that answers with this text. */
async function printed(text: string, { personalData = false, headers = {} } = {}) {
	const { crm } = clientWith(() => ({}));
	const sent: CrmRequest[] = [];
	const receive = async (request: CrmRequest, take: (answer: object) => Promise<unknown>) => {
		sent.push(request);
		return await take({ statusCode: 200, headers, body: 'the stream' });
	};
	Object.assign(crm.http, { receive });
	const readStream = async (stream: unknown) => {
		expect(stream).toBe('the stream');
		return Buffer.from(text);
	};
	return { pdf: await printRecord(crm, KEY, { personalData, readStream }), sent };
}

it('a record is printed with the name that 1CRM gives to the file', async () => {
	const { pdf, sent } = await printed(PDF, { headers: HEADERS });
	expect(pdf).toStrictEqual({ content: Buffer.from(PDF), fileName: 'Quote 7.pdf' });
	expect(sent).toEqual([{ method: 'GET', path: 'printer/pdf/Quote/7', subject: 'Quote "7"' }]);
});

it('what is kept of a person is printed from another address', async () => {
	const { pdf, sent } = await printed(PDF, { personalData: true });
	expect(pdf.fileName).toBeUndefined();
	expect(sent[0].path).toBe('printer/pdf/personal/Quote/7');
});

it.each([
	['before', ' '.repeat(1019) + PDF],
	['behind', PDF + ' '.repeat(1019)],
])('a server may print something %s the PDF, within a kilobyte', async (_, text) => {
	expect((await printed(text)).pdf.content.toString()).toBe(text);
});

it.each([
	['the beginning', ' '.repeat(1020) + PDF],
	['an end within a kilobyte', PDF + ' '.repeat(1020)],
	['an end', '%PDF-1.7 some content'],
])('a file without %s is no PDF', async (_, text) => {
	await expect(printed(text)).rejects.toThrow();
});

it('a PDF that breaks off is refused as such', async () => {
	await expect(printed('%PDF-1.7 some')).rejects.toMatchObject({
		message: 'The connection was lost in the middle of the file',
		httpCode: '200',
	});
});

it('a message in place of a PDF is passed on, with the whole answer', async () => {
	await expect(printed('{"message":"No template","code":7}')).rejects.toMatchObject({
		message: 'No template',
		description: '1CRM answered with a message instead of a PDF',
		httpCode: '200',
		context: { data: { message: 'No template', code: 7 } },
	});
});

it('a text in place of a PDF is passed on, too', async () => {
	await expect(printed('"No template"')).rejects.toMatchObject({
		message: 'No template',
		description: '1CRM answered with a message instead of a PDF',
	});
});

it('a web page in place of a PDF is not taken for a message', async () => {
	await expect(printed('<html><title>Log in</title></html>')).rejects.toMatchObject({
		message: expect.stringContaining("doesn't answer like a 1CRM API"),
		httpCode: '200',
	});
});
