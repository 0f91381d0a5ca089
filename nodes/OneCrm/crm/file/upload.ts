import type { ByteStream } from '../../http/types';
import type { CrmClient } from '../client';
import { nameForHeader } from './name';

/** A file to upload. `open` returns its content anew each time, because a stream can only be read once. */
export interface UploadFile {
	name: string;
	mimeType: string;
	/** In bytes. */
	size: number;
	open: () => Promise<Buffer | ByteStream>;
}

/**
 * Uploads a file and returns its temporary id (`INCOMING~…`), to be written soon into a field for files
 * or images of a record. Throws what `HttpClient.json` throws, and a `CrmError` for an answer without id.
 */
export async function uploadFile(crm: CrmClient, file: UploadFile): Promise<string> {
	const answer = await crm.http.json({
		method: 'POST',
		path: 'files/upload',
		upload: file.open,
		headers: {
			'Content-Type': file.mimeType,
			'Content-Length': file.size,
			'X-OneCRM-Filename': nameForHeader(file.name),
		},
	});
	if (typeof answer.id !== 'string' || answer.id === '') {
		throw crm.http.error({ message: '1CRM answered without the ID of the file' });
	}
	return answer.id;
}
