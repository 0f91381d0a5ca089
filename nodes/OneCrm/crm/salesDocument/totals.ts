import { UserError } from 'n8n-workflow';

import { Decimal } from '../decimal';

/** One rate of a tax code, e.g. 19 %. */
export interface TaxRate {
	id: string;
	name: string;
	/** In percent. */
	rate: Decimal;
	/** Whether it is also taken on the taxes before it, as some provinces of Canada did. */
	isCompounded: boolean;
}

/** What is charged on a line: its rates in order. None for an exempt line. */
export interface TaxCode {
	id: string;
	name: string;
	rates: TaxRate[];
}

export const ADJUSTMENT_TYPES = [
	'fixedDiscount',
	'percentDiscount',
	'taxedShipping',
	'untaxedShipping',
] as const;

export type AdjustmentType = (typeof ADJUSTMENT_TYPES)[number];

/** A line, as far as amounts are concerned. */
export interface PricedLine {
	quantity: Decimal;
	unitPrice: Decimal;
	taxCode?: TaxCode;
}

/** A discount or shipping costs. */
export interface Adjustment {
	type: AdjustmentType;
	/** A percentage for a `percentDiscount`, otherwise an amount. */
	value: Decimal;
	/** Of taxed shipping. */
	taxCode?: TaxCode;
}

/** Lines that are added up together. */
export interface PricedGroup {
	lines: readonly PricedLine[];
	adjustments: readonly Adjustment[];
}

export interface TaxTotal extends TaxRate {
	amount: Decimal;
}

/** What both a group and a document add up to. */
interface Totals {
	/** The lines before discounts. */
	subtotal: Decimal;
	discount: Decimal;
	shipping: Decimal;
	taxes: TaxTotal[];
	/** What is to be paid without the taxes. */
	pretax: Decimal;
	total: Decimal;
}

export interface GroupTotals extends Totals {
	/** In the order of the lines: quantity × unit price. */
	extPrices: Decimal[];
	/** In the order of the adjustments: what each of them comes to. */
	adjustmentAmounts: Decimal[];
}

export interface DocumentTotals extends Totals {
	groups: GroupTotals[];
}

/**
 * All amounts of a document whose currency has `decimals` decimals. Taxes are rounded per group and rate, as EN 16931
 * rounds VAT per category, so the document is always the sum of its groups.
 *
 * 1CRM's API calculates none of them. Throws a `UserError` for a fixed discount on lines that come to nothing.
 */
export function documentTotals(groups: readonly PricedGroup[], decimals: number): DocumentTotals {
	const totals = groups.map((group) => groupTotals(group, decimals));
	const sumOf = (part: 'discount' | 'pretax' | 'shipping' | 'subtotal' | 'total'): Decimal =>
		Decimal.sum(totals.map((group) => group[part]));
	return {
		groups: totals,
		subtotal: sumOf('subtotal'),
		discount: sumOf('discount'),
		shipping: sumOf('shipping'),
		taxes: taxesByRate(totals.flatMap(({ taxes }) => taxes)),
		pretax: sumOf('pretax'),
		total: sumOf('total'),
	};
}

function groupTotals({ lines, adjustments }: PricedGroup, decimals: number): GroupTotals {
	const extPrices = lines.map(({ quantity, unitPrice }) =>
		quantity.times(unitPrice).round(decimals),
	);
	const discounts = adjustments
		.filter(isDiscount)
		.map((adjustment) => discountOfLines(adjustment, extPrices, decimals));
	const taxable = [
		...lines.map(({ taxCode }, index) => ({
			taxCode,
			base: discounts.reduce((base, shares) => base.minus(shares[index]), extPrices[index]),
		})),
		...adjustments
			.filter(({ type }) => type === 'taxedShipping')
			.map(({ taxCode, value }) => ({ taxCode, base: value.round(decimals) })),
	];

	const discountAmounts = discounts.map((shares) => Decimal.sum(shares));
	const adjustmentAmounts: Decimal[] = [];
	let discountsBefore = 0;
	for (const adjustment of adjustments) {
		adjustmentAmounts.push(
			isDiscount(adjustment)
				? discountAmounts[discountsBefore++]
				: adjustment.value.round(decimals),
		);
	}

	const subtotal = Decimal.sum(extPrices);
	const discount = Decimal.sum(discountAmounts);
	const shipping = Decimal.sum(
		adjustmentAmounts.filter((_, index) => !isDiscount(adjustments[index])),
	);
	const taxes = groupTaxes(taxable, decimals);
	const pretax = subtotal.minus(discount).plus(shipping);
	return {
		extPrices,
		adjustmentAmounts,
		subtotal,
		discount,
		shipping,
		taxes,
		pretax,
		total: pretax.plus(Decimal.sum(taxes.map(({ amount }) => amount))),
	};
}

