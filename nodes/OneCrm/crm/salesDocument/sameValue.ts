import { Decimal } from '../decimal';

/** Whether a value that 1CRM returns is the one that was sent: it writes numbers in other forms. */
export function isSameValue(stored: unknown, sent: unknown): boolean {
	const [one, other] = [String(stored ?? '').trim(), String(sent ?? '').trim()];
	const [amount, otherAmount] = [Decimal.parse(one), Decimal.parse(other)];
	if (amount === undefined || otherAmount === undefined) return one === other;
	return amount.equals(otherAmount);
}
