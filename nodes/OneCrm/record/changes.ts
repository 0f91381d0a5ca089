import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isExpressionOfUser } from '../expression';
import { loadMetadata } from '../field/metadata';
import type { Moment } from '../field/moment';
import { encodeMoment } from '../field/moment';

const CHANGED_AT = 'date_modified';

const MODIFIED_AFTER = { name: 'modifiedAfter', displayName: 'Modified After' };

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
	const isOlder = readSinceMoment(context, itemIndex, MODIFIED_AFTER, CHANGED_AT);
	if (isOlder === undefined) return undefined;
	const metadata = await loadMetadata(context, module);
	if (!metadata.fields.has(CHANGED_AT)) {
		throw new UserError(
			`${module} does not keep the time of its last change, so 'Modified After' cannot be used`,
		);
	}
	if (context.getNodeParameter('options.sortField', itemIndex, '')) {
		throw new UserError("'Modified After' returns the newest first. Remove 'Sort Field'");
	}
	const wanted = fields.length > 0 ? fields : [...metadata.fields.keys()];
	return {
		query: { order: `${CHANGED_AT} DESC`, fields: [...new Set([...wanted, CHANGED_AT])] },
		isOlder,
	};
}

/**
 * From which row on a list, which comes newest first, was changed no later than the moment of an option, or
 * `undefined` where the option is not set. `column` holds the time of the change. Throws a `UserError` for
 * what is no date, for an expression that gives nothing, and when the server does not keep to the order.
 */
export function readSinceMoment(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
	column: string,
): ((row: IDataObject) => boolean) | undefined {
	const value = context.getNodeParameter(`options.${name}`, itemIndex, '');
	if (value === '' || value === null || value === undefined) {
		if (!isExpressionOfUser(context, `options.${name}`)) return undefined;
		throw new UserError(
			`The expression in '${displayName}' gives nothing, which would stand for all changes`,
		);
	}
	const moment = encodeMoment({ label: displayName }, value, context.getTimezone());
	return notAfter(moment, column, displayName);
}

/**
 * Both sides have the form `YYYY-MM-DD HH:MM:SS` in UTC, which sorts as text. 1CRM keeps no parts of a second: a
 * change in the second that a moment lies within may have come after it.
 */
function notAfter(moment: Moment, column: string, option: string): (row: IDataObject) => boolean {
	let previous: string | undefined;
	return (row) => {
		const changed = String(row[column] ?? '');
		if (changed === '' || (previous !== undefined && changed > previous)) {
			throw new UserError(
				`The server did not return the newest records first, so '${option}' could miss some`,
			);
		}
		previous = changed;
		return moment.isWithin ? changed < moment.second : changed <= moment.second;
	};
}
