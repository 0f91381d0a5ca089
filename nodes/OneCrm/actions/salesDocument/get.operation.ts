import { getDocument } from '../../crm/salesDocument/get';
import { documentModuleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';
import { addCheckHint } from './check';

export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get a sales document',
		description: 'Get a quote, an order or an invoice with its lines, taxes and totals',
	},
	properties: [documentModuleLocator, recordLocator, optionsCollection()],
	async execute(item) {
		const document = await getDocument(item.crm, item.record());
		addCheckHint(item, document);
		return jsonItems([document]);
	},
};
