import { NodeApiError } from 'n8n-workflow';

import type { RequestContext } from '../transport/request';
import { requestJson } from '../transport/request';
import { nameForHeader } from './name';
import type { UploadFile } from './source';

/** How 1CRM's ids of uploaded files begin. */
const UPLOADED_PREFIX = 'INCOMING~';

/** Whether a value is the id of an uploaded file. It can be written into one field of one record, once. */
export function isUploadId(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith(UPLOADED_PREFIX);
}

/**
 * Uploads a file and returns its temporary id (`INCOMING~…`), to be written soon into a field for files
 * or images of a record. Throws what `requestJson` throws, and a `NodeApiError` for an answer without id.
 */
export async function uploadFile(
	context: RequestContext,
	file: UploadFile,
	timeoutSeconds: number,
): Promise<string> {
	const answer = await requestJson(context, {
		method: 'POST',
		path: 'files/upload',
		upload: file.open,
		headers: {
			'Content-Type': file.mimeType,
			'Content-Length': file.size,
			'X-OneCRM-Filename': nameForHeader(file.name),
		},
		timeoutSeconds,
	});
	if (typeof answer.id !== 'string' || answer.id === '') {
		throw new NodeApiError(
			context.getNode(),
			{},
			{ message: '1CRM answered without the ID of the file' },
		);
	}
	return answer.id;
}
