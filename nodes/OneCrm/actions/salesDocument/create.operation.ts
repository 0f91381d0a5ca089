import type { INodeProperties } from 'n8n-workflow';

import type { Decimal } from '../../crm/decimal';
import { createDocument } from '../../crm/salesDocument/create';
import { asAmount } from '../../crm/salesDocument/draft';
import { isComputedField } from '../../crm/salesDocument/model';
import { without } from '../../crm/recordValues';
import { headerMapper } from '../../item/fields';
import type { Item } from '../../item/item';
import { documentModuleLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import { linesProperties, readEntries } from '../../item/salesDocument';
import { asText } from '../../item/values';
import type { Operation } from '../operation';
import { readValues, referencesByName } from '../record/values';
import { addCheckHint } from './check';

const expectedTotal: INodeProperties = {
	displayName: 'Expected Total',
	name: 'expectedTotal',
	type: 'string',
	default: '',
	placeholder: 'e.g. 224.55',
	description:
		"What the document has to come to, e.g. the total of a shop's order. If it comes to anything else, nothing is written.",
};

const sourceDocument: INodeProperties = {
	displayName: 'Source Document',
	name: 'sourceDocument',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7eba2f10-4c1b-2c77-9d0e-5b8f6a3c1d42',
	description:
		'ID of the quote or sales order that the document is made from. Its lines are not copied.',
};

const onFailure: INodeProperties = {
	displayName: 'On Failure',
	name: 'onFailure',
	type: 'options',
	default: 'undo',
	options: [
		{
			name: 'Keep',
			value: 'keep',
			description: 'Leave what was written. The error contains its IDs.',
		},
		{ name: 'Undo', value: 'undo', description: 'Remove what was written' },
	],
	description: 'What to do if a request fails after the first ones were done',
};

/** The header. Its amounts follow from the lines: those in the input are left out. */
async function readHeader(item: Item, module: string) {
	const values = await readValues(item, module);
	const computed = Object.keys(values.data).filter(isComputedField);
	item.addHintOnce(
		computed,
		(names) => `Left out, because they are calculated from the lines: ${names}`,
	);
	return without(values, computed);
}

function readExpectedTotal(item: Item): Decimal | undefined {
	const total = asAmount(item.option(expectedTotal.name), `'${expectedTotal.displayName}'`);
	if (total === undefined) item.refuseEmptyOption(expectedTotal, 'leave the total unchecked');
	return total;
}

function readSource(item: Item): string | undefined {
	const id = asText(item.option(sourceDocument.name)).trim();
	if (id === '') item.refuseEmptyOption(sourceDocument, 'name no source');
	return id || undefined;
}

export const create: Operation = {
	option: {
		name: 'Create',
		action: 'Create a sales document',
		description: 'Create a quote, an order or an invoice with its lines, taxes and totals',
	},
	properties: [
		documentModuleLocator,
		headerMapper,
		...linesProperties,
		optionsCollection(expectedTotal, onFailure, referencesByName, sourceDocument),
	],
	targets: () => [],
	async execute(item) {
		const module = item.module();
		const document = await createDocument(item.crm, {
			module,
			...readEntries(item),
			header: await readHeader(item, module),
			expectedTotal: readExpectedTotal(item),
			sourceDocument: readSource(item),
			onFailure: item.optionOneOf(onFailure, ['undo', 'keep'], 'undo'),
			onNoRates: (taxCodes) => {
				item.addHintOnce(
					taxCodes,
					(names) => `Written without tax, because 1CRM has no rates for the tax code: ${names}`,
				);
			},
		});
		addCheckHint(item, document);
		return jsonItems([document]);
	},
};
