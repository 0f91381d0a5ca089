import type { IDataObject } from 'n8n-workflow';

import { apiPath } from '../../http/address';
import type { CrmError } from '../../http/errors';
import { asNodeError, isNotFound } from '../../http/errors';
import type { CrmClient } from '../client';
import type { RecordKey } from '../record';
import { recordExists, recordTarget } from '../record';
import { safeMimeType } from './mimeType';
import { nameFromServer } from './name';

/** The modules whose records have a file that 1CRM gives back. */
export const FILE_MODULES = ['Document', 'DocumentRevision', 'Note'] as const;

/** What 1CRM tells of the file of a record, as it tells it, and as an upload gives it. */
export interface FileInfo extends IDataObject {
	fileName: string;
	mimeType: string;
	/** In bytes; null where 1CRM does not tell. */
	fileSize: number | null;
	/** In ISO 8601; null where 1CRM does not tell. */
	modifiedAt: string | null;
}

/** Throws a `CrmError` if the record isn't there, and one with other words if it has no file. */
export async function fetchFileInfo(crm: CrmClient, key: RecordKey): Promise<FileInfo> {
	let info: IDataObject;
	try {
		info = await crm.http.json({
			method: 'GET',
			path: apiPath(['files', 'info', key.module, key.id]),
			subject: recordTarget(key).subject,
		});
	} catch (error) {
		// 1CRM does not say whether it is the record or its file that is not there.
		const isRecordThere = isNotFound(error) && (await recordExists(crm, key));
		throw isRecordThere ? noFile(crm, key) : asNodeError(crm.http.node, error);
	}
	if (typeof info.name !== 'string' || info.name === '') throw noFile(crm, key);
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

function noFile(crm: CrmClient, key: RecordKey): CrmError {
	const failure = {
		message: `${recordTarget(key).subject} has no file`,
		description: 'The record exists, but no file is attached to it',
	};
	return crm.http.error(failure, { status: 404 });
}

function wholeNumber(value: unknown): number | null {
	const isWritten = typeof value === 'number' || (typeof value === 'string' && value !== '');
	return isWritten && Number.isSafeInteger(Number(value)) ? Number(value) : null;
}

function momentOf(unixSeconds: number | null): string | null {
	const moment = new Date((unixSeconds ?? NaN) * 1000);
	return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
