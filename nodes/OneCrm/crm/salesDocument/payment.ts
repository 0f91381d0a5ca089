import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { asNodeError, errorAfter, isMissing, isUnknown } from '../../http/errors';
import { isJsonObject } from '../../http/json';
import { fetchList } from '../../http/paging';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import { addRelated, linkTarget } from '../links';
import type { ModuleMetadata } from '../metadata';
import { createRecord, deleteRecord, fetchRecord, recordsPath, updateRecord } from '../record';
import type { FieldValues } from '../recordValues';
import { knownValues } from './model';
import { BASE_ID, currencyDecimals } from './prices';
import { isSameValue } from './sameValue';

export interface NewPayment {
	invoiceId: string;
	amount: Decimal;
	/** `YYYY-MM-DD`. */
	paymentDate: string;
	paymentType: string;
	/** By which a repeat is recognized, e.g. the number of the bank's transaction. Empty for none. */
	reference: string;
	allowOverpayment: boolean;
}

export interface AppliedPayment extends IDataObject {
	id: string;
	invoiceId: string;
	amount: string;
	amountDue: string;
}

const INVOICE = 'Invoice';
const PAYMENT = 'Payment';

/** Where payments have room for a reference, in this order. */
const REFERENCES = ['customer_reference', 'reference', 'payment_reference', 'description'];

/**
 * Records a payment of an invoice: the payment, its link, and what is still due, in the order of 1CRM's own client.
 *
 * A payment with the same reference isn't recorded again: the one that is there is returned, with `isRepeat`. Throws a
 * `UserError` for more than is due, unless that is allowed. If linking fails, the payment is removed again; an error
 * after that says what was done.
 */
export async function addPayment(
	crm: CrmClient,
	payment: NewPayment,
): Promise<{ payment: AppliedPayment; isRepeat: boolean }> {
	const { invoiceId, amount, reference, allowOverpayment } = payment;
	const invoice = await fetchRecord(crm, { module: INVOICE, id: invoiceId });
	const decimals = await currencyDecimals(crm, String(invoice.currency_id ?? '') || BASE_ID);
	const metadata = await crm.metadata(PAYMENT);
	const due = Decimal.parse(invoice.amount_due ?? invoice.amount);
	if (due === undefined)
		throw new UserError(`1CRM doesn't say what is due on ${INVOICE} "${invoiceId}"`);
	if (!amount.round(decimals).equals(amount)) {
		throw new UserError(`The amount "${amount.toString()}" has more decimals than its currency`);
	}
	const column = reference === '' ? undefined : referenceColumn(metadata);
	if (column !== undefined) {
		const repeated = await findRepeat(crm, payment, column);
		if (repeated !== undefined) {
			const amountDue = due.toFixed(decimals);
			return {
				payment: { ...applied(repeated, payment, decimals), amountDue },
				isRepeat: true,
			};
		}
	}
	if (amount.compare(due) > 0 && !allowOverpayment) {
		throw new UserError(
			`The payment of ${amount.toFixed(decimals)} is more than the ${due.toFixed(decimals)} that is due. Nothing was written`,
		);
	}

	const data = paymentValues(metadata, invoice, payment, decimals);
	if (column !== undefined) data[column] = reference;
	const id = await createPayment(crm, payment, data);
	await linkPayment(crm, payment, id, decimals);
	const amountDue = due.minus(amount).toFixed(decimals);
	try {
		const key = { module: INVOICE, id: invoiceId };
		await updateRecord(crm, key, { data: { amount_due: amountDue }, files: {} });
	} catch (error) {
		const done = `${PAYMENT} "${id}" was created and linked, but the amount due of ${INVOICE} "${invoiceId}" could not be set to ${amountDue}`;
		throw errorAfter(crm.http.node, done, error);
	}
	return { payment: { ...applied(id, payment, decimals), amountDue }, isRepeat: false };
}

function applied(id: string, { invoiceId, amount }: NewPayment, decimals: number) {
	return { id, invoiceId, amount: amount.toFixed(decimals) };
}

function referenceColumn({ fields }: ModuleMetadata): string {
	const column = REFERENCES.find((name) => fields.has(name));
	if (column === undefined)
		throw new UserError('Payments of this 1CRM have no field for a reference');
	return column;
}

