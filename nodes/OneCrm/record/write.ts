import type { IDataObject } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';

import type { ServerValue } from '../field/value';
import { loadMetadata } from '../field/metadata';
import { isUploadId } from '../file/upload';
import { doubtful } from '../transport/apiError';
import type { RequestContext } from '../transport/request';
import { requestJson } from '../transport/request';
import { recordsPath, recordTarget } from './path';

export interface CreateRequest {
	module: string;
	data: Record<string, ServerValue>;
	/** Whether 1CRM is to look for a record like this first, and refuse a second one. */
	checkDuplicates: boolean;
	timeoutSeconds: number;
}

/**
 * Creates a record and returns its id: a text or, of a linking record, what 1CRM gives in its place.
 *
 * Throws a `NodeApiError` for a duplicate, in whatever form 1CRM says so.
 */
export async function createRecord(
	context: RequestContext,
	{ module, data, checkDuplicates, timeoutSeconds }: CreateRequest,
): Promise<NonNullable<IDataObject[string]>> {
	const answer = await requestJson(context, {
		method: 'POST',
		path: recordsPath(module),
		query: { check_duplicates: checkDuplicates ? 1 : undefined },
		body: { data },
		timeoutSeconds,
	});
	if (answer.id) return answer.id;
	const error = new NodeApiError(
		context.getNode(),
		{},
		{
			message: `1CRM answered without the ID of a new ${module}`,
			description: 'It may hold the record as a duplicate. What it answered is in the details',
		},
	);
	error.context.data = answer;
	throw doubtful('POST', error);
}

/**
 * Throws a `UserError` for a required field of a new record without a value: 1CRM answers with a database
 * error, or makes the record without it.
 */
export async function checkRequiredFields(
	context: RequestContext,
	module: string,
	data: Record<string, ServerValue>,
): Promise<void> {
	const { required } = await loadMetadata(context, module);
	const missing = required.filter(({ name }) => (data[name] ?? '') === '');
	if (missing.length === 0) return;
	const names = missing.map(({ label, name }) => `'${label}' (${name})`).join(', ');
	throw new UserError(`A new ${module} needs a value for ${names}`);
}

export interface UpdateRequest {
	module: string;
	id: string;
	data: Record<string, ServerValue>;
	/** Whether a record that is not there is made, with this id. */
	create?: boolean;
	/** Whether 1CRM is to look for another record like this first, and refuse. */
	checkDuplicates?: boolean;
	timeoutSeconds: number;
}

/** Changes the given fields of a record. Throws a `NodeApiError` for one that is not there. */
export async function updateRecord(
	context: RequestContext,
	{ module, id, data, create = false, checkDuplicates = false, timeoutSeconds }: UpdateRequest,
): Promise<void> {
	await requestJson(context, {
		method: 'PATCH',
		...recordTarget(module, id),
		query: { check_duplicates: checkDuplicates ? 1 : undefined },
		body: { data, create },
		// Written a second time, the id of an upload that is used up would empty the field.
		once: Object.values(data).some(isUploadId),
		timeoutSeconds,
	});
}
