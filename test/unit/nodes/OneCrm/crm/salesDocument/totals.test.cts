import fc from 'fast-check';
import { Decimal } from '../../../../../../nodes/OneCrm/crm/decimal';
import {
	type Adjustment,
	ADJUSTMENT_TYPES,
	documentTotals,
	isDiscount,
	type PricedLine,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/totals';
import { taxed } from './drafts.cts';

const codes = [undefined, taxed('19'), taxed('7'), taxed('5', '~9.5'), taxed('5'), taxed('0')];
const taxCode = fc.constantFrom(...codes);
const positive = (most: bigint, mostDecimals: number): fc.Arbitrary<Decimal> =>
	fc
		.tuple(fc.bigInt({ min: 1n, max: most }), fc.integer({ min: 0, max: mostDecimals }))
		.map(([units, decimals]) => Decimal.ofUnits(units, decimals));

const lines: fc.Arbitrary<PricedLine> = fc.record({
	quantity: positive(100_000n, 3),
	unitPrice: positive(10_000_000n, 5).map((price) => price.plus(Decimal.ofUnits(1n, 0))),
	taxCode,
});
const adjustments: fc.Arbitrary<Adjustment> = fc.record({
	type: fc.constantFrom(...ADJUSTMENT_TYPES),
	value: positive(99_999n, 3),
	taxCode,
});
const groups = fc.record({
	lines: fc
		.array(lines, { minLength: 1, maxLength: 12 })
		// One that costs something whatever the number of decimals.
		.map((some) => [
			...some,
			{ quantity: Decimal.ofUnits(1n, 0), unitPrice: Decimal.ofUnits(1n, 0) },
		]),
	adjustments: fc.array(adjustments, { maxLength: 4 }),
});
const documents = fc.tuple(
	fc.array(groups, { minLength: 1, maxLength: 4 }),
	fc.constantFrom(0, 2, 3),
);

/** That there is nothing behind the last decimal of the currency. */
function expectWhole(amount: Decimal, decimals: number): void {
	expect(amount.round(decimals).equals(amount)).toBe(true);
}

it('adds up whatever is in a document: the header is its groups, and they are their rows', () => {
	fc.assert(
		fc.property(documents, ([drafts, decimals]) => {
			const document = documentTotals(drafts, decimals);
			const sum = (amounts: Decimal[]): string => Decimal.sum(amounts).toFixed(decimals);
			const shown = (amount: Decimal): string => amount.toFixed(decimals);

			for (const [index, group] of document.groups.entries()) {
				const rows = drafts[index].adjustments.map((adjustment, place) => {
					const amount = group.adjustmentAmounts[place];
					return isDiscount(adjustment) ? amount.negated() : amount;
				});
				const taxes = group.taxes.map(({ amount }) => amount);
				const all = [...group.extPrices, ...rows, ...taxes];
				for (const amount of all) expectWhole(amount, decimals);
				expect(shown(group.total)).toBe(sum(all));
				expect(shown(group.pretax)).toBe(sum([...group.extPrices, ...rows]));
				expect(shown(group.subtotal)).toBe(sum(group.extPrices));
			}
			expect(shown(document.total)).toBe(sum(document.groups.map(({ total }) => total)));
			expect(shown(document.pretax)).toBe(sum(document.groups.map(({ pretax }) => pretax)));
			expect(shown(document.total)).toBe(
				sum([document.pretax, ...document.taxes.map(({ amount }) => amount)]),
			);
			expect(shown(document.pretax)).toBe(
				sum([document.subtotal, document.discount.negated(), document.shipping]),
			);
		}),
		{ numRuns: 1000 },
	);
});

it('spreads a fixed discount to the last cent, and no line by more than a cent off its part', () => {
	fc.assert(
		fc.property(groups, positive(99_999n, 2), (draft, value) => {
			const fixed: Adjustment = { type: 'fixedDiscount', value };
			const rate = taxed('100');
			// With a tax of 100 % on a single line, the tax is what is left of that line.
			const taxedLine = { ...draft.lines[0], taxCode: rate };
			const rest = draft.lines.slice(1).map((line) => ({ ...line, taxCode: undefined }));
			const all = [taxedLine, ...rest];
			const {
				groups: [group],
			} = documentTotals([{ lines: all, adjustments: [fixed] }], 2);
			expect(group.adjustmentAmounts[0].equals(value.round(2))).toBe(true);
			const share = group.extPrices[0].minus(group.taxes[0].amount);
			const exact = value.round(2).times(group.extPrices[0]).dividedBy(group.subtotal, 6);
			const error = share.minus(exact);
			const cent = Decimal.ofUnits(1_000_001n, 8);
			expect(error.compare(cent)).toBeLessThanOrEqual(0);
			expect(error.compare(cent.negated())).toBeGreaterThanOrEqual(0);
		}),
	);
});