function paymentValues(
	metadata: ModuleMetadata,
	{ billing_account_id, currency_id, exchange_rate }: IDataObject,
	{ invoiceId, amount, paymentDate, paymentType }: NewPayment,
	decimals: number,
): FieldValues {
	const text = (value: unknown): string | undefined =>
		value === undefined || value === null ? undefined : String(value);
	const paid = amount.toFixed(decimals);
	return knownValues(metadata, {
		account_id: text(billing_account_id),
		direction: 'incoming',
		payment_date: paymentDate,
		payment_type: paymentType,
		currency_id: text(currency_id),
		exchange_rate: text(exchange_rate),
		amount: paid,
		total_amount: paid,
		related_invoice_id: invoiceId,
		applied_amount: paid,
	});
}

/**
 * The payment of this invoice with the same reference. Throws a `UserError` if it is of another amount: then it isn't a
 * repeat.
 */
async function findRepeat(
	crm: CrmClient,
	{ invoiceId, reference, amount }: NewPayment,
	column: string,
): Promise<string | undefined> {
	const payments = await fetchList(crm.http, {
		...linkTarget({ module: INVOICE, id: invoiceId, link: 'payments' }),
		query: { fields: [column, 'amount'] },
		isOfRecords: true,
		limit: Infinity,
	});
	const same = payments.find((record) => String(record[column] ?? '').trim() === reference);
	if (same === undefined) return undefined;
	if (Decimal.parse(same.amount)?.equals(amount)) return String(same.id);
	throw new UserError(
		`${PAYMENT} "${String(same.id)}" has the reference "${reference}" already, with another amount: ${String(same.amount)}`,
	);
}

async function createPayment(
	crm: CrmClient,
	payment: NewPayment,
	data: FieldValues,
): Promise<string> {
	try {
		const { id } = await createRecord(crm, PAYMENT, { data, files: {} });
		return String(Array.isArray(id) ? id[0] : id);
	} catch (error) {
		const found = isUnknown(error) ? await findLost(crm, payment, data) : undefined;
		if (found === undefined) throw asNodeError(crm.http.node, error);
		return found;
	}
}

/** The payment of which the answer was lost: the only one with its values that isn't linked yet. */
async function findLost(
	crm: CrmClient,
	{ invoiceId }: NewPayment,
	data: FieldValues,
): Promise<string | undefined> {
	const names = Object.keys(data);
	try {
		const { records } = await crm.http.json({
			method: 'GET',
			path: recordsPath(PAYMENT),
			query: { fields: names, order: 'date_entered DESC', limit: 20 },
		});
		const linked = new Set((await linkedPayments(crm, invoiceId)).map(({ id }) => id));
		const found = (Array.isArray(records) ? records : [])
			.filter(isJsonObject)
			.filter(({ id }) => !linked.has(id))
			.filter((record) => names.every((name) => isSameValue(record[name], data[name])));
		return found.length === 1 ? String(found[0].id) : undefined;
	} catch {
		return undefined;
	}
}

async function linkedPayments(crm: CrmClient, invoiceId: string): Promise<IDataObject[]> {
	return await fetchList(crm.http, {
		...linkTarget({ module: INVOICE, id: invoiceId, link: 'payments' }),
		isOfRecords: true,
		limit: Infinity,
	});
}

async function linkPayment(
	crm: CrmClient,
	{ invoiceId, amount }: NewPayment,
	id: string,
	decimals: number,
): Promise<void> {
	const link = { module: INVOICE, id: invoiceId, link: 'payments' };
	try {
		await addRelated(crm, link, [id], { amount: amount.toFixed(decimals) });
	} catch (error) {
		if (isUnknown(error) && (await isLinked(crm, invoiceId, id))) return;
		const isRemoved = await removePayment(crm, id);
		const done = `${PAYMENT} "${id}" was created, but could not be linked to ${INVOICE} "${invoiceId}"`;
		const after = isRemoved ? `${done}, and was removed again` : `${done} or removed again`;
		throw errorAfter(crm.http.node, after, error);
	}
}

async function isLinked(crm: CrmClient, invoiceId: string, id: string): Promise<boolean> {
	try {
		return (await linkedPayments(crm, invoiceId)).some((payment) => payment.id === id);
	} catch {
		return false;
	}
}

async function removePayment(crm: CrmClient, id: string): Promise<boolean> {
	try {
		await deleteRecord(crm, { module: PAYMENT, id });
		return true;
	} catch (error) {
		return isMissing(error);
	}
}
