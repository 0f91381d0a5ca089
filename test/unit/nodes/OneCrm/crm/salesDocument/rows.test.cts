import fc from 'fast-check';
import { Decimal } from '../../../../../../nodes/OneCrm/crm/decimal';
import type {
	DraftAdjustment,
	DraftGroup,
	DraftLine,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/draft';
import {
	type Draft,
	groupRows,
	headerValues,
	type Row,
	rowsOfGroup,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/rows';
import {
	ADJUSTMENT_TYPES,
	documentTotals,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/totals';
import { decimal } from '../decimals.cts';
import { taxed } from './drafts.cts';
import { modelOf } from './models.cts';

const model = modelOf('Invoice');

const units = (most: number, mostDecimals: number): fc.Arbitrary<Decimal> =>
	fc
		.tuple(fc.bigInt({ min: 1n, max: BigInt(most) }), fc.integer({ min: 0, max: mostDecimals }))
		.map(([count, decimals]) => Decimal.ofUnits(count, decimals));
const taxCode = fc.constantFrom(undefined, taxed('19'), taxed('7'), taxed('5', '~9.5'));
const lines: fc.Arbitrary<DraftLine> = fc.record({
	name: fc.constant('Thing'),
	quantity: units(1000, 3),
	unitPrice: units(1_000_000, 5),
	costPrice: fc.option(units(1000, 2), { nil: undefined }),
	taxCode,
});
const adjustments: fc.Arbitrary<DraftAdjustment> = fc.record({
	name: fc.constant('Adjustment'),
	// A fixed discount needs a line that costs something, whatever the currency.
	type: fc.constantFrom(...ADJUSTMENT_TYPES.filter((type) => type !== 'fixedDiscount')),
	value: units(9999, 3),
	taxCode,
});
const groups: fc.Arbitrary<DraftGroup> = fc
	.record({
		lines: fc.array(lines, { minLength: 1, maxLength: 6 }),
		adjustments: fc.array(adjustments, { maxLength: 3 }),
	})
	.map((group) => ({
		...group,
		name: '',
		rows: [...group.lines.map((line) => ({ line })), { comment: 'Text' }],
	}));

/** What is written into a document with 1CRM's names: the header, and the rows of each group with the group's own first. */
function written(draft: Draft, rate: Decimal): { header: Row['data']; groups: Row[][] } {
	const ids = { documentId: 'document', groupId: 'group' };
	return {
		header: headerValues(draft),
		groups: groupRows(draft, 'document', rate).map((group, index) => [
			group,
			...rowsOfGroup(draft, index, ids, rate),
		]),
	};
}

const sum = (values: unknown[]): Decimal =>
	Decimal.sum(values.map((value) => decimal(String(value))));

it('writes rows that add up exactly: the header is its groups, and they are lines and adjustments', () => {
	fc.assert(
		fc.property(
			fc.array(groups, { minLength: 1, maxLength: 3 }),
			fc.constantFrom(0, 2, 3),
			units(9999, 3),
			(drafts, decimals, rate) => {
				const totals = documentTotals(drafts, decimals);
				const draft: Draft = {
					...{ model, groups: drafts, totals, decimals },
					...{ currencyId: 'eur', baseDecimals: 2 },
				};
				const { header, groups: all } = written(draft, rate);
				const groupTotals = all.map(([group]) => group.data);
				expect(header.amount).toBe(sum(groupTotals.map(({ total }) => total)).toFixed(decimals));
				expect(header.amount_due).toBe(header.amount);
				expect(header.subtotal).toBe(
					sum(groupTotals.map(({ subtotal }) => subtotal)).toFixed(decimals),
				);
				let pretax = Decimal.ZERO;
				for (const [group, ...rows] of all) {
					const ofKind = (kind: Row['kind']) => rows.filter((row) => row.kind === kind);
					const lineSum = sum(ofKind('Line').map(({ data }) => data.ext_price));
					const signed = ofKind('Adjustment').map(({ data }) => {
						const amount = decimal(String(data.amount));
						return {
							isTax: /Tax$/.test(String(data.type)),
							amount: isDiscount(data) ? amount.negated() : amount,
						};
					});
					const untaxed = signed.filter(({ isTax }) => !isTax).map(({ amount }) => amount);
					pretax = pretax.plus(lineSum).plus(Decimal.sum(untaxed));
					expect(group.data.subtotal).toBe(lineSum.toFixed(decimals));
					expect(group.data.total).toBe(
						lineSum.plus(Decimal.sum(signed.map(({ amount }) => amount))).toFixed(decimals),
					);
					expectPositions(rows);
					const priced = rows.filter(({ kind }) => kind !== 'Comment');
					expect([group, ...priced].flatMap(({ data }) => wrongCopies(data, rate))).toEqual([]);
				}
				expect(header.pretax).toBe(pretax.toFixed(decimals));
			},
		),
		{ numRuns: 1000 },
	);
});

const isDiscount = ({ type }: Row['data']): boolean => /Discount$/.test(String(type));

/** One sequence for lines and comments, and one for adjustments, in 1CRM's order. */
function expectPositions(rows: Row[]): void {
	const shown = rows.filter(({ kind }) => kind !== 'Adjustment');
	expect(shown.map(({ position }) => position)).toEqual([...shown.keys()]);
	const places = rows
		.filter(({ kind }) => kind === 'Adjustment')
		.map(({ data: { type } }) =>
			['Discount', 'TaxedShipping', 'Tax', 'UntaxedShipping'].findIndex(
				(word) => type === word || (word.length < 9 && String(type).endsWith(word)),
			),
		);
	expect(places).toEqual([...places].sort());
}

/**
 * The names of amounts whose copy in the base currency is wrong: it is divided by the exchange rate, and rounded to two
 * decimals.
 */
function wrongCopies(data: Row['data'], rate: Decimal): string[] {
	const amounts = Object.keys(data).filter((name) => `${name}_usd` in data);
	if (amounts.length === 0) return ['no amount'];
	return amounts.filter(
		(name) => data[`${name}_usd`] !== decimal(String(data[name])).dividedBy(rate, 2).toFixed(2),
	);
}
