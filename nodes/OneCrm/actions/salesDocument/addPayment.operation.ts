import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { encodeDate } from '../../crm/moment';
import { asAmount } from '../../crm/salesDocument/draft';
import { addPayment } from '../../crm/salesDocument/payment';
import type { Item } from '../../item/item';
import { invoiceLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import { asText } from '../../item/values';
import type { Operation } from '../operation';

const amount: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 224.55',
	description: "What was paid, in the invoice's currency",
};

const paymentDate: INodeProperties = {
	displayName: 'Payment Date',
	name: 'paymentDate',
	type: 'dateTime',
	default: '={{ $today.toISODate() }}',
	description: 'The day on which it was paid',
};

const paymentType: INodeProperties = {
	displayName: 'Payment Type Name or ID',
	name: 'paymentType',
	type: 'options',
	default: '',
	typeOptions: { loadOptionsMethod: 'getPaymentTypes' },
	description:
		'How it was paid. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const reference: INodeProperties = {
	displayName: 'Reference',
	name: 'reference',
	type: 'string',
	default: '',
	placeholder: 'e.g. the number of the transaction',
	description:
		"What identifies the payment. 1CRM doesn't get a second payment with the same reference.",
};

const allowOverpayment: INodeProperties = {
	displayName: 'Allow Overpayment',
	name: 'allowOverpayment',
	type: 'boolean',
	default: false,
	description: 'Whether more may be paid than is due',
};

function readAmount(item: Item) {
	const paid = asAmount(item.value(amount.name), `'${amount.displayName}'`);
	if (paid === undefined || paid.isZero || paid.isNegative) {
		throw new UserError("'Amount' must be more than 0");
	}
	return paid;
}

function readDate(item: Item): string {
	const date = item.value(paymentDate.name);
	if (!date) item.refuseEmptyExpression(paymentDate, 'mean today');
	return encodeDate({ label: paymentDate.displayName }, date || new Date(), item.timezone);
}

function readReference(item: Item): string {
	const text = asText(item.option(reference.name)).trim();
	if (text === '') item.refuseEmptyOption(reference, 'record a repeat again');
	return text;
}

export const addPaymentOperation: Operation = {
	option: {
		name: 'Add Payment',
		action: 'Add a payment to an invoice',
		description: 'Record what was paid of an invoice, and reduce the amount that is due',
	},
	properties: [
		invoiceLocator,
		amount,
		paymentDate,
		paymentType,
		optionsCollection(allowOverpayment, reference),
	],
	targets: (item) => [item.recordId(invoiceLocator)],
	async execute(item) {
		const { payment, isRepeat } = await addPayment(item.crm, {
			invoiceId: item.recordId(invoiceLocator),
			amount: readAmount(item),
			paymentDate: readDate(item),
			paymentType: item.text(paymentType.name),
			reference: readReference(item),
			allowOverpayment: item.isOptionOn(allowOverpayment),
		});
		if (isRepeat) {
			item.addHintOnce(
				[payment.id],
				(ids) => `Not recorded again, because 1CRM has a payment with this reference: ${ids}`,
			);
		}
		return jsonItems([payment]);
	},
};
