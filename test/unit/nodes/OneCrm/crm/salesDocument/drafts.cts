import type {
	Adjustment,
	AdjustmentType,
	PricedGroup,
	PricedLine,
	TaxCode,
	TaxRate,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/totals';
import { decimal } from '../decimals.cts';

/** A tax code with these rates in percent; `~9.5` is a compounded one. */
export function taxed(...rates: string[]): TaxCode {
	const name = rates.join(' + ');
	return {
		id: `code ${name}`,
		name,
		rates: rates.map((text): TaxRate => {
			const rate = text.replace('~', '');
			return { id: text, name: `${rate} %`, rate: decimal(rate), isCompounded: text !== rate };
		}),
	};
}

export const line = (unitPrice: string, quantity: string, taxCode?: TaxCode): PricedLine => ({
	unitPrice: decimal(unitPrice),
	quantity: decimal(quantity),
	taxCode,
});

export const adjustment = (type: AdjustmentType, value: string, taxCode?: TaxCode): Adjustment => ({
	type,
	value: decimal(value),
	taxCode,
});

export const group = (lines: PricedLine[], ...adjustments: Adjustment[]): PricedGroup => ({
	lines,
	adjustments,
});
