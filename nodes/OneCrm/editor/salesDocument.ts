import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { CrmClient } from '../crm/client';
import { BASE_ID, taxCodeNames } from '../crm/salesDocument/prices';

/** Without it n8n marks a field that nobody has filled in as wrong. */
const NOT_SET: INodePropertyOptions = { name: 'Not Set', value: '' };

/** The tax codes of the server, and the one that every 1CRM has for lines without tax. */
export async function getTaxCodes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const codes = await taxCodeNames(CrmClient.of(this));
	const others = codes.filter(({ id }) => id !== BASE_ID);
	return [
		NOT_SET,
		...others.map(({ id, name }) => ({ name, value: id })),
		{ name: 'Exempt From Tax', value: BASE_ID },
	];
}

/** How payments are made: each 1CRM has its own list. */
export async function getPaymentTypes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const { fields } = await CrmClient.of(this).metadata('Payment');
	const options = fields.get('payment_type')?.options ?? [];
	const types = options.filter(({ value }) => value !== NOT_SET.value);
	return [NOT_SET, ...types.map(({ label, value }) => ({ name: label, value }))];
}
