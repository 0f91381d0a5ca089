import { apiPath } from '../../http/address';
import type { ByteStream } from '../../http/types';
import type { CrmClient } from '../client';
import type { RecordKey } from '../record';
import { recordTarget } from '../record';
import type { FileInfo } from './info';
import { failureInstead } from './instead';

/** A file that was stored piece by piece, in the form of whoever stores it. */
export interface StoredFile<Stored> {
	file: Stored;
	/** In bytes. */
	size: number;
	/** How the content begins, as text. */
	start: () => Promise<string>;
}

/**
 * Fetches the file of a record. `store` takes its bytes as they come, under the name and type of its `FileInfo`: 1CRM
 * documents no headers for a file.
 *
 * Throws what `HttpClient.receive` throws, and a `CrmError` if the file isn't as long as its `FileInfo` says. Then only
 * a part of it came, or something else, which the error quotes if it is an answer in words.
 */
export async function downloadFile<Stored>(
	crm: CrmClient,
	key: RecordKey,
	info: FileInfo,
	store: (stream: ByteStream, name: string, mimeType: string) => Promise<StoredFile<Stored>>,
): Promise<Stored> {
	const subject = `The file of ${recordTarget(key).subject}`;
	const request = {
		method: 'GET' as const,
		path: apiPath(['files', 'download', key.module, key.id]),
		subject,
	};
	const { file, size, start } = await crm.http.receive(
		request,
		async ({ body }) => await store(body, info.fileName, info.mimeType),
	);
	if (size === info.fileSize) return file;
	const failure = failureInstead(subject, info, { size, start: await start() });
	if (failure !== undefined) throw crm.http.error(failure);
	return file;
}
