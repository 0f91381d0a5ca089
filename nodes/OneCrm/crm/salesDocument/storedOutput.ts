import type { IDataObject } from 'n8n-workflow';

import { Decimal } from '../decimal';
import { textOrNull } from '../value';
import type { DocumentModel } from './model';
import { documentNumber } from './model';
import type {
	AdjustmentOutput,
	DocumentOutput,
	GroupOutput,
	HeaderOutput,
	LineOutput,
	TaxOutput,
} from './output';
import { commentOutput, priceText } from './output';
import type { StoredParts } from './parts';
import { BASE_ID } from './prices';
import type { AdjustmentType } from './totals';

/** A header as it was read. */
export interface StoredHeader {
	model: DocumentModel;
	record: IDataObject;
	/** Of the document's currency. */
	decimals: number;
}

const TYPES: Record<string, AdjustmentType | 'tax'> = {
	CompoundedTax: 'tax',
	StandardDiscount: 'fixedDiscount',
	StandardTax: 'tax',
	StdPercentDiscount: 'percentDiscount',
	TaxedShipping: 'taxedShipping',
	UntaxedShipping: 'untaxedShipping',
};

/** A document as its rows are stored. `taxCodes` are their names by id. */
export function storedOutput(
	header: StoredHeader,
	{ LineGroup, Line, Comment, Adjustment }: StoredParts,
	taxCodes: ReadonlyMap<string, string>,
): DocumentOutput {
	const { decimals } = header;
	const ids = new Set(LineGroup.map(({ id }) => id));
	const stored = LineGroup.length === 0 && Line.length > 0 ? [{}] : LineGroup;
	const groups = stored.map((group: IDataObject, index): GroupOutput => {
		// Other clients may write rows without a group, or remove only the group.
		const isOwn = ({ line_group_id: id }: IDataObject): boolean =>
			id === group.id || (index === 0 && !ids.has(id));
		const lines = [
			...Line.filter(isOwn).map((line) => {
				const code = textOrNull(line.tax_class_id);
				const taxCode = code === BASE_ID || code === null ? null : (taxCodes.get(code) ?? code);
				return { position: line.position, output: lineOutput(line, decimals, taxCode) };
			}),
			...Comment.filter(isOwn).map(({ id, body, position }) => ({
				position,
				output: commentOutput(textOrNull(id), String(body ?? '')),
			})),
		];
		return {
			id: textOrNull(group.id),
			name: String(group.name ?? ''),
			subtotal: money(group.subtotal, decimals),
			total: money(group.total, decimals),
			lines: lines
				.sort((a, b) => Number(a.position) - Number(b.position))
				.map(({ output }) => output),
			adjustments: Adjustment.filter(isOwn).map((row) => adjustmentOutput(row, decimals)),
		};
	});
	return {
		...headerOutput(header, groups),
		taxes: taxOutputs(Adjustment, decimals),
		groups,
	};
}

export function lineOutput(
	line: IDataObject,
	decimals: number,
	taxCode: string | null,
): LineOutput {
	const price = Decimal.parse(line.unit_price);
	return {
		id: textOrNull(line.id),
		name: textOrNull(line.name),
		quantity: Decimal.parse(line.quantity)?.toString() ?? null,
		unitPrice: price === undefined ? null : priceText(price, decimals),
		extPrice: money(line.ext_price, decimals),
		taxCode,
		comment: null,
	};
}

/** An adjustment, whose amount is called `value` in a tally. */
export function adjustmentOutput(
	{ id, type, name, rate, amount, value }: IDataObject,
	decimals: number,
): AdjustmentOutput {
	const serverType = String(type ?? '');
	return {
		id: textOrNull(id),
		type: Object.hasOwn(TYPES, serverType) ? TYPES[serverType] : serverType,
		name: textOrNull(name),
		rate: Decimal.parse(rate)?.toString() ?? null,
		amount: money(amount ?? value, decimals),
	};
}

/** The taxes, added up over all groups by their rate. */
function taxOutputs(adjustments: IDataObject[], decimals: number): TaxOutput[] {
	const taxes = new Map<string, { name: string; rate: string; amount: Decimal }>();
	for (const { type, related_id, name, rate, amount } of adjustments) {
		if (TYPES[String(type)] !== 'tax') continue;
		const key = textOrNull(related_id) ?? `${name} ${rate}`;
		const before = taxes.get(key)?.amount ?? Decimal.ZERO;
		taxes.set(key, {
			name: String(name ?? ''),
			rate: Decimal.parse(rate)?.toString() ?? '',
			amount: before.plus(Decimal.parse(amount) ?? Decimal.ZERO),
		});
	}
	return [...taxes.values()].map((tax) => ({ ...tax, amount: tax.amount.toFixed(decimals) }));
}

export function headerOutput(
	{ model, record, decimals }: StoredHeader,
	groups: GroupOutput[],
): HeaderOutput {
	const sum = (isWanted: (type: string) => boolean): string =>
		Decimal.sum(
			groups
				.flatMap(({ adjustments }) => adjustments)
				.filter(({ type }) => isWanted(type))
				.map(({ amount }) => Decimal.parse(amount) ?? Decimal.ZERO),
		).toFixed(decimals);
	return {
		id: String(record.id),
		module: model.module,
		number: documentNumber(model, record),
		subtotal: money(record.subtotal, decimals),
		discount: sum((type) => /discount/i.test(type)),
		shipping: sum((type) => /shipping/i.test(type)),
		pretax: money(record.pretax, decimals),
		total: money(record.amount, decimals),
	};
}

export function money(value: unknown, decimals: number): string | null {
	return Decimal.parse(value)?.toFixed(decimals) ?? null;
}
