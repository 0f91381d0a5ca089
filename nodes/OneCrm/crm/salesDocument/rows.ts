import { Decimal } from '../decimal';
import type { FieldValues } from '../recordValues';
import type { ServerValue } from '../value';
import type { DraftAdjustment, DraftGroup, DraftLine } from './draft';
import type { DocumentModel, PartKind } from './model';
import { knownValues } from './model';
import { BASE_ID } from './prices';
import type { AdjustmentType, DocumentTotals, GroupTotals, TaxTotal } from './totals';

/** A document that is ready to be written: everything is looked up and calculated. */
export interface Draft {
	model: DocumentModel;
	groups: DraftGroup[];
	totals: DocumentTotals;
	/** Of the document. */
	currencyId: string;
	/** Of the document's currency. */
	decimals: number;
	/** Of the base currency. */
	baseDecimals: number;
}

/** A row to write. */
export interface Row {
	kind: PartKind;
	position: number;
	data: FieldValues;
}

/** As 1CRM names them. */
const SERVER_TYPES: Record<AdjustmentType, string> = {
	fixedDiscount: 'StandardDiscount',
	percentDiscount: 'StdPercentDiscount',
	taxedShipping: 'TaxedShipping',
	untaxedShipping: 'UntaxedShipping',
};

/** The order in which 1CRM keeps adjustments: discounts, taxed shipping, taxes, untaxed shipping. */
const ORDER = ['percentDiscount', 'fixedDiscount', 'taxedShipping', 'tax', 'untaxedShipping'];

/**
 * The currency and the amounts of the header. A new invoice is due in full: 1CRM's own client writes that. A bill
 * refuses it: there 1CRM works it out.
 */
export function headerValues({ model, totals, decimals, currencyId }: Draft): FieldValues {
	const { subtotal, pretax, total } = totals;
	return knownValues(model.metadata, {
		currency_id: currencyId,
		subtotal: subtotal.toFixed(decimals),
		pretax: pretax.toFixed(decimals),
		amount: total.toFixed(decimals),
		amount_due: model.module === 'Invoice' ? total.toFixed(decimals) : undefined,
	});
}

/** Puts documents' amounts into columns, each with its copy in the base currency, which the API doesn't calculate. */
class Columns {
	constructor(
		private readonly draft: Draft,
		private readonly exchangeRate: Decimal,
	) {}

	/** Amounts with the decimals of the currency. */
	amounts(values: Record<string, Decimal | undefined>): Record<string, ServerValue | undefined> {
		return this.withCopies(values, (amount) => amount.toFixed(this.draft.decimals));
	}

	/** Prices of one piece, which may have more decimals. */
	prices(values: Record<string, Decimal | undefined>): Record<string, ServerValue | undefined> {
		return this.withCopies(values, (price) => price.toString());
	}

	private withCopies(
		values: Record<string, Decimal | undefined>,
		textOf: (amount: Decimal) => string,
	): Record<string, ServerValue | undefined> {
		const columns: Record<string, ServerValue | undefined> = {};
		for (const [name, amount] of Object.entries(values)) {
			if (amount === undefined) continue;
			const base = this.inBaseCurrency(amount);
			columns[name] = textOf(amount);
			columns[`${name}_usd`] = base;
			columns[`${name}_usdollar`] = base;
		}
		return columns;
	}

	private inBaseCurrency(amount: Decimal): string {
		const { baseDecimals } = this.draft;
		return amount.dividedBy(this.exchangeRate, baseDecimals).toFixed(baseDecimals);
	}
}

/** The groups of a document, in order. */
export function groupRows(draft: Draft, documentId: string, exchangeRate: Decimal): Row[] {
	const columns = new Columns(draft, exchangeRate);
	const { LineGroup } = draft.model.parts;
	return draft.groups.map(({ name, lines }, position) => {
		const { subtotal, total } = draft.totals.groups[position];
		const cost = Decimal.sum(
			lines.map(({ costPrice, quantity }) =>
				costPrice === undefined ? Decimal.ZERO : costPrice.times(quantity),
			),
		).round(draft.decimals);
		const values = knownValues(LineGroup.metadata, {
			status: 'Draft',
			group_type: 'products',
			...columns.amounts({ cost, subtotal, total }),
		});
		const data = { [LineGroup.column]: documentId, name, position, ...values };
		return { kind: 'LineGroup', position, data };
	});
}

