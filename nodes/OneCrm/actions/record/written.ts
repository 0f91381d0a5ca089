import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { WrittenRecord } from '../../crm/record';
import { convertRecords, fetchRecord } from '../../crm/record';
import { errorAfter } from '../../http/errors';
import type { Item } from '../../item/item';
import { convertValues } from '../../item/options';
import type { OutputItem } from '../../item/output';
import { jsonItems } from '../../item/output';

export const returnRecord: INodeProperties = {
	displayName: 'Return Record',
	name: 'returnRecord',
	type: 'boolean',
	default: false,
	description:
		'Whether to read the record back and return it as 1CRM stored it, including computed fields. Costs a second request.',
};

/**
 * The output of an operation that wrote a record: its id with the values as sent or, with the option, the record as
 * stored; `more` beside it.
 *
 * If only reading it back failed, the error says that the record was written, so that nobody writes it again.
 */
export async function writtenItems(
	item: Item,
	written: WrittenRecord,
	more: IDataObject = {},
): Promise<OutputItem[]> {
	const { module, id, data } = written;
	const isReadBack = item.isOptionOn(returnRecord) && typeof id === 'string';
	const record = isReadBack ? await readBack(item, { ...written, id }) : { id, ...data };
	const records = item.isOptionOn(convertValues)
		? await convertRecords(item.crm, module, [record])
		: [record];
	return jsonItems(records.map((output) => Object.assign(output, more)));
}

async function readBack(
	{ crm }: Item,
	{ module, id, verb }: WrittenRecord & { id: string },
): Promise<IDataObject> {
	try {
		return await fetchRecord(crm, { module, id });
	} catch (error) {
		const done = `${module} "${id}" was ${verb}, but could not be read back`;
		throw errorAfter(crm.http.node, done, error);
	}
}
