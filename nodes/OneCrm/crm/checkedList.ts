import type { IDataObject } from 'n8n-workflow';

import type { ListRequest } from '../http/page';
import { fetchList } from '../http/paging';
import type { CrmClient } from './client';
import type { ConditionChecks } from './conditionChecks';

/**
 * Fetches the records of a list, and throws a `UserError` if one doesn't meet the conditions. The fields that this
 * check needs are asked for, too, and left out of the result. Without fields, 1CRM decides which ones come. If they
 * aren't enough for the check, the list is read a second time.
 */
export async function fetchCheckedList(
	crm: CrmClient,
	checks: ConditionChecks,
	request: ListRequest & { query: IDataObject & { fields: string[] } },
): Promise<IDataObject[]> {
	const { columns } = checks;
	const { fields } = request.query;
	const withFields = (names: string[]): ListRequest => ({
		...request,
		query: { ...request.query, fields: [...new Set(names)] },
	});
	if (fields.length > 0) {
		const records = await fetchList(crm.http, withFields([...fields, ...columns]));
		checks.check(records);
		const added = checks.addedTo(fields);
		return records.map((record) => withoutFields(record, added));
	}
	const records = await fetchList(crm.http, request);
	const isEnough = records.every((record) => columns.every((name) => name in record));
	checks.check(isEnough ? records : await fetchList(crm.http, withFields(['id', ...columns])));
	return records;
}

/** A record without some of its fields. */
export function withoutFields(record: IDataObject, names: string[]): IDataObject {
	if (names.length === 0) return record;
	return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
