import { Decimal } from '../../../../../nodes/OneCrm/crm/decimal';

/** A number that has to be one. */
export function decimal(value: bigint | number | string): Decimal {
	const parsed = Decimal.parse(value);
	if (parsed === undefined) throw new Error(`${value} isn't a decimal`);
	return parsed;
}
