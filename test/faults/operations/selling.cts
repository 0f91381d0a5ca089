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

function insertInvoice(sandbox: Sandbox): string {
	insertAccount(sandbox);
	return sandbox.insert('Invoice', {
		...{ id: 'invoice-1', name: 'Delivery', billing_account_id: 'account-1' },
		...{ due_date: '2026-12-31', amount: 100, amount_due: 100 },
	});
}

function preparePayment(sandbox: Sandbox): INodeParameters {
	const recordId = insertInvoice(sandbox);
	const paid = { amount: '30.00', paymentDate: '2026-07-14', paymentType: 'Cash' };
	return { recordId, ...paid, options };
}

const creating = (
	step: string,
	effect: FaultedOperation['effect'],
	struck: FaultTarget,
	isLater = false,
): FaultedOperation => ({
	...{ resource: 'salesDocument', operation: 'create', step, effect, struck, isLater },
	prepare: prepareQuote,
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

/** Every request of the sequences that write documents and payments. */
export const selling: FaultedOperation[] = [
	{
		resource: 'salesDocument',
		operation: 'get',
		effect: 'reads',
		struck: get(/^\/data\/Invoice\/invoice-1$/),
		prepare: (sandbox) => ({ module: 'Invoice', recordId: insertInvoice(sandbox), options }),
	},
	creating('looking up tax codes', 'reads', get(/^\/data\/TaxCode$/)),
	creating('header', 'creates', post(/^\/data\/Quote$/)),
	creating('reading the header', 'reads', get(/^\/data\/Quote\/[^/]+$/), true),
	creating('group', 'creates', post(/^\/data\/QuoteLineGroup$/), true),
	creating('line', 'creates', post(/^\/data\/QuoteLine$/), true),
	creating('comment', 'creates', post(/^\/data\/QuoteComment$/), true),
	creating('tax', 'creates', post(/^\/data\/QuoteAdjustment$/), true),
	paying('reading the invoice', 'reads', get(/^\/data\/Invoice\/invoice-1$/)),
	paying('payment', 'creates', post(/^\/data\/Payment$/)),
	paying('linking it', 'creates', post(/payments$/), true),
	paying('amount due', 'changes', { method: 'PATCH', path: /^\/data\/Invoice\// }, true),
];
