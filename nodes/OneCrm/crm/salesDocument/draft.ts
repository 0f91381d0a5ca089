import { UserError } from 'n8n-workflow';

import { mapConcurrently } from '../../http/parallel';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import type { Product } from './prices';
import { findProduct, findProductByNumber, findTaxCode } from './prices';
import type { Adjustment, PricedLine, TaxCode } from './totals';
import { ADJUSTMENT_TYPES } from './totals';

/** A line or comment as a person or a shop writes it. */
export type LineEntry = Partial<
	Record<
		| 'comment'
		| 'costPrice'
		| 'group'
		| 'listPrice'
		| 'name'
		| 'productId'
		| 'productNumber'
		| 'quantity'
		| 'taxCode'
		| 'unitPrice',
		unknown
	>
>;

export type AdjustmentEntry = Partial<
	Record<'group' | 'name' | 'taxCode' | 'type' | 'value', unknown>
>;

/** A line with everything that is written into it but its amounts. */
export interface DraftLine extends PricedLine {
	name: string;
	product?: Product;
	listPrice?: Decimal;
	costPrice?: Decimal;
}

export interface DraftAdjustment extends Adjustment {
	name: string;
}

/** A line, or a comment between lines. */
export type DraftRow = { line: DraftLine } | { comment: string };

export interface DraftGroup {
	name: string;
	rows: DraftRow[];
	lines: DraftLine[];
	adjustments: DraftAdjustment[];
}

/** The length of 1CRM's column. */
const LONGEST_GROUP_NAME = 50;

const DEFAULT_NAMES: Record<Adjustment['type'], string> = {
	fixedDiscount: 'Discount',
	percentDiscount: 'Discount',
	taxedShipping: 'Shipping',
	untaxedShipping: 'Shipping',
};

/**
 * Looks up everything that lines and adjustments name, and puts them into groups. Only reads.
 *
 * Throws a `UserError` that begins with the line's number for whatever can't be written: an unknown product or tax
 * code, a price that isn't a number, no price at all.
 */
export async function draftGroups(
	crm: CrmClient,
	entries: readonly LineEntry[],
	adjustments: readonly AdjustmentEntry[],
	currencyId: string,
): Promise<DraftGroup[]> {
	if (entries.length === 0) throw new UserError('A sales document needs at least one line');
	const rows = await mapConcurrently(
		entries,
		crm.http.slots,
		async (entry, index) =>
			await naming(`Line ${index + 1}`, async () => await draftRows(crm, entry, currencyId)),
	);
	const groups = new Map<string, DraftGroup>();
	for (const [index, ofEntry] of rows.entries()) {
		const name = asText(entries[index].group);
		if (name.length > LONGEST_GROUP_NAME) {
			throw new UserError(
				`Line ${index + 1}: the name of a group may have ${LONGEST_GROUP_NAME} characters, and "${name}" has ${name.length}`,
			);
		}
		const group = groups.get(name) ?? { name, rows: [], lines: [], adjustments: [] };
		groups.set(name, group);
		group.rows.push(...ofEntry);
		for (const row of ofEntry) if ('line' in row) group.lines.push(row.line);
	}

	const [first] = groups.values();
	for (const [index, entry] of adjustments.entries()) {
		await naming(`Adjustment ${index + 1}`, async () => {
			const name = asText(entry.group);
			const group = name === '' ? first : groups.get(name);
			if (group === undefined) throw new UserError(`no line is in the group "${name}"`);
			group.adjustments.push(await draftAdjustment(crm, entry));
		});
	}
	return [...groups.values()];
}

/** A line, a comment, or a line with its comment behind it. */
async function draftRows(
	crm: CrmClient,
	entry: LineEntry,
	currencyId: string,
): Promise<DraftRow[]> {
	const comment = asText(entry.comment);
	const isComment = Object.entries(entry).every(
		([name, value]) => ['comment', 'group', 'quantity'].includes(name) || asText(value) === '',
	);
	if (isComment && comment !== '') return [{ comment }];

	const product = await entryProduct(crm, entry);
	const unitPrice = asAmount(entry.unitPrice, 'unitPrice') ?? productPrice(product, currencyId);
	const isSameCurrency = product?.currencyId === currencyId;
	const line: DraftLine = {
		name: asText(entry.name) || product?.name || '',
		product,
		quantity: asAmount(entry.quantity, 'quantity') ?? Decimal.ofUnits(1n, 0),
		unitPrice,
		listPrice:
			asAmount(entry.listPrice, 'listPrice') ?? (isSameCurrency ? product.listPrice : undefined),
		costPrice:
			asAmount(entry.costPrice, 'costPrice') ?? (isSameCurrency ? product.cost : undefined),
		taxCode: await entryTaxCode(crm, entry.taxCode, product),
	};
	return comment === '' ? [{ line }] : [{ line }, { comment }];
}

async function entryProduct(
	crm: CrmClient,
	{ productId, productNumber }: LineEntry,
): Promise<Product | undefined> {
	const id = asText(productId);
	const partNumber = asText(productNumber);
	if (id !== '') return await findProduct(crm, id);
	return partNumber === '' ? undefined : await findProductByNumber(crm, partNumber);
}

function productPrice(product: Product | undefined, currencyId: string): Decimal {
	if (product?.listPrice === undefined) {
		throw new UserError('needs a unitPrice, or a product with a list price');
	}
	if (product.currencyId !== currencyId) {
		throw new UserError(
			`needs a unitPrice: the list price of "${product.name}" is in another currency than the document`,
		);
	}
	return product.listPrice;
}

async function entryTaxCode(
	crm: CrmClient,
	written: unknown,
	product?: Product,
): Promise<TaxCode | undefined> {
	const idOrName = asText(written) || (product?.taxCodeId ?? '');
	return idOrName === '' ? undefined : await findTaxCode(crm, idOrName);
}

async function draftAdjustment(crm: CrmClient, entry: AdjustmentEntry): Promise<DraftAdjustment> {
	const written = asText(entry.type);
	const type = ADJUSTMENT_TYPES.find((known) => known === written);
	if (type === undefined) {
		throw new UserError(
			`the type can't be "${written}". Use one of: ${ADJUSTMENT_TYPES.join(', ')}`,
		);
	}
	const value = asAmount(entry.value, 'value');
	if (value === undefined) throw new UserError('needs a value');
	if (value.isNegative) {
		throw new UserError(`the value can't be negative: "${value.toString()}"`);
	}
	const taxCode = await entryTaxCode(crm, entry.taxCode);
	if (type === 'taxedShipping' && taxCode === undefined) {
		throw new UserError('taxed shipping needs a tax code');
	}
	return { type, value, taxCode, name: asText(entry.name) || DEFAULT_NAMES[type] };
}

/** Puts a line's number before what is wrong with it. Other failures stay as they are. */
async function naming<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		throw named(what, error);
	}
}

function named(what: string, error: unknown): unknown {
	return error instanceof UserError ? new UserError(`${what}: ${error.message}`) : error;
}

/** An amount that is given; `undefined` if none is. Throws a `UserError` for what isn't a number. */
export function asAmount(value: unknown, name: string): Decimal | undefined {
	if (asText(value) === '') return undefined;
	const amount = Decimal.parse(value);
	if (amount === undefined) {
		throw new UserError(`${name} must be a number, written like 1234.56, not "${asText(value)}"`);
	}
	return amount;
}

function asText(value: unknown): string {
	if (value === undefined || value === null) return '';
	return (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim();
}
