import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { asNodeError, errorAfter, isMissing, isNotFound, isUnknown } from '../../http/errors';
import type { CrmClient } from '../client';
import { encodeValue } from '../codec';
import { Decimal } from '../decimal';
import { addRelated } from '../links';
import type { ModuleMetadata } from '../metadata';
import { isTooLong } from '../metadata';
import { createRecord, deleteRecord, fetchRecord, recordsPath, updateRecord } from '../record';
import type { FieldValues } from '../recordValues';
import { textOrNull } from '../value';
import { knownValues } from './model';
import type { PaymentIdentity } from './paymentLookUp';
import { findLostPayment, findRepeat, INVOICE, isLinked, PAYMENT } from './paymentLookUp';
import { BASE_ID, currencyDecimals } from './prices';

interface NewPayment extends PaymentIdentity {
	/** `YYYY-MM-DD`. */
	paymentDate: string;
	paymentType: string;
	allowOverpayment: boolean;
}

interface AppliedPayment extends IDataObject {
	id: string;
	invoiceId: string;
	amount: string;
	amountDue: string;
}

const LINKS = 'invoices_payments';

/** Where payments have room for a reference, in this order. */
const REFERENCES = ['customer_reference', 'reference', 'payment_reference', 'description'];

/**
 * Records a payment of an invoice: the payment, its link, and what is still due, in the order of 1CRM's own client.
 *
 * A payment with the same reference isn't recorded again: the one that is there is returned, with `isRepeat`, or linked
 * and deducted if an earlier run didn't get so far. Throws a `UserError` for more than is due, unless that is allowed.
 * If linking fails, the payment is removed again; an error after that says what was done.
 */
export async function addPayment(
	crm: CrmClient,
	payment: NewPayment,
): Promise<{ payment: AppliedPayment; isRepeat: boolean }> {
	const { invoiceId, amount, reference, allowOverpayment } = payment;
	const invoice = await fetchRecord(crm, { module: INVOICE, id: invoiceId });
	const decimals = await currencyDecimals(crm, String(invoice.currency_id ?? '') || BASE_ID);
	const metadata = await crm.metadata(PAYMENT);
	const total = Decimal.parse(invoice.amount);
	const due = Decimal.parse(textOrNull(invoice.amount_due) ?? invoice.amount);
	if (due === undefined)
		throw new UserError(`1CRM doesn't say what is due on ${INVOICE} "${invoiceId}"`);
	if (!amount.round(decimals).equals(amount)) {
		throw new UserError(`The amount "${amount.toString()}" has more decimals than its currency`);
	}
	const column = reference === '' ? undefined : referenceColumn(metadata, reference);
	const repeated =
		column === undefined ? undefined : await findRepeat(crm, payment, column, metadata);
	const paid = repeated?.paid;
	// An earlier run may have broken off before its last step.
	const isDeducted = paid && total?.minus(paid).plus(amount).equals(due) !== true;
	if (repeated && isDeducted) {
		const amountDue = due.toFixed(decimals);
		return {
			payment: { ...applied(repeated.id, payment, decimals), amountDue },
			isRepeat: true,
		};
	}
	if (amount.compare(due) > 0 && !allowOverpayment) {
		throw new UserError(
			`The payment of ${amount.toFixed(decimals)} is more than the ${due.toFixed(decimals)} that is due. Nothing was written`,
		);
	}

	// The last write needs it. If it can't be read, nothing is written.
	await crm.metadata(INVOICE);
	const data = paymentValues(metadata, invoice, payment, decimals);
	if (column !== undefined) data[column] = reference;
	const id = repeated?.id ?? (await createPayment(crm, payment, data));
	if (paid === undefined) await linkPayment(crm, payment, id, decimals);
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

function referenceColumn({ fields }: ModuleMetadata, reference: string): string {
	const column = REFERENCES.find((name) => {
		const field = fields.get(name);
		return field && !isTooLong(field, reference);
	});
	if (column === undefined) {
		throw new UserError(
			`Payments of this 1CRM have no field for a reference of ${reference.length} characters`,
		);
	}
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
	const type = metadata.fields.get('payment_type');
	return knownValues(metadata, {
		account_id: text(billing_account_id),
		direction: 'incoming',
		payment_date: paymentDate,
		payment_type: type && paymentType ? encodeValue(type, paymentType, '') : undefined,
		currency_id: text(currency_id),
		exchange_rate: text(exchange_rate),
		amount: paid,
		total_amount: paid,
		related_invoice_id: invoiceId,
		applied_amount: paid,
	});
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
		const found = isUnknown(error) ? await findLostPayment(crm, payment, data) : undefined;
		if (found === undefined) throw asNodeError(crm.http.node, error);
		return found;
	}
}

async function linkPayment(
	crm: CrmClient,
	{ invoiceId, amount }: NewPayment,
	id: string,
	decimals: number,
): Promise<void> {
	const paid = amount.toFixed(decimals);
	try {
		await postLink(crm, invoiceId, id, paid);
	} catch (error) {
		if (isUnknown(error) && (await isLinked(crm, invoiceId, id))) return;
		const isRemoved = await removePayment(crm, id);
		const done = `${PAYMENT} "${id}" was created, but could not be linked to ${INVOICE} "${invoiceId}"`;
		const after = isRemoved ? `${done}, and was removed again` : `${done} or removed again`;
		throw errorAfter(crm.http.node, after, error);
	}
}

/** Links by the invoice or, if a server doesn't offer that, by a linking record as in 1CRM's documentation. */
async function postLink(
	crm: CrmClient,
	invoiceId: string,
	paymentId: string,
	amount: string,
): Promise<void> {
	try {
		const link = { module: INVOICE, id: invoiceId, link: 'payments' };
		await addRelated(crm, link, [paymentId], { amount });
	} catch (error) {
		if (!isNotFound(error)) throw asNodeError(crm.http.node, error);
		const data = { invoice_id: invoiceId, payment_id: paymentId, amount };
		await crm.http.json({ method: 'POST', path: recordsPath(LINKS), body: { data } });
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
