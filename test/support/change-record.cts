import type { INode } from 'n8n-workflow';

import type { Sandbox } from '../sandbox/sandbox.cts';
import { recordsClient } from './client.cts';

/** Makes the change in 1CRM that a 1CRM Trigger waits for, as another client of 1CRM would. */
export async function changeRecord(
	sandbox: Sandbox,
	trigger: INode,
	values: object = newRecord(sandbox),
): Promise<void> {
	const { event, module } = trigger.parameters;
	const model = typeof module === 'object' && module && 'value' in module ? module.value : module;
	const http = recordsClient(sandbox, String(model));
	const { data } = await http.post<{ id: string }>('', { data: values });
	if (model === 'Quote') insertQuoteLine(sandbox, data.id);
	if (event === 'updated') await http.patch(`/${data.id}`, { data: { ...values, ...wonDeal } });
}

/** Contains the required fields of every module. A module uses its own fields and ignores the rest. */
function newRecord(sandbox: Sandbox): object {
	const [contact] = sandbox.records('Contact');
	return {
		name: 'Made by another client of 1CRM',
		first_name: 'Another',
		last_name: 'Client',
		email1: 'another.client@company.example',
		priority: 'P0',
		account_id: contact?.primary_account_id,
		billing_account_id: contact?.primary_account_id,
		billing_contact_id: contact?.id,
		due_date: new Date().toISOString().slice(0, 10),
		...acceptedQuote,
	};
}

/** The stage of an opportunity, which is another one when it is created. */
const wonDeal = { sales_stage: 'Closed Won' };

/** What it comes to, with the line below. */
const acceptedQuote = {
	quote_stage: 'Closed Accepted',
	valid_until: '2099-12-31',
	subtotal: '200.00',
	pretax: '200.00',
	amount: '240.00',
};

/** A quote has lines: two pieces of a product, and 20 % tax. */
function insertQuoteLine(sandbox: Sandbox, quote_id: string): void {
	const [product] = sandbox.records('Product');
	const code = sandbox.records('TaxCode').find(({ name }) => name === 'Standard');
	const group = { parent_id: quote_id, name: 'Parts', position: 0 };
	const totals = { subtotal: '200.00', total: '240.00' };
	const line_group_id = sandbox.insert('QuoteLineGroup', { ...group, ...totals });
	const place = { quote_id, line_group_id, position: 0 };
	sandbox.insert('QuoteLine', {
		...{ ...place, name: product?.name, related_id: product?.id, tax_class_id: code?.id },
		...{ quantity: 2, unit_price: '100.00', ext_price: '200.00' },
	});
	const tax = { type: 'StandardTax', name: 'Standard', rate: 20, amount: '40.00' };
	sandbox.insert('QuoteAdjustment', { ...place, ...tax });
}
