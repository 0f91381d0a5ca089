import { Decimal } from '../decimal';
import { withoutEntities } from '../matching';

/** A text without blanks around it, as it was before a server stored it. */
export function sentText(value: unknown): string {
	return withoutEntities(String(value ?? '')).trim();
}

/** Whether a value that 1CRM returns is the one that was sent: it writes numbers in other forms. */
export function isSameValue(stored: unknown, sent: unknown): boolean {
	const [one, other] = [sentText(stored), sentText(sent)];
	const [amount, otherAmount] = [Decimal.parse(one), Decimal.parse(other)];
	if (amount === undefined || otherAmount === undefined) return one === other;
	return amount.equals(otherAmount);
}
