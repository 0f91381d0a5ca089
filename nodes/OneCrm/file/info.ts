import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { nodeError } from '../nodeError';
import { recordTarget } from '../record/path';
import { recordExists } from '../record/read';
import { apiPath } from '../transport/address';
import type { RequestContext } from '../transport/request';
import { requestJson } from '../transport/request';
import { isNotFound } from '../transport/status';
import { safeMimeType } from './mimeType';
import { nameFromServer } from './name';

/** The record that a file belongs to. */
export interface FileOwner {
	/** Note, Document or DocumentRevision. */
	module: string;
	id: string;
}

/** What 1CRM tells of the file of a record, as it tells it, and as an upload gives it. */
export interface FileInfo extends IDataObject {
	fileName: string;
	mimeType: string;
	/** In bytes; null where 1CRM does not tell. */
	fileSize: number | null;
	/** In ISO 8601; null where 1CRM does not tell. */
	modifiedAt: string | null;
}

/** Throws a `NodeApiError` when the record is not there, and one with other words when it has no file. */
export async function fetchFileInfo(
	context: RequestContext,
	{ module, id }: FileOwner,
	timeoutSeconds: number,
): Promise<FileInfo> {
	let info: IDataObject;
	try {
		info = await requestJson(context, {
			method: 'GET',
			path: apiPath(['files', 'info', module, id]),
			subject: recordTarget(module, id).subject,
			timeoutSeconds,
		});
	} catch (error) {
		// 1CRM does not say whether it is the record or its file that is not there.
		const isRecordThere =
			isNotFound(error) && (await recordExists(context, module, id, timeoutSeconds));
		throw isRecordThere ? noFile(context, module, id) : nodeError(context.getNode(), error);
	}
	if (typeof info.name !== 'string' || info.name === '') throw noFile(context, module, id);
	const { name, size, modified } = info;
	return {
		...info,
		fileName: nameFromServer(name),
		// One of 1CRM's own clients reads the second spelling.
		mimeType: safeMimeType(info.mimetype ?? info.mime_type),
		fileSize: wholeNumber(size),
		modifiedAt: momentOf(wholeNumber(modified)),
	};
}

function noFile(context: RequestContext, module: string, id: string): NodeApiError {
	return new NodeApiError(
		context.getNode(),
		{},
		{
			message: `${module} "${id}" has no file`,
			description: 'The record is there, but nothing is attached to it',
			httpCode: '404',
		},
	);
}

function wholeNumber(value: unknown): number | null {
	const isWritten = typeof value === 'number' || (typeof value === 'string' && value !== '');
	return isWritten && Number.isSafeInteger(Number(value)) ? Number(value) : null;
}

function momentOf(unixSeconds: number | null): string | null {
	const moment = new Date((unixSeconds ?? NaN) * 1000);
	return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