/** The lines, comments and adjustments of a group, in the order in which they are shown. */
export function rowsOfGroup(
	draft: Draft,
	index: number,
	ids: { documentId: string; groupId: string },
	exchangeRate: Decimal,
): Row[] {
	const columns = new Columns(draft, exchangeRate);
	const group = draft.groups[index];
	const totals = draft.totals.groups[index];
	const row = (
		kind: PartKind,
		position: number,
		values: Record<string, ServerValue | undefined>,
	): Row => {
		const { metadata, column } = draft.model.parts[kind];
		// Its place is written whatever metadata say: without it the row would belong to no document.
		const place = { [column]: ids.documentId, line_group_id: ids.groupId, position };
		return { kind, position, data: { ...place, ...knownValues(metadata, values) } };
	};
	let lines = 0;
	const shown = group.rows.map((entry, position) =>
		'line' in entry
			? row('Line', position, lineValues(columns, entry.line, totals.extPrices[lines++]))
			: row('Comment', position, { body: entry.comment }),
	);
	const adjustments = adjustmentsOf(group, totals).map((values, position) =>
		row('Adjustment', position, {
			...values.columns,
			...columns.amounts({ amount: values.amount }),
		}),
	);
	return [...shown, ...adjustments];
}

function lineValues(
	columns: Columns,
	{ name, product, quantity, unitPrice, listPrice, costPrice, taxCode }: DraftLine,
	extPrice: Decimal,
): Record<string, ServerValue | undefined> {
	return {
		name,
		quantity: quantity.toString(),
		ext_quantity: quantity.toString(),
		related_type: product && 'ProductCatalog',
		related_id: product?.id,
		mfr_part_no: product?.partNumber,
		tax_class_id: taxCode?.id ?? BASE_ID,
		...columns.prices({
			cost_price: costPrice,
			list_price: listPrice ?? unitPrice,
			unit_price: unitPrice,
			std_unit_price: unitPrice,
		}),
		...columns.amounts({ ext_price: extPrice, net_price: extPrice }),
	};
}

interface AdjustmentValues {
	/** The index of the adjustment in its group; missing for a tax. */
	index?: number;
	columns: Record<string, ServerValue | undefined>;
	amount: Decimal;
	place: number;
}

/** A group's adjustments and taxes in 1CRM's order. */
export function adjustmentsOf(
	{ adjustments }: DraftGroup,
	{ adjustmentAmounts, taxes }: GroupTotals,
): AdjustmentValues[] {
	const own = adjustments.map((adjustment, index) => ({
		index,
		columns: adjustmentColumns(adjustment),
		amount: adjustmentAmounts[index],
		place: ORDER.indexOf(adjustment.type),
	}));
	const ofTaxes = taxes.map((tax) => ({
		columns: taxColumns(tax),
		amount: tax.amount,
		place: ORDER.indexOf('tax'),
	}));
	return [...own, ...ofTaxes].sort((a, b) => a.place - b.place);
}

function adjustmentColumns({
	name,
	type,
	value,
	taxCode,
}: DraftAdjustment): Record<string, ServerValue | undefined> {
	const isShipping = type === 'taxedShipping' || type === 'untaxedShipping';
	return {
		name,
		type: SERVER_TYPES[type],
		related_type: isShipping ? 'ShippingProviders' : 'Discounts',
		rate: type === 'percentDiscount' ? value.toString() : undefined,
		tax_class_id: taxCode?.id,
	};
}

function taxColumns({
	id,
	name,
	rate,
	isCompounded,
}: TaxTotal): Record<string, ServerValue | undefined> {
	return {
		name,
		type: isCompounded ? 'CompoundedTax' : 'StandardTax',
		related_type: 'TaxRates',
		related_id: id,
		rate: rate.toString(),
	};
}
