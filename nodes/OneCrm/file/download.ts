import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { apiPath } from '../transport/address';
import { asMap, parseJson, serverMessage } from '../transport/answer';
import { apiError } from '../transport/apiError';
import type { Failure } from '../transport/failure';
import { answerInstead, sentences } from '../transport/failure';
import { receiveFile } from '../transport/request';
import type { FileInfo, FileOwner } from './info';

/**
 * Fetches the file of a record into n8n's storage, piece by piece.
 *
 * 1CRM documents no headers for it, so that name and type are those of `info`. Throws what `receiveFile`
 * throws, and a `NodeApiError` when it is not as long as `info` says: what came is then part of the file, or
 * something else, which the error quotes where it is an answer in words.
 */
export async function downloadFile(
	context: IExecuteFunctions,
	{ module, id }: FileOwner,
	{ fileName, mimeType, fileSize }: FileInfo,
	timeoutSeconds: number,
): Promise<IBinaryData> {
	const subject = `The file of ${module} "${id}"`;
	const request = {
		method: 'GET' as const,
		path: apiPath(['files', 'download', module, id]),
		subject,
		timeoutSeconds,
	};
	const file = await receiveFile(
		context,
		request,
		async ({ body }) => await context.helpers.prepareBinaryData(body, fileName, mimeType),
	);
	const bytes = await storedSize(context, file);
	if (fileSize !== null && bytes !== fileSize) {
		const sizes = `${subject} has ${fileSize} bytes, but 1CRM sent ${bytes}`;
		throw apiError(context, notTheFile(sizes, await storedStart(context, file)));
	}
	return file;
}

/** Words for what came instead of a file and begins with `start`: those of 1CRM, where it wrote some. */
function notTheFile(sizes: string, start: string): Failure {
	const said = serverMessage(asMap(parseJson(start)));
	if (said !== undefined) {
		return {
			message: said,
			description: `1CRM answered with a message instead of the file: ${sizes}`,
		};
	}
	const advice = 'Try again: it may have been replaced meanwhile';
	return { message: sizes, description: sentences(advice, answerInstead(start)) };
}

/** In bytes. Older versions of n8n tell it in words only. */
export async function storedSize(context: IExecuteFunctions, file: IBinaryData): Promise<number> {
	if (file.id === undefined) return Buffer.byteLength(file.data, 'base64');
	return (await context.helpers.getBinaryMetadata(file.id)).fileSize;
}

/** As much as an error quotes. */
async function storedStart(context: IExecuteFunctions, { id, data }: IBinaryData): Promise<string> {
	if (id === undefined) return Buffer.from(data, 'base64').toString();
	for await (const piece of await context.helpers.getBinaryStream(id)) return String(piece);
	return '';
}
