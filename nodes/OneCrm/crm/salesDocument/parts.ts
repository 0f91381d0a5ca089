import type { IDataObject } from 'n8n-workflow';

import { fetchList } from '../../http/paging';
import { mapConcurrently } from '../../http/parallel';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import { linkTarget } from '../links';
import type { DocumentModel, PartKind } from './model';
import { PART_KINDS } from './model';

/** The rows of a document as they are stored, each kind by position. */
export type StoredParts = Record<PartKind, IDataObject[]>;

/** What is read of each row, as far as its module has it. 1CRM returns no rows if asked for a field that isn't there. */
const FIELDS = [
	...['name', 'body', 'position', 'line_group_id', 'type', 'rate', 'amount', 'related_id'],
	...['quantity', 'unit_price', 'ext_price', 'tax_class_id', 'subtotal', 'total'],
];

const DISCOUNT = /Discount$/;

/** Reads all rows of a document through its links, whatever their number. */
export async function fetchParts(
	crm: CrmClient,
	model: DocumentModel,
	id: string,
): Promise<StoredParts> {
	const lists = await mapConcurrently(PART_KINDS, crm.http.slots, async (kind) => {
		const { link, metadata } = model.parts[kind];
		return await fetchList(crm.http, {
			...linkTarget({ module: model.module, id, link }),
			query: { fields: FIELDS.filter((name) => metadata.fields.has(name)) },
			limit: Infinity,
		});
	});
	const parts = {} as StoredParts;
	for (const [index, kind] of PART_KINDS.entries()) {
		parts[kind] = lists[index].sort((a, b) => Number(a.position) - Number(b.position));
	}
	return parts;
}

/** What the stored rows add up to: lines, less discounts, with shipping and taxes. */
export function totalOfParts({ Line, Adjustment }: StoredParts): Decimal | undefined {
	const amounts = [
		...Line.map(({ ext_price }) => Decimal.parse(ext_price)),
		...Adjustment.map(({ type, amount }) => {
			const parsed = Decimal.parse(amount);
			return isDiscountType(type) ? parsed?.negated() : parsed;
		}),
	];
	const known = amounts.filter((amount) => amount !== undefined);
	return known.length === amounts.length ? Decimal.sum(known) : undefined;
}

function isDiscountType(type: unknown): boolean {
	return DISCOUNT.test(String(type));
}
