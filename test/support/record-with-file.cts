import axios from 'axios';
import type { Readable } from 'node:stream';
import type { Sandbox } from '../sandbox/sandbox.cts';

const FILE_FIELDS = {
	Note: 'filename',
	Document: 'revision_filename',
	DocumentRevision: 'filename',
};

interface FileToAttach {
	fileName: string;
	mimeType: string;
	content: Buffer | Readable;
	/** By default, a note. */
	module?: keyof typeof FILE_FIELDS;
	/** Of the record that gets the file, beside its names. */
	values?: Record<string, string>;
}

/** Makes a record with a file in 1CRM, as another client would, and returns its id. */
export async function recordWithFile(
	sandbox: Sandbox,
	{ fileName, mimeType, content, module = 'Note', values }: FileToAttach,
): Promise<string> {
	const http = axios.create({
		baseURL: `${sandbox.url}/api.php`,
		auth: { username: sandbox.username, password: sandbox.password },
		proxy: false,
		maxRedirects: 0,
		maxBodyLength: Infinity,
	});
	const headers = {
		'Content-Type': mimeType,
		// The bytes of UTF-8, as 1CRM's own clients send them.
		'X-OneCRM-Filename': Buffer.from(fileName, 'utf8').toString('latin1'),
	};
	const upload = await http.post<{ id: string }>('/files/upload', content, { headers });
	const names = { name: fileName, document_name: fileName };
	const data = { ...names, ...values, [FILE_FIELDS[module]]: upload.data.id };
	const created = await http.post<{ id: string }>(`/data/${module}`, { data });
	return created.data.id;
}
