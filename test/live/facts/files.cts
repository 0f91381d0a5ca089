import type { Fact } from '../fact.cts';
import type { Asked } from '../fact.cts';
import { Refused } from '../server.cts';
import { idOf } from '../trial.cts';

const NAME = 'Übersicht.txt';

/** Uploads a file, attaches it to a note, and gives what 1CRM knows of it. */
async function fileInfo({ server, trial }: Asked): Promise<Record<string, unknown>> {
	const upload = await server.ask({
		method: 'POST',
		path: 'files/upload',
		body: 'check',
		headers: { 'Content-Type': 'text/plain', 'X-OneCRM-Filename': encodeURIComponent(NAME) },
	});
	const file = idOf(upload);
	if (!file) throw new Refused(upload.status);
	const note = await trial.create('Note', { name: trial.name(), filename: file });
	return await server.read({ path: `files/info/Note/${note}` });
}

/** Files that are uploaded. */
export const fileFacts: Fact[] = [
	{
		name: 'Name of a file',
		question: 'What becomes of a file name that is percent-encoded, as umlauts need it?',
		expectation: 'decoded',
		consequence: 'Names with other letters than English ones would look encoded in 1CRM',
		writes: true,
		async ask(asked) {
			const { name } = await fileInfo(asked);
			return name === NAME ? 'decoded' : 'kept as sent';
		},
	},
	{
		name: 'Type of a file',
		question: 'Under which name does the information on a file hold its type?',
		expectation: 'mimetype',
		consequence: 'Both known names are read',
		writes: true,
		async ask(asked) {
			const info = await fileInfo(asked);
			return Object.keys(info).find((name) => /^mime_?type$/.test(name)) ?? 'none';
		},
	},
];
