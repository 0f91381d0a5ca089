import type { INodeParameters } from 'n8n-workflow';
import type { FaultTarget, Sandbox } from '../../sandbox/sandbox.cts';
import { insertAccount, insertTaxCode, quoteHeader } from '../../support/sales.cts';
import type { FaultedOperation } from './operation.cts';

const get = (path: RegExp): FaultTarget => ({ method: 'GET', path });
const post = (path: RegExp): FaultTarget => ({ method: 'POST', path });

/** One request after the other, so that rows get the same ids in each run. */
const options = { parallelRequests: 1 };

function prepareQuote(sandbox: Sandbox): INodeParameters {
	insertAccount(sandbox);
	insertTaxCode(sandbox, 'VAT 13%', '13');
	return {
		module: 'Quote',
		fields: quoteHeader(),
		linesMode: 'json',
		linesJson: [
			{ name: 'Pump', quantity: 2, unitPrice: '10.00', taxCode: 'VAT 13%' },
			{ comment: 'Delivered on pallets' },
		],
		options,
	};
}

/** An order that is made from a quote: what it's made from is written last. */
function prepareOrder(sandbox: Sandbox): INodeParameters {
	const parameters = prepareQuote(sandbox);
	const header = { name: 'Order', billing_account_id: 'account-1' };
	sandbox.insert('Quote', { id: 'quote-1', name: 'Offer', billing_account_id: 'account-1' });
	sandbox.insert('Product', { name: 'Pump', manufacturers_part_no: 'PN-1', list_price: 50 });
	return {
		...parameters,
		module: 'SalesOrder',
		fields: { mappingMode: 'defineBelow', value: header },
		linesJson: [{ productNumber: 'PN-1' }],
		options: { ...options, sourceDocument: 'quote-1' },
	};
}

function insertInvoice(sandbox: Sandbox): string {
	insertAccount(sandbox);
	return sandbox.insert('Invoice', {
		...{ id: 'invoice-1', name: 'Delivery', billing_account_id: 'account-1' },
		...{ due_date: '2026-12-31', amount: 100, amount_due: 100, subtotal: 100, pretax: 100 },
	});
}

function preparePayment(sandbox: Sandbox): INodeParameters {
	const recordId = insertInvoice(sandbox);
	const paid = { amount: '30.00', paymentDate: '2026-07-14', paymentType: 'Cash' };
	return { recordId, ...paid, options };
}

const getting = (step: string | undefined, path: RegExp): FaultedOperation => ({
	...{ resource: 'salesDocument', operation: 'get', step, effect: 'reads', struck: get(path) },
	prepare: (sandbox) => ({ module: 'Invoice', recordId: insertInvoice(sandbox), options }),
});

const creating = (
	step: string,
	effect: FaultedOperation['effect'],
	struck: FaultTarget,
	{ isLater = false, prepare = prepareQuote } = {},
): FaultedOperation => ({
	...{ resource: 'salesDocument', operation: 'create', step, effect, struck, isLater },
	prepare,
});

const paying = (
	step: string,
	effect: FaultedOperation['effect'],
	struck: FaultTarget,
	isLater = false,
): FaultedOperation => ({
	...{ resource: 'salesDocument', operation: 'addPayment', step, effect, struck, isLater },
	prepare: preparePayment,
});

const later = { isLater: true };

/** Every request of the sequences that write documents and payments. */
export const selling: FaultedOperation[] = [
	getting(undefined, /^\/data\/Invoice\/invoice-1$/),
	getting('its tally', /^\/tally\//),
	getting('its lines', /\/lines_link$/),
	creating('looking up tax codes', 'reads', get(/^\/data\/TaxCode$/)),
	creating('looking up a product', 'reads', get(/^\/data\/Product$/), { prepare: prepareOrder }),
	creating('header', 'creates', post(/^\/data\/Quote$/)),
	creating('reading the header', 'reads', get(/^\/data\/Quote\/[^/]+$/), later),
	creating('group', 'creates', post(/^\/data\/QuoteLineGroup$/), later),
	creating('line', 'creates', post(/^\/data\/QuoteLine$/), later),
	creating('comment', 'creates', post(/^\/data\/QuoteComment$/), later),
	creating('tax', 'creates', post(/^\/data\/QuoteAdjustment$/), later),
	creating(
		'source document',
		'changes',
		{ method: 'PATCH', path: /^\/data\/SalesOrder\// },
		{ ...later, prepare: prepareOrder },
	),
	creating('check', 'reads', get(/^\/tally\//), later),
	paying('reading the invoice', 'reads', get(/^\/data\/Invoice\/invoice-1$/)),
	paying('payment', 'creates', post(/^\/data\/Payment$/)),
	paying('linking it', 'creates', post(/payments$/), true),
	paying('amount due', 'changes', { method: 'PATCH', path: /^\/data\/Invoice\// }, true),
];