export function isDiscount({ type }: Pick<Adjustment, 'type'>): boolean {
	return type === 'percentDiscount' || type === 'fixedDiscount';
}

/** How much of a discount falls on each line. A percentage is taken of the line before other discounts. */
function discountOfLines(
	{ type, value }: Adjustment,
	extPrices: readonly Decimal[],
	decimals: number,
): Decimal[] {
	return type === 'percentDiscount'
		? extPrices.map((price) => price.percent(value).round(decimals))
		: spread(value.round(decimals), extPrices, decimals);
}

/**
 * Shares `amount` out in proportion to `weights`, in whole cents that add up to it: what is left after rounding
 * down goes to the largest remainders.
 */
function spread(amount: Decimal, weights: readonly Decimal[], decimals: number): Decimal[] {
	const units = amount.unitsOf(decimals);
	const parts = weights.map((weight) => weight.unitsOf(decimals));
	const whole = parts.reduce((sum, part) => sum + part, 0n);
	if (units === 0n) return weights.map(() => Decimal.ZERO);
	if (whole === 0n) {
		throw new UserError(
			`A fixed discount of ${amount.toFixed(decimals)} needs lines to take it from, and these come to 0`,
		);
	}
	const shares = parts.map((part) => dividedDown(units * part, whole));
	const given = shares.reduce((sum, { quotient }) => sum + quotient, 0n);
	const byRemainder = [...shares].sort((a, b) => Number(b.remainder - a.remainder));
	for (const largest of byRemainder.slice(0, Number(units - given))) largest.quotient++;
	return shares.map(({ quotient }) => Decimal.ofUnits(quotient, decimals));
}

/** The quotient, rounded down, and what is left of the numerator then, as if both were divided by a positive number. */
function dividedDown(
	numerator: bigint,
	denominator: bigint,
): { quotient: bigint; remainder: bigint } {
	const [by, size] = denominator < 0n ? [-denominator, -numerator] : [denominator, numerator];
	const remainder = ((size % by) + by) % by;
	return { quotient: (size - remainder) / by, remainder };
}

/** What is taxed together: its base is not rounded again. */
interface Taxable {
	taxCode?: TaxCode;
	base: Decimal;
}

function groupTaxes(taxable: readonly Taxable[], decimals: number): TaxTotal[] {
	const byCode = new Map<string, Required<Taxable>>();
	for (const { taxCode, base } of taxable) {
		if (taxCode === undefined) continue;
		const before = byCode.get(taxCode.id)?.base ?? Decimal.ZERO;
		byCode.set(taxCode.id, { taxCode, base: before.plus(base) });
	}
	const byRate = new Map<string, { rate: TaxRate; base: Decimal }>();
	for (const { taxCode, base } of byCode.values()) {
		let taxesBefore = Decimal.ZERO;
		for (const rate of taxCode.rates) {
			const own = rate.isCompounded ? base.plus(taxesBefore) : base;
			const sum = byRate.get(rate.id)?.base ?? Decimal.ZERO;
			byRate.set(rate.id, { rate, base: sum.plus(own) });
			taxesBefore = taxesBefore.plus(own.percent(rate.rate).round(decimals));
		}
	}
	return [...byRate.values()].map(({ rate, base }) => ({
		...rate,
		amount: base.percent(rate.rate).round(decimals),
	}));
}

function taxesByRate(taxes: readonly TaxTotal[]): TaxTotal[] {
	const byRate = new Map<string, TaxTotal>();
	for (const tax of taxes) {
		const amount = (byRate.get(tax.id)?.amount ?? Decimal.ZERO).plus(tax.amount);
		byRate.set(tax.id, { ...tax, amount });
	}
	return [...byRate.values()];
}
