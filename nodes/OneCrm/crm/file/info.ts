import type { IDataObject } from 'n8n-workflow';

import { apiPath } from '../../http/address';
import type { CrmError } from '../../http/errors';
import { asNodeError, isNotFound } from '../../http/errors';
import type { CrmClient } from '../client';
import type { RecordKey } from '../record';
import { recordExists, recordTarget } from '../record';
import { safeMimeType } from './mimeType';
import { safeFileName } from './name';

/** The modules whose files 1CRM returns. */
export const FILE_MODULES = ['Document', 'DocumentRevision', 'Note'] as const;

/** What 1CRM says about a record's file: its own answer, and the same facts under the names that an upload returns. */
export interface FileInfo extends IDataObject {
	fileName: string;
	mimeType: string;
	/** In bytes; null if 1CRM doesn't say. */
	fileSize: number | null;
	/** In ISO 8601; null if 1CRM doesn't say. */
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
		// 1CRM doesn't say whether the record or its file is missing.
		const isRecordThere = isNotFound(error) && (await recordExists(crm, key));
		throw isRecordThere ? noFile(crm, key) : asNodeError(crm.http.node, error);
	}
	if (typeof info.name !== 'string' || info.name === '') throw noFile(crm, key);
	const { name, size, modified } = info;
	return {
		...info,
		fileName: safeFileName(name),
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
	const text = String(value).trim();
	return /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

function momentOf(unixSeconds: number | null): string | null {
	const moment = new Date((unixSeconds ?? NaN) * 1000);
	return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
