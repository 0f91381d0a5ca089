import type { Crm } from './crm.cts';
import { ApiError } from './errors.cts';
import { linkedRecords } from './links.cts';
import { INVOICES_PAYMENTS } from './modules/payments.cts';
import type { Values } from './records.cts';
import type { StoredRecord } from './store.cts';

/** Where a new document takes its lines from: model and column, and the model that the column points to. */
const SOURCES: Record<string, { column: string; source: string }> = {
	SalesOrder: { column: 'related_quote_id', source: 'Quote' },
	Invoice: { column: 'from_so_id', source: 'SalesOrder' },
};

const PART_LINKS = ['line_groups_link', 'lines_link', 'comments_link', 'adjustments_link'];

/** Whether the records of a model are documents with groups and lines. */
export function isSalesDocument(crm: Crm, model: string): boolean {
	return crm.store.table(model).definition.links.lines_link !== undefined;
}

/** The rows of one kind that belong to a document, in the order of their positions. */
export function partsOf(crm: Crm, model: string, row: StoredRecord, link: string): StoredRecord[] {
	const { module, links } = crm.store.table(model).definition;
	return [...linkedRecords(crm.store, module, row, links[link])]
		.filter(({ deleted }) => deleted === '0')
		.sort((a, b) => Number(a.position) - Number(b.position));
}

/** What the server does by itself when a record of this model is made. */
export function afterCreate(crm: Crm, model: string, row: StoredRecord, userId: string): void {
	if (model === INVOICES_PAYMENTS && row.invoice_id && row.payment_id) {
		crm.store.link(INVOICES_PAYMENTS, row.invoice_id, row.payment_id, { amount: row.amount });
	}
	const source = SOURCES[model];
	if (source === undefined || !crm.variants.sales.copiesLines) return;
	const from = crm.store.live(source.source, row[source.column] ?? '');
	if (from === undefined) return;
	copyParts(crm, source.source, from, { model, row, userId });
	if (source.source === 'Quote') from.quote_stage = 'Closed Accepted';
}

/** Throws for an invoice that may not be deleted; else deletes the parts of a document if they go with it. */
export function beforeDelete(crm: Crm, model: string, row: StoredRecord, userId: string): void {
	const { undeletableInvoice, deletedHeader } = crm.variants.sales;
	if (model === 'Invoice' && undeletableInvoice) {
		throw new ApiError(403, 'Invoices cannot be deleted');
	}
	if (deletedHeader === 'leavesParts' || !isSalesDocument(crm, model)) return;
	for (const link of PART_LINKS) {
		for (const part of partsOf(crm, model, row, link)) crm.records.delete(part, userId);
	}
}

interface Target {
	model: string;
	row: StoredRecord;
	userId: string;
}

function copyParts(crm: Crm, source: string, from: StoredRecord, target: Target): void {
	const groupIds = new Map<string | null, string>();
	for (const link of PART_LINKS) {
		const part = crm.store.table(target.model).definition.links[link];
		if (part.kind !== 'reference') continue;
		for (const row of partsOf(crm, source, from, link)) {
			const { id, line_group_id, ...columns } = row;
			const values: Values = { ...columns, [part.column]: target.row.id };
			if (line_group_id) values.line_group_id = groupIds.get(line_group_id);
			const copy = crm.records.create(part.model, values, target.userId);
			groupIds.set(id, copy.id);
		}
	}
}
