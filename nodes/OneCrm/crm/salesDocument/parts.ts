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

/** What is read of each row, as far as its module has it. */
const FIELDS = [
	...['name', 'body', 'position', 'line_group_id', 'type', 'rate', 'amount', 'related_id'],
	...['quantity', 'unit_price', 'ext_price', 'tax_class_id', 'subtotal', 'total'],
];

const DISCOUNT = /Discount$/;

/** A document that is there. */
export interface StoredDocument {
	model: DocumentModel;
	id: string;
}

/** All rows of one kind, read through their link, with their ids and those of the fields that exist. */
export async function fetchRows(
	crm: CrmClient,
	{ model, id }: StoredDocument,
	kind: PartKind,
	fields: string[],
): Promise<IDataObject[]> {
	const { link, metadata } = model.parts[kind];
	return await fetchList(crm.http, {
		...linkTarget({ module: model.module, id, link }),
		query: { fields: fields.filter((name) => metadata.fields.has(name)) },
		isOfRecords: true,
		limit: Infinity,
	});
}

/** All rows of a document. */
export async function fetchParts(crm: CrmClient, document: StoredDocument): Promise<StoredParts> {
	const lists = await mapConcurrently(
		PART_KINDS,
		crm.http.slots,
		async (kind) => await fetchRows(crm, document, kind, FIELDS),
	);
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
