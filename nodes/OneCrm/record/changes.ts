import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { encodeValue } from '../field/codec';
import { loadMetadata } from '../field/metadata';

const CHANGED_AT = 'date_modified';

export interface Since {
	/** Replaces what the list would ask for: newest first, with the time of the change. */
	query: IDataObject;
	/** Whether a record was not changed after the moment. */
	isOlder: (record: IDataObject) => boolean;
}

/**
 * How to list what was changed after 'Modified After', or `undefined` where it is not set.
 *
 * 1CRM has no filter for it, so the list is read newest first until an older record comes. `fields` are
 * those to return; where none are chosen all are asked for, because a list with the time of the change
 * alone would lose the others. Throws a `UserError` for what is no date, for a module without that
 * field, together with a sort order, and when the server does not keep to the order.
 */
export async function readSince(
	context: IExecuteFunctions,
	itemIndex: number,
	module: string,
	fields: string[],
): Promise<Since | undefined> {
	const value = context.getNodeParameter('options.modifiedAfter', itemIndex, '');
	if (value === '' || value === null || value === undefined) return undefined;
	const metadata = await loadMetadata(context, module);
	if (!metadata.fields.has(CHANGED_AT)) {
		throw new UserError(
			`${module} does not keep the time of its last change, so 'Modified After' cannot be used`,
		);
	}
	if (context.getNodeParameter('options.sortField', itemIndex, '')) {
		throw new UserError("'Modified After' returns the newest first. Remove 'Sort Field'");
	}
	const moment = encodeValue(
		{ kind: 'dateTime', label: 'Modified After', options: [] },
		value,
		context.getTimezone(),
	);
	const wanted = fields.length > 0 ? fields : [...metadata.fields.keys()];
	return {
		query: { order: `${CHANGED_AT} DESC`, fields: [...new Set([...wanted, CHANGED_AT])] },
		isOlder: notAfter(String(moment)),
	};
}

/** Both sides have the form `YYYY-MM-DD HH:MM:SS` in UTC, which sorts as text. */
function notAfter(moment: string): (record: IDataObject) => boolean {
	let previous: string | undefined;
	return (record) => {
		const changed = String(record[CHANGED_AT] ?? '');
		if (changed === '' || (previous !== undefined && changed > previous)) {
			throw new UserError(
				"The server did not return the newest records first, so 'Modified After' could miss some",
			);
		}
		previous = changed;
		return changed <= moment;
	};
}
