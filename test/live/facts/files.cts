import type { Asked, Fact } from '../fact.cts';
import { isMap, Refused, type Reply } from '../server.cts';
import { idOf } from '../trial.cts';

/** Looks as if a part of it were percent-encoded, which it is not. */
const NAME = 'Übersicht 100%25.txt';

/** A header holds bytes, each as a letter of Latin-1. */
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

async function upload({ server }: Asked): Promise<string> {
	const reply = await server.ask({
		method: 'POST',
		path: 'files/upload',
		body: 'check',
		headers: { 'Content-Type': 'text/plain', 'X-OneCRM-Filename': bytesOf(NAME) },
	});
	const file = idOf(reply);
	if (!file) throw new Refused(reply.status);
	return file;
}

/** Creates a note, with or without an upload, and asks for the details of its file. */
async function askForInfo({ server, trial }: Asked, filename?: string): Promise<Reply> {
	const note = await trial.create('Note', { name: trial.name(), ...(filename && { filename }) });
	return await server.ask({ path: `files/info/Note/${note}` });
}

async function infoOfUpload(asked: Asked): Promise<Record<string, unknown>> {
	const { status, json } = await askForInfo(asked, await upload(asked));
	if (status !== 200 || !isMap(json)) throw new Refused(status);
	return json;
}

/** The file that an answer describes. */
function told({ status, json }: Reply): string {
	if (status !== 200) return String(status);
	return isMap(json) && json.name ? 'a file' : `${status} without a name`;
}

/** Files that are uploaded. */
export const fileFacts: Fact[] = [
	{
		name: 'Name of a file',
		question:
			'What becomes of a file name with an umlaut and a percent sign, sent as the bytes of UTF-8?',
		expectation: 'kept as sent',
		consequence:
			'Names with other letters than English ones, or with a percent sign, would be others in 1CRM',
		writes: true,
		async ask(asked) {
			const { name } = await infoOfUpload(asked);
			if (name === NAME) return 'kept as sent';
			return name === decodeURIComponent(NAME) ? 'decoded' : 'another name';
		},
	},
	{
		name: 'Type of a file',
		question: 'Which property of the details of a file contains its type?',
		expectation: 'mimetype',
		consequence: 'None for mime_type, which the nodes read, too',
		writes: true,
		async ask(asked) {
			const info = await infoOfUpload(asked);
			return Object.keys(info).find((name) => /^mime_?type$/.test(name)) ?? 'none';
		},
	},
	{
		name: 'Size of a file',
		question: 'Do the details of a file contain its size?',
		expectation: 'told',
		consequence: 'The nodes check only how a download begins',
		writes: true,
		async ask(asked) {
			const { size } = await infoOfUpload(asked);
			return size === undefined ? 'missing' : 'told';
		},
	},
	{
		name: 'Note without a file',
		question: 'What does 1CRM answer about the file of a note that has none?',
		expectation: '404',
		consequence: "None for 200 without a name. With any other status, the nodes show 1CRM's words",
		writes: true,
		ask: async (asked) => told(await askForInfo(asked)),
	},
	{
		name: 'Upload used twice',
		question: 'If the same upload is written to a second note, does that note have the file?',
		expectation: 'no file',
		consequence: 'None: the nodes never repeat a request that may have used an upload',
		writes: true,
		async ask(asked) {
			const file = await upload(asked);
			await askForInfo(asked, file);
			return told(await askForInfo(asked, file)) === 'a file' ? 'the file' : 'no file';
		},
	},
];
