import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ServerValue } from '../../field/value';
import { errorAfter } from '../../nodeError';
import { convertRecords, fetchRecord } from '../../record/read';
import { convertValues, isSwitchedOn, readTimeout } from '../options';

export const returnRecord: INodeProperties = {
	displayName: 'Return Record',
	name: 'returnRecord',
	type: 'boolean',
	default: false,
	description:
		'Whether to read the record back and return it as stored, with what 1CRM computes. Costs a second request.',
};

export interface WrittenRecord {
	module: string;
	id: IDataObject[string];
	/** What was sent. */
	data: Record<string, ServerValue>;
	/** For the message when the record cannot be read back. */
	verb: 'created' | 'updated';
}

/**
 * The output of an operation that wrote a record: its id with the values as sent or, with the option,
 * the record as stored.
 *
 * When only reading it back failed, the error says that the record was written, so that nobody writes it
 * again.
 */
export async function returnWrittenRecord(
	context: IExecuteFunctions,
	itemIndex: number,
	{ module, id, data, verb }: WrittenRecord,
): Promise<IDataObject> {
	let record: IDataObject = { id, ...data };
	if (isSwitchedOn(context, itemIndex, returnRecord) && typeof id === 'string') {
		record = await readBack(context, itemIndex, module, id, verb);
	}
	if (!isSwitchedOn(context, itemIndex, convertValues)) return record;
	const [converted] = await convertRecords(context, module, [record]);
	return converted;
}

async function readBack(
	context: IExecuteFunctions,
	itemIndex: number,
	module: string,
	id: string,
	verb: string,
): Promise<IDataObject> {
	const timeoutSeconds = readTimeout(context, itemIndex);
	try {
		return await fetchRecord(context, { module, id, timeoutSeconds });
	} catch (error) {
		const done = `${module} "${id}" was ${verb}, but could not be read back`;
		throw errorAfter(context.getNode(), done, error);
	}
}
