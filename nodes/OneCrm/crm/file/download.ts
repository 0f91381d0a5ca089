import { apiPath } from '../../http/address';
import { serverMessage } from '../../http/answer';
import type { Failure } from '../../http/failure';
import { sentences } from '../../http/failure';
import { answerInstead } from '../../http/quotation';
import { asMap, parseJson } from '../../http/json';
import type { ByteStream } from '../../http/types';
import type { CrmClient } from '../client';
import type { RecordKey } from '../record';
import { recordTarget } from '../record';
import type { FileInfo } from './info';

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
	{ fileName, mimeType, fileSize }: FileInfo,
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
		async ({ body }) => await store(body, fileName, mimeType),
	);
	if (fileSize !== null && size !== fileSize) {
		const sizes = `${subject} has ${fileSize} bytes, but 1CRM sent ${size}`;
		throw crm.http.error(notTheFile(sizes, await start()));
	}
	const instead = fileSize === null ? insteadOf(fileName, mimeType, await start()) : undefined;
	if (instead !== undefined) throw crm.http.error(instead(subject));
	return file;
}

/** Types whose files are words, so that only a log-in page or an error can be told from them. */
const TEXT_TYPES = /^text\/|json|xml|csv|javascript|^message\//;

/**
 * The failure that came instead of a file whose size isn't known, or `undefined` for what can be the file. A file that
 * is a web page or JSON itself is believed.
 */
function insteadOf(
	fileName: string,
	mimeType: string,
	start: string,
): ((subject: string) => Failure) | undefined {
	const type = `${mimeType} ${fileName}`.toLowerCase();
	const isPage = /^[\uFEFF\s]*<(!doctype\s+html|html)\b/i.test(start) && !/html?\b/.test(type);
	const isMessage = serverMessage(asMap(parseJson(start))) !== undefined && !type.includes('json');
	const isWords = !TEXT_TYPES.test(mimeType) && answerInstead(start) !== undefined;
	if (!isPage && !isMessage && !isWords) return undefined;
	return (subject) => notTheFile(`${subject} did not come: 1CRM sent an answer in words`, start);
}

/** Words for what came instead of a file. `start` is its beginning: 1CRM's own words in it, if any, are used. */
function notTheFile(sizes: string, start: string): Failure {
	const said = serverMessage(asMap(parseJson(start)));
	if (said !== undefined) {
		return {
			message: said,
			description: `1CRM answered with a message instead of the file: ${sizes}`,
		};
	}
	const advice = 'Try again: the file may have been replaced in the meantime';
	return { message: sizes, description: sentences(advice, answerInstead(start)) };
}
