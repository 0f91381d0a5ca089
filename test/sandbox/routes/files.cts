import type { Answer } from '../answers.cts';
import type { Crm } from '../crm.cts';
import { badRequest, notFound } from '../errors.cts';
import type { StoredFile } from '../file-store.cts';
import { type Call, type Route } from '../route.cts';
import { recordOf } from './data.cts';

/** The path of uploads, whose bodies aren't read in advance. */
export const UPLOAD_PATH = '/files/upload';

const MODELS_WITH_FILES = ['Note', 'Document', 'DocumentRevision'];

/** Uploads, and the files of notes and documents. */
export function fileRoutes(crm: Crm): Route[] {
	return [
		{ method: 'post', path: UPLOAD_PATH, scope: 'write', answer: (call) => upload(crm, call) },
		{
			method: 'get',
			path: '/files/info/:model/:id',
			scope: 'read',
			answer: ({ params }) => info(crm, params),
		},
		{
			method: 'get',
			path: '/files/download/:model/:id',
			scope: 'read',
			answer: ({ params }) => {
				const file = fileOf(crm, params);
				const headers = {
					'Content-Type': 'application/octet-stream',
					'Content-Length': String(file.size),
					'Content-Disposition': 'attachment',
				};
				return { headers, content: file.open() };
			},
		},
	];
}

async function upload(crm: Crm, { headers, stream }: Call): Promise<Answer> {
	const sent = headers['x-onecrm-filename'];
	const type = headers['content-type'] ?? 'application/octet-stream';
	if (typeof sent !== 'string' || sent === '') {
		throw badRequest('The header X-OneCRM-Filename is missing');
	}
	// PHP takes the bytes of the header as they are; Node.js shows each of them as a letter of Latin-1.
	const written = Buffer.from(sent, 'latin1').toString('utf8');
	const name = crm.variants.fileNames === 'decoded' ? decoded(written) : written;
	return { json: { id: await crm.files.receive(stream, name, type) } };
}

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

function info(crm: Crm, params: Record<string, string>): Answer {
	const file = attachedFile(crm, params);
	if (!file && crm.variants.missingFile === 'empty') return { json: { name: null, size: 0 } };
	if (!file) throw notFound();
	const changed = recordOf(crm, params).date_modified ?? '';
	return {
		json: {
			name: file.name,
			size: crm.variants.fileSize === 'told' ? file.size : undefined,
			[crm.variants.infoMimeKey]: file.mimeType,
			modified: Math.floor(Date.parse(`${changed.replace(' ', 'T')}Z`) / 1000),
		},
	};
}

function fileOf(crm: Crm, params: Record<string, string>): StoredFile {
	const file = attachedFile(crm, params);
	if (!file) throw notFound();
	return file;
}

/** The file of a note or a revision; a document has that of its latest revision. */
function attachedFile(crm: Crm, params: Record<string, string>): StoredFile | undefined {
	const row = recordOf(crm, params);
	if (!MODELS_WITH_FILES.includes(params.model)) throw notFound();
	const owner = params.model === 'Document' ? row.document_revision_id : row.id;
	return crm.files.of(owner ?? '');
}
