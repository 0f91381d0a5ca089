import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { asBoolean } from '../boolean';
import { decodeValue } from '../field/codec';
import { loadMetadata } from '../field/metadata';
import { isJsonObject } from '../transport/answer';
import type { RequestContext } from '../transport/request';
import { requestJson } from '../transport/request';
import { nodeError } from '../nodeError';
import { isMissing } from '../transport/status';
import { recordTarget } from './path';

/** The field that marks a deleted record, in every module whose fields are known. */
const DELETED = 'deleted';

export interface ReadRequest {
	module: string;
	id: string;
	/** Names of fields; empty for all. The id comes in any case. */
	fields?: string[];
	timeoutSeconds?: number;
	/** How often it is tried at most, as of a request. */
	tries?: number;
}

/**
 * Reads one record, with values as 1CRM writes them.
 *
 * Throws a `NodeApiError` when it is not there. A record that was deleted is not there, whether 1CRM
 * answers 404 or still shows it with its deletion mark.
 */
export async function fetchRecord(
	context: RequestContext,
	{ module, id, fields = [], timeoutSeconds, tries }: ReadRequest,
): Promise<IDataObject> {
	const isMarkAdded = fields.length > 0 && !fields.includes(DELETED);
	const { record } = await requestJson(context, {
		method: 'GET',
		...recordTarget(module, id),
		query: { fields: isMarkAdded ? [...fields, DELETED] : fields },
		timeoutSeconds,
		tries,
	});
	if (!isJsonObject(record) || asBoolean(record[DELETED]) === true) {
		throw new NodeApiError(
			context.getNode(),
			{},
			{
				message: `${module} "${id}" was not found`,
				description: 'The record was deleted, or its ID is not right',
				httpCode: '404',
			},
		);
	}
	if (isMarkAdded) delete record[DELETED];
	return record;
}

/** Whether a record is there. Throws what `fetchRecord` throws for any other reason. */
export async function recordExists(
	context: RequestContext,
	module: string,
	id: string,
	timeoutSeconds?: number,
): Promise<boolean> {
	try {
		await fetchRecord(context, { module, id, fields: ['id'], timeoutSeconds });
		return true;
	} catch (error) {
		if (isMissing(error)) return false;
		throw nodeError(context.getNode(), error);
	}
}

/** Turns the values of a record into JSON's own types (`decodeValue`), by the metadata of its module. */
export async function convertRecords(
	context: IExecuteFunctions,
	module: string,
	records: IDataObject[],
): Promise<IDataObject[]> {
	const { fields } = await loadMetadata(context, module);
	return records.map((record) =>
		Object.fromEntries(
			Object.entries(record).map(([name, value]) => {
				const field = fields.get(name);
				return [name, field ? (decodeValue(field, value) as IDataObject[string]) : value];
			}),
		),
	);
}
