import type { IDataObject } from 'n8n-workflow';

import type { Decimal } from '../decimal';

/** A line or, with `comment`, a text between lines. */
export interface LineOutput extends IDataObject {
	id: string | null;
	name: string | null;
	quantity: string | null;
	unitPrice: string | null;
	extPrice: string | null;
	taxCode: string | null;
	comment: string | null;
}

export interface AdjustmentOutput extends IDataObject {
	id: string | null;
	type: string;
	name: string | null;
	rate: string | null;
	amount: string | null;
}

export interface GroupOutput extends IDataObject {
	id: string | null;
	name: string;
	subtotal: string | null;
	total: string | null;
	lines: LineOutput[];
	adjustments: AdjustmentOutput[];
}

export interface TaxOutput extends IDataObject {
	name: string;
	rate: string;
	amount: string;
}

/** The header of a document. Amounts are texts with the decimals of the currency. */
export interface HeaderOutput extends IDataObject {
	id: string;
	module: string;
	number: string | null;
	subtotal: string | null;
	discount: string;
	shipping: string;
	pretax: string | null;
	total: string | null;
}

/** A document as both Create and Get return it. */
export interface DocumentOutput extends HeaderOutput {
	taxes: TaxOutput[];
	groups: GroupOutput[];
}

/** Whether the server's total is the same; `unavailable` if it can't be asked. */
export type Check = { check: 'same' | 'unavailable' } | { check: 'different'; checkTotal: string };

/** A unit price may have more decimals than the currency, and keeps them. */
export function priceText(price: Decimal, decimals: number): string {
	return price.round(decimals).equals(price) ? price.toFixed(decimals) : price.toString();
}

export function commentOutput(id: string | null, comment: string): LineOutput {
	return {
		...{ id, name: null, quantity: null, unitPrice: null, extPrice: null, taxCode: null },
		comment,
	};
}
