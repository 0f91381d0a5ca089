import type { IDataObject } from 'n8n-workflow';

import { apiPath } from '../../http/address';
import { asMap, isJsonObject } from '../../http/json';
import { readBoolean } from '../boolean';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import type { RecordKey } from '../record';

/** What a document adds up to, as 1CRM itself calculates and shows it. As documented, it has no ids. */
export interface Tally {
	groups: TallyGroup[];
	totals: IDataObject;
	taxes: IDataObject[];
}

export interface TallyGroup {
	name: string;
	subtotal: unknown;
	total: unknown;
	/** Lines and comments, in order. */
	lines: IDataObject[];
	adjustments: IDataObject[];
}

/**
 * The tally of a document; `undefined` if it can't be read: not every version of 1CRM is known to have it, and whoever
 * asks for it has another way. Never throws.
 */
export async function fetchTally(
	crm: CrmClient,
	{ module, id }: RecordKey,
): Promise<Tally | undefined> {
	try {
		return readTally(await crm.http.json({ method: 'GET', path: apiPath(['tally', module, id]) }));
	} catch {
		return undefined;
	}
}

function readTally({ groups, totals }: IDataObject): Tally | undefined {
	if (!isJsonObject(totals)) return undefined;
	return {
		groups: objects(groups).map((group) => ({
			name: String(group.name ?? ''),
			subtotal: group.subtotal,
			total: group.total,
			lines: objects(group.line_items),
			adjustments: objects(group.adjusts),
		})),
		totals,
		taxes: objects(totals.taxes),
	};
}

/** Whether an entry of a group's lines is a comment between them. */
export function isComment({ is_comment }: IDataObject): boolean {
	return readBoolean(is_comment) === true;
}

export function tallyTotal(tally: Tally | undefined): Decimal | undefined {
	return Decimal.parse(asMap(tally?.totals).total);
}

/** The objects of a list, which PHP writes as a map if it has gaps. */
function objects(list: unknown): IDataObject[] {
	return Object.values(list ?? {}).filter(isJsonObject);
}
