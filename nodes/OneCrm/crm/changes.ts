import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { CrmClient } from './client';
import type { Moment } from './moment';
import { CHANGED_AT } from './newestFirst';

/** A moment that the user set, and the name of the option. */
export interface Since {
	moment: Moment;
	option: string;
}

/** How to list what was changed after a moment. */
interface ChangedList {
	/** Replaces what the list would ask for: newest first, with the time of the change. */
	query: IDataObject;
	/** Whether a record was not changed after the moment. */
	stopAt: () => (record: IDataObject) => boolean;
}

/**
 * How to list the records that were changed after a moment.
 *
 * 1CRM has no filter for it, so the list is read newest first until an older record comes. `fields` are
 * those to return; if none are chosen, all are asked for, because a list with the time of the change
 * alone would lose the others. Throws a `UserError` for a module without that field, and when the server does not
 * keep to the order.
 */
export async function changedRecords(
	crm: CrmClient,
	module: string,
	since: Since,
	fields: string[],
): Promise<ChangedList> {
	const metadata = await crm.metadata(module);
	if (!metadata.fields.has(CHANGED_AT)) {
		throw new UserError(
			`${module} doesn't record when a record was changed, so '${since.option}' cannot be used`,
		);
	}
	const wanted = fields.length > 0 ? fields : [...metadata.fields.keys()];
	return {
		query: { order: `${CHANGED_AT} DESC`, fields: [...new Set([...wanted, CHANGED_AT])] },
		stopAt: () => isNotAfter(since, CHANGED_AT),
	};
}

/**
 * Makes a check of the rows of a list, newest first: whether a row was changed no later than a moment. `column`
 * contains the time of the change. Throws a `UserError` when the server does not keep to the order.
 *
 * Both sides have the form `YYYY-MM-DD HH:MM:SS` in UTC, which sorts as text. 1CRM keeps no parts of a second: a change
 * in the same second as the moment may have come after it.
 */
export function isNotAfter(
	{ moment, option }: Since,
	column: string,
): (row: IDataObject) => boolean {
	let previous: string | undefined;
	return (row) => {
		const changed = String(row[column] ?? '');
		if (changed === '' || changed > (previous ?? changed)) {
			throw new UserError(
				`The server didn't return the newest records first, so '${option}' could miss some`,
			);
		}
		previous = changed;
		return moment.hasFraction ? changed < moment.second : changed <= moment.second;
	};
}
