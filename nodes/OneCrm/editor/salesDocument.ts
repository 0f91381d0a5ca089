import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { CrmClient } from '../crm/client';
import { BASE_ID, taxCodeNames } from '../crm/salesDocument/prices';
import { withNotSet } from './notSet';

/** The tax codes of the server, and the one that every 1CRM has for lines without tax. */
export async function getTaxCodes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const codes = await taxCodeNames(CrmClient.of(this));
	const others = codes.filter(({ id }) => id !== BASE_ID);
	return withNotSet([
		...others.map(({ id, name }) => ({ name, value: id })),
		{ name: 'Exempt From Tax', value: BASE_ID },
	]);
}

/** How payments are made: each 1CRM has its own list. */
export async function getPaymentTypes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const { fields } = await CrmClient.of(this).metadata('Payment');
	const options = fields.get('payment_type')?.options ?? [];
	return withNotSet(options.map(({ label, value }) => ({ name: label, value })));
}
