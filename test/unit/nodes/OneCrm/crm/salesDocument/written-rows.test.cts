import type {
	DraftAdjustment,
	DraftGroup,
	DraftLine,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/draft';
import type { DocumentModel } from '../../../../../../nodes/OneCrm/crm/salesDocument/model';
import {
	type Draft,
	groupRows,
	headerValues,
	rowsOfGroup,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/rows';
import {
	documentTotals,
	type TaxCode,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/totals';
import { decimal } from '../decimals.cts';
import { taxed } from './drafts.cts';
import { modelOf, withFields } from './models.cts';

const vat13 = taxed('13');

const line = (unitPrice: string, quantity: string, more: Partial<DraftLine> = {}): DraftLine => ({
	name: 'Pump',
	unitPrice: decimal(unitPrice),
	quantity: decimal(quantity),
	...more,
});

const adjustment = (
	type: DraftAdjustment['type'],
	value: string,
	taxCode?: TaxCode,
): DraftAdjustment => ({ name: `my ${type}`, type, value: decimal(value), taxCode });

const group = (
	name: string,
	rows: DraftGroup['rows'],
	...adjustments: DraftAdjustment[]
): DraftGroup => ({
	name,
	rows,
	lines: rows.flatMap((row) => ('line' in row ? [row.line] : [])),
	adjustments,
});

function draftOf(groups: DraftGroup[], model: DocumentModel = modelOf('Quote')): Draft {
	const totals = documentTotals(groups, 2);
	return { model, groups, totals, currencyId: 'eur', decimals: 2, baseDecimals: 3 };
}

const IDS = { documentId: 'quote-1', groupId: 'group-1' };
const PLACE = { document_id: 'quote-1', line_group_id: 'group-1' };
/** Two of the document's currency are one of the base currency. */
const RATE = decimal('2');

/** An amount with its copies in the base currency, as the columns of a row. */
const copies = (name: string, amount: string, base: string) => ({
	[name]: amount,
	[`${name}_usd`]: base,
	[`${name}_usdollar`]: base,
});

const written = (draft: Draft, index = 0) => rowsOfGroup(draft, index, IDS, RATE);
const dataOf = (draft: Draft, kind: string) =>
	written(draft)
		.filter((row) => row.kind === kind)
		.map(({ data }) => data);

describe('the header', () => {
	const groups = [group('', [{ line: line('100', '1', { taxCode: vat13 }) }])];
	const amounts = { subtotal: '100.00', pretax: '100.00', amount: '113.00' };

	it('has the currency and the amounts', () => {
		expect(headerValues(draftOf(groups))).toEqual({ currency_id: 'eur', ...amounts });
	});

	it('is due in full as an invoice', () => {
		const values = headerValues(draftOf(groups, modelOf('Invoice')));
		expect(values).toEqual({ currency_id: 'eur', ...amounts, amount_due: '113.00' });
	});

	it('has only what the module has a field for', () => {
		const model = modelOf('Quote', { header: withFields('amount', 'name') });
		expect(headerValues(draftOf(groups, model))).toEqual({ amount: '113.00' });
	});
});

describe('groups', () => {
	it('have their name, place, amounts and costs', () => {
		const draft = draftOf([
			group('Parts', [
				{ line: line('50', '2', { costPrice: decimal('20.005'), taxCode: vat13 }) },
				{ comment: 'By ship' },
				{ line: line('10', '3', { costPrice: decimal('1') }) },
				{ line: line('5', '1') },
			]),
			group('Service', [{ line: line('7', '1') }]),
		]);
		expect(groupRows(draft, 'quote-1', RATE)).toEqual([
			{
				kind: 'LineGroup',
				position: 0,
				data: {
					...{ parent_id: 'quote-1', name: 'Parts', position: 0 },
					...{ status: 'Draft', group_type: 'products' },
					...copies('cost', '43.01', '21.505'),
					...copies('subtotal', '135.00', '67.500'),
					...copies('total', '148.00', '74.000'),
				},
			},
			{
				kind: 'LineGroup',
				position: 1,
				data: {
					...{ parent_id: 'quote-1', name: 'Service', position: 1 },
					...{ status: 'Draft', group_type: 'products' },
					...copies('cost', '0.00', '0.000'),
					...copies('subtotal', '7.00', '3.500'),
					...copies('total', '7.00', '3.500'),
				},
			},
		]);
	});

	it('have a name and a place though the module has no field for anything', () => {
		const model = modelOf('Quote', { LineGroup: withFields() });
		const draft = draftOf([group('Parts', [{ line: line('1', '1') }])], model);
		const [{ data }] = groupRows(draft, 'quote-1', RATE);
		expect(data).toEqual({ parent_id: 'quote-1', name: 'Parts', position: 0 });
	});
});

describe('a line', () => {
	it('has all that is known of its product, its price and its tax code', () => {
		const product = { id: 'pump', name: 'Pump', partNumber: 'PN-1', currencyId: 'eur' };
		const full = line('45.125', '1.5', {
			...{ product, taxCode: vat13 },
			...{ listPrice: decimal('50'), costPrice: decimal('20.5') },
		});
		expect(written(draftOf([group('', [{ line: full }])]))[0]).toEqual({
			kind: 'Line',
			position: 0,
			data: {
				...{ ...PLACE, position: 0, name: 'Pump', quantity: '1.5', ext_quantity: '1.5' },
				...{ related_type: 'ProductCatalog', related_id: 'pump', mfr_part_no: 'PN-1' },
				tax_class_id: vat13.id,
				...copies('cost_price', '20.5', '10.250'),
				...copies('list_price', '50', '25.000'),
				...copies('unit_price', '45.125', '22.563'),
				...copies('std_unit_price', '45.125', '22.563'),
				...copies('ext_price', '67.69', '33.845'),
				...copies('net_price', '67.69', '33.845'),
			},
		});
	});

	it('without a product is exempt, costs nothing, and has its own price as list price', () => {
		expect(dataOf(draftOf([group('', [{ line: line('10', '1') }])]), 'Line')).toEqual([
			{
				...{ ...PLACE, position: 0, name: 'Pump', quantity: '1', ext_quantity: '1' },
				tax_class_id: '-99',
				...copies('list_price', '10', '5.000'),
				...copies('unit_price', '10', '5.000'),
				...copies('std_unit_price', '10', '5.000'),
				...copies('ext_price', '10.00', '5.000'),
				...copies('net_price', '10.00', '5.000'),
			},
		]);
	});

	it('is in its place though the module has no field for anything', () => {
		const model = modelOf('Quote', { Line: withFields('name') });
		const draft = draftOf([group('', [{ line: line('1', '1') }])], model);
		expect(dataOf(draft, 'Line')).toEqual([{ ...PLACE, position: 0, name: 'Pump' }]);
	});
});

it('comments stand between the lines, each of which keeps its own amount', () => {
	const draft = draftOf([
		group('', [
			{ comment: 'First' },
			{ line: line('1', '1') },
			{ comment: 'Second' },
			{ line: line('2', '1') },
		]),
	]);
	const shown = written(draft).map(({ kind, position, data }) => [
		...[kind, position, data.body ?? data.ext_price],
	]);
	expect(shown).toEqual([
		['Comment', 0, 'First'],
		['Line', 1, '1.00'],
		['Comment', 2, 'Second'],
		['Line', 3, '2.00'],
	]);
	expect(dataOf(draft, 'Comment')[0]).toEqual({ ...PLACE, position: 0, body: 'First' });
});

it('the rows of a group are only its own', () => {
	const draft = draftOf([
		group('Parts', [{ line: line('1', '1') }]),
		group('Service', [{ line: line('2', '1') }], adjustment('untaxedShipping', '3')),
	]);
	expect(written(draft, 0).map(({ kind }) => kind)).toEqual(['Line']);
	expect(written(draft, 1).map(({ data }) => data.ext_price ?? data.amount)).toEqual([
		'2.00',
		'3.00',
	]);
});

it("adjustments and taxes are written in 1CRM's order, each with its own amount", () => {
	const draft = draftOf([
		group(
			'',
			[{ line: line('100', '1', { taxCode: taxed('5', '~9.5') }) }],
			adjustment('untaxedShipping', '4'),
			adjustment('taxedShipping', '10', vat13),
			adjustment('fixedDiscount', '8'),
			adjustment('percentDiscount', '12.5'),
		),
	]);
	const row = (position: number, values: object, amount: string, base: string) => ({
		kind: 'Adjustment',
		position,
		data: { ...PLACE, position, ...values, ...copies('amount', amount, base) },
	});
	const named = (type: string) => ({ name: `my ${type}` });
	const discount = { related_type: 'Discounts' };
	const shipping = { related_type: 'ShippingProviders' };
	const tax = { related_type: 'TaxRates' };
	expect(written(draft).slice(1)).toEqual([
		row(
			0,
			{ ...named('percentDiscount'), ...discount, type: 'StdPercentDiscount', rate: '12.5' },
			'12.50',
			'6.250',
		),
		row(1, { ...named('fixedDiscount'), ...discount, type: 'StandardDiscount' }, '8.00', '4.000'),
		row(
			2,
			{ ...named('taxedShipping'), ...shipping, type: 'TaxedShipping', tax_class_id: vat13.id },
			'10.00',
			'5.000',
		),
		row(
			3,
			{ name: '5 %', ...tax, type: 'StandardTax', related_id: '5', rate: '5' },
			'3.98',
			'1.990',
		),
		row(
			4,
			{ name: '9.5 %', ...tax, type: 'CompoundedTax', related_id: '~9.5', rate: '9.5' },
			'7.93',
			'3.965',
		),
		row(
			5,
			{ name: '13 %', ...tax, type: 'StandardTax', related_id: '13', rate: '13' },
			'1.30',
			'0.650',
		),
		row(6, { ...named('untaxedShipping'), ...shipping, type: 'UntaxedShipping' }, '4.00', '2.000'),
	]);
});
