import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { listOf } from '../../http/page';
import { fetchList } from '../../http/paging';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import { linkTarget } from '../links';
import type { ModuleMetadata } from '../metadata';
import { recordsPath } from '../record';
import type { FieldValues } from '../recordValues';
import { knownValues } from './model';
import { isSameValue, sentText } from './sameValue';

export const INVOICE = 'Invoice';
export const PAYMENT = 'Payment';

/** What a payment is recognized by. */
export interface PaymentIdentity {
	invoiceId: string;
	amount: Decimal;
	/** By which a repeat is recognized, e.g. the number of the bank's transaction. Empty for none. */
	reference: string;
}

/** How many of the newest payments are looked at. */
const NEWEST = 20;

/**
 * The payment of this invoice with the same reference, with what all its payments amount to (`paid`), or without that
 * if it isn't linked yet because a run broke off. Throws a `UserError` if it is of another amount: then it isn't a repeat.
 */
export async function findRepeat(
	crm: CrmClient,
	{ invoiceId, reference, amount }: PaymentIdentity,
	column: string,
	metadata: ModuleMetadata,
): Promise<{ id: string; paid?: Decimal } | undefined> {
	const payments = await linkedPayments(crm, invoiceId, [column, 'amount']);
	const same = payments.find((record) => sentText(record[column]) === sentText(reference));
	if (same === undefined) {
		const values = { [column]: reference, amount: amount.toString() };
		const place = knownValues(metadata, { related_invoice_id: invoiceId });
		// Without such a field, it could be the payment of another invoice.
		if (Object.keys(place).length === 0) return undefined;
		const [unlinked] = await findUnlinked(crm, payments, { ...values, ...place });
		return unlinked === undefined ? undefined : { id: unlinked };
	}
	if (Decimal.parse(same.amount)?.equals(amount)) {
		const amounts = payments.map((record) => Decimal.parse(record.amount) ?? Decimal.ZERO);
		return { id: String(same.id), paid: Decimal.sum(amounts) };
	}
	throw new UserError(
		`${PAYMENT} "${String(same.id)}" has the reference "${reference}" already, with another amount: ${String(same.amount)}`,
	);
}

/** The payment whose answer was lost: the only one with its values that isn't linked yet. Never throws. */
export async function findLostPayment(
	crm: CrmClient,
	{ invoiceId }: Pick<PaymentIdentity, 'invoiceId'>,
	data: FieldValues,
): Promise<string | undefined> {
	try {
		const found = await findUnlinked(crm, await linkedPayments(crm, invoiceId), data);
		return found.length === 1 ? found[0] : undefined;
	} catch {
		return undefined;
	}
}

/** Those of the newest payments that have these values and aren't among the linked ones. */
async function findUnlinked(
	crm: CrmClient,
	linked: IDataObject[],
	values: FieldValues,
): Promise<string[]> {
	const names = Object.keys(values);
	const { records } = await crm.http.json({
		method: 'GET',
		path: recordsPath(PAYMENT),
		query: { fields: names, order: 'date_entered DESC', limit: NEWEST },
	});
	const known = new Set(linked.map(({ id }) => id));
	return (listOf(records) ?? [])
		.filter(({ id }) => !known.has(id))
		.filter((record) => names.every((name) => isSameValue(record[name], values[name])))
		.map(({ id }) => String(id));
}

async function linkedPayments(
	crm: CrmClient,
	invoiceId: string,
	fields: string[] = [],
): Promise<IDataObject[]> {
	return await fetchList(crm.http, {
		...linkTarget({ module: INVOICE, id: invoiceId, link: 'payments' }),
		query: { fields },
		isOfRecords: true,
		limit: Infinity,
	});
}

/** Whether a payment is linked to an invoice. Never throws: `false` also means that it can't be told. */
export async function isLinked(crm: CrmClient, invoiceId: string, id: string): Promise<boolean> {
	try {
		return (await linkedPayments(crm, invoiceId)).some((payment) => payment.id === id);
	} catch {
		return false;
	}
}
