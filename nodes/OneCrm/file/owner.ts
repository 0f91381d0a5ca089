import type { IDataObject } from 'n8n-workflow';

import type { ServerValue } from '../field/value';
import { errorAfter } from '../nodeError';
import { createRecord, updateRecord } from '../record/write';
import type { RequestContext } from '../transport/request';

/** The field that a file is put in, of a record that is there or of one to be made. */
export interface FileOwnerField {
	module: string;
	field: string;
	/** Missing of a record to be made. */
	recordId?: string;
	/** What is written beside the file. */
	data: Record<string, ServerValue>;
}

/**
 * Puts an uploaded file in its field, and returns where it is: `{module, recordId, field}`.
 *
 * Throws what 1CRM says, with the id of the file, which is still there and can be attached by hand.
 */
export async function giveFile(
	context: RequestContext,
	fileId: string,
	{ module, field, recordId, data }: FileOwnerField,
	timeoutSeconds: number,
): Promise<IDataObject> {
	const written = { ...data, [field]: fileId };
	try {
		if (recordId !== undefined) {
			await updateRecord(context, { module, id: recordId, data: written, timeoutSeconds });
			return { module, recordId, field };
		}
		const request = { module, data: written, checkDuplicates: false, timeoutSeconds };
		return { module, recordId: await createRecord(context, request), field };
	} catch (error) {
		const done = `The file was uploaded as ${fileId}, but not attached`;
		throw errorAfter(context.getNode(), done, error);
	}
}
