import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { AdjustmentEntry, LineEntry } from '../crm/salesDocument/draft';
import { isJsonObject } from '../http/json';
import type { Item } from './item';
import { readRows } from './rows';

const linesMode: INodeProperties = {
	displayName: 'Specify Lines',
	name: 'linesMode',
	type: 'options',
	noDataExpression: true,
	default: 'define',
	options: [
		{
			name: 'Using Fields Below',
			value: 'define',
			description: 'Enter each line in a form of its own',
		},
		{
			name: 'Using JSON',
			value: 'json',
			description: 'Take all lines from an array, e.g. of an order of a shop',
		},
	],
	description: 'How to enter the lines of the document and its discounts and shipping costs',
};

const define = { show: { linesMode: ['define'] } };
const json = { show: { linesMode: ['json'] } };

const text = (
	displayName: string,
	name: string,
	description: string,
	placeholder = '',
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
	...(placeholder !== '' && { placeholder }),
});

const taxCode: INodeProperties = {
	displayName: 'Tax Code Name or ID',
	name: 'taxCode',
	type: 'options',
	default: '',
	typeOptions: { loadOptionsMethod: 'getTaxCodes' },
	description:
		'What is charged. If empty, a line has the tax code of its product. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const productLocator: INodeProperties = {
	displayName: 'Product',
	name: 'productId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The product that is sold. A line can also do without one.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a product…',
			typeOptions: { searchListMethod: 'searchProducts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 7eba2f10-4c1b-2c77-9d0e-5b8f6a3c1d42',
		},
	],
};

/** In the order in which people fill them in. */
const lineValues: INodeProperties[] = [
	productLocator,
	text('Name', 'name', "What is sold. If empty, the product's name."),
	{
		displayName: 'Quantity',
		name: 'quantity',
		type: 'number',
		default: 1,
		description: 'How many pieces',
	},
	text(
		'Unit Price',
		'unitPrice',
		"The price of one piece. If empty, the product's list price.",
		'e.g. 24.90',
	),
	taxCode,
	text('Comment', 'comment', 'A text below the line. A line with only this is a comment.'),
	text('List Price', 'listPrice', 'The price of one piece before any reduction', 'e.g. 25.00'),
	text('Cost Price', 'costPrice', 'What one piece costs you', 'e.g. 12.50'),
	text(
		'Product Number',
		'productNumber',
		'Part number of a product. Exactly one product must have it.',
		'e.g. PN-1000S',
	),
	text('Group', 'group', 'Lines with the same group are added up together'),
];

const lines: INodeProperties = {
	displayName: 'Lines',
	name: 'lines',
	type: 'fixedCollection',
	placeholder: 'Add Line',
	default: {},
	typeOptions: { multipleValues: true, sortable: true },
	displayOptions: define,
	description: 'What is sold, line by line',
	options: [
		{
			displayName: 'Line',
			name: 'line',
			values: lineValues,
		},
	],
};

const linesJson: INodeProperties = {
	displayName: 'Lines (JSON)',
	name: 'linesJson',
	type: 'json',
	default: '[]',
	displayOptions: json,
	description:
		'An array of objects with any of group, productId, productNumber, name, quantity, unitPrice, listPrice, costPrice, taxCode and comment',
};

/** In the order in which people fill them in. */
const adjustmentValues: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 'percentDiscount',
		options: [
			{ name: 'Fixed Discount', value: 'fixedDiscount' },
			{ name: 'Percentage Discount', value: 'percentDiscount' },
			{ name: 'Taxed Shipping', value: 'taxedShipping' },
			{ name: 'Untaxed Shipping', value: 'untaxedShipping' },
		],
		description: 'What is taken off or added',
	},
	text('Value', 'value', 'The percentage of a percentage discount, else an amount', 'e.g. 10'),
	text('Name', 'name', 'What the document calls it', 'e.g. Loyalty discount'),
	{
		...taxCode,
		description:
			'What is charged on taxed shipping. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	text('Group', 'group', 'The group that it belongs to. If empty, the first one.'),
];

const adjustments: INodeProperties = {
	displayName: 'Adjustments',
	name: 'adjustments',
	type: 'fixedCollection',
	placeholder: 'Add Adjustment',
	default: {},
	typeOptions: { multipleValues: true, sortable: true },
	displayOptions: define,
	description: 'Discounts and shipping costs',
	options: [
		{
			displayName: 'Adjustment',
			name: 'adjustment',
			values: adjustmentValues,
		},
	],
};

const adjustmentsJson: INodeProperties = {
	displayName: 'Adjustments (JSON)',
	name: 'adjustmentsJson',
	type: 'json',
	default: '[]',
	displayOptions: json,
	description: 'An array of objects with type, value and, if needed, name, taxCode and group',
};

/** What a document consists of, entered in a form or as JSON. */
export const linesProperties: INodeProperties[] = [
	linesMode,
	lines,
	linesJson,
	adjustments,
	adjustmentsJson,
];

const LINE_KEYS: Array<keyof LineEntry> = [
	...(['comment', 'costPrice', 'group', 'listPrice', 'name', 'productId'] as const),
	...(['productNumber', 'quantity', 'taxCode', 'unitPrice'] as const),
];
const ADJUSTMENT_KEYS: Array<keyof AdjustmentEntry> = ['group', 'name', 'taxCode', 'type', 'value'];

/**
 * The lines and adjustments of an item. Throws a `UserError` for JSON that isn't an array of objects, and for a key
 * that means nothing: a misspelled price must not be left out without a word.
 */
export function readEntries(item: Item): {
	lines: LineEntry[];
	adjustments: AdjustmentEntry[];
} {
	const isJson = item.oneOf(linesMode, ['define', 'json'], 'define') === 'json';
	const read = (property: INodeProperties, rowsName: string, columns: string[]): IDataObject[] => {
		const { displayName, name } = property;
		return readRows(
			item,
			{ displayName, name, rowsName, columns, mayBeEmpty: true },
			'leave it out',
		);
	};
	const chosen = ({ productId, ...line }: IDataObject): IDataObject => ({
		...line,
		// Untouched in the editor, a locator lacks what n8n recognizes one by.
		productId: isJsonObject(productId) ? productId.value : productId,
	});
	return {
		lines: read(isJson ? linesJson : lines, 'line', LINE_KEYS).map(chosen),
		adjustments: read(isJson ? adjustmentsJson : adjustments, 'adjustment', ADJUSTMENT_KEYS),
	};
}
