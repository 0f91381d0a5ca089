import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { readNames } from '../names';
import { readModuleName } from '../module/locator';
import { readRecordId } from '../record/locator';
import { apiPath, isPathSegment } from '../transport/address';
import { readLinkName } from './locator';

/** A link of one record: where its related records are, and what to call it when it is not there. */
export interface RecordLink {
	module: string;
	recordId: string;
	link: string;
	path: string;
	subject: string;
}

/** The link that the parameters of an item name. Throws a `UserError` for what cannot be one. */
export function readRecordLink(context: IExecuteFunctions, itemIndex: number): RecordLink {
	const module = readModuleName(context, itemIndex);
	const recordId = readRecordId(context, itemIndex);
	const link = readLinkName(context, itemIndex);
	return {
		module,
		recordId,
		link,
		path: apiPath(['data', module, recordId, link]),
		// 1CRM does not say which of the two it does not know.
		subject: `${module} "${recordId}" or its link "${link}"`,
	};
}

export const relatedIdsProperty: INodeProperties = {
	displayName: 'Related Record IDs',
	name: 'relatedIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 7eba2f10-4c1b-2c77-9d0e-5b8f6a3c1d42',
	description: 'The IDs of the related records, as an array or with commas between them',
};

/** The ids of the related records, each once. Throws a `UserError` for none, and for what can be no id. */
export function readRelatedIds(context: IExecuteFunctions, itemIndex: number): string[] {
	const ids = [...new Set(readNames(context.getNodeParameter('relatedIds', itemIndex, '')))];
	if (ids.length === 0) throw new UserError("'Related Record IDs' is empty");
	const impossible = ids.find((id) => !isPathSegment(id));
	if (impossible !== undefined) {
		throw new UserError(`'Related Record IDs' cannot hold "${impossible}": an ID has no slashes`);
	}
	return ids;
}

/** The output for one related record that was linked or unlinked. */
export function linkedItem(
	{ recordId, link }: RecordLink,
	relatedId: string,
	linked: boolean,
): IDataObject {
	return { id: recordId, link, relatedId, linked };
}
