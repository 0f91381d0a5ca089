import type { IDataObject } from 'n8n-workflow';

import { errorAfter } from '../http/errors';
import type { CrmClient } from './client';
import { createRecord, updateRecord } from './record';
import type { FieldValues } from './recordValues';

/** The field that a file is put in, in a record that is there or in one to be made. */
export interface FileOwnerField {
	module: string;
	field: string;
	/** Missing if the record is still to be made. */
	recordId?: string;
	/** What is written beside the file. */
	data: FieldValues;
}

/**
 * Puts an uploaded file in its field, and returns where it is: `{module, recordId, field}`.
 *
 * Throws what 1CRM says, with the id of the file, which is still there and can be attached by hand.
 */
export async function attachUpload(
	crm: CrmClient,
	fileId: string,
	{ module, field, recordId, data }: FileOwnerField,
): Promise<IDataObject> {
	const values = { data: { ...data, [field]: fileId }, files: {} };
	try {
		const { id } =
			recordId === undefined
				? await createRecord(crm, module, values)
				: await updateRecord(crm, { module, id: recordId }, values);
		return { module, recordId: id, field };
	} catch (error) {
		const done = `The file was uploaded as ${fileId}, but not attached`;
		throw errorAfter(crm.http.node, done, error);
	}
}
