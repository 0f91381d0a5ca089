import { textOrNull } from '../value';
import type { DocumentOutput, GroupOutput, LineOutput, TaxOutput } from './output';
import { commentOutput } from './output';
import type { StoredHeader } from './storedOutput';
import { adjustmentOutput, headerOutput, lineOutput, money } from './storedOutput';
import type { Tally } from './tally';
import { isComment } from './tally';

/** A document as its tally shows it: without tax codes and, as documented, without ids. */
export function tallyOutput(header: StoredHeader, tally: Tally): DocumentOutput {
	const { decimals } = header;
	const groups = tally.groups.map(({ name, subtotal, total, lines, adjustments }): GroupOutput => ({
		id: null,
		name,
		subtotal: money(subtotal, decimals),
		total: money(total, decimals),
		lines: lines.map((line) =>
			isComment(line)
				? commentOutput(textOrNull(line.id), String(line.name ?? ''))
				: lineOutput(line, decimals, null),
		),
		adjustments: adjustments.map((row) => adjustmentOutput(row, decimals)),
	}));
	const stored = headerOutput(header, groups);
	return {
		...stored,
		subtotal: stored.subtotal ?? money(tally.totals.subtotal, decimals),
		total: stored.total ?? money(tally.totals.total, decimals),
		taxes: tally.taxes.map(({ name, rate, amount }): TaxOutput => ({
			name: String(name ?? ''),
			rate: adjustmentOutput({ rate }, decimals).rate ?? '',
			amount: money(amount, decimals) ?? '',
		})),
		groups,
	};
}

/**
 * The stored document with the amounts of its tally, which 1CRM works out: those that are stored are what some client
 * wrote, or nothing. Unchanged if the tally shows other rows: then nobody can tell which is which.
 */
export function withTally(
	header: StoredHeader,
	stored: DocumentOutput,
	tally: Tally,
): DocumentOutput {
	const shown = tallyOutput(header, tally);
	const isSame =
		stored.groups.length === shown.groups.length &&
		stored.groups.every((group, index) => hasSameRows(group, shown.groups[index]));
	if (!isSame) return stored;
	return {
		...stored,
		subtotal: shown.subtotal,
		total: shown.total,
		groups: stored.groups.map((group, index) => withAmounts(group, shown.groups[index])),
	};
}

function hasSameRows(stored: GroupOutput, shown: GroupOutput): boolean {
	return (
		stored.lines.length === shown.lines.length &&
		stored.lines.every((line, index) => isSameRow(line, shown.lines[index])) &&
		stored.adjustments.length === shown.adjustments.length &&
		stored.adjustments.every(({ type }, index) => type === shown.adjustments[index].type)
	);
}

function isSameRow(stored: LineOutput, shown: LineOutput): boolean {
	return stored.name === shown.name && (stored.comment === null) === (shown.comment === null);
}

function withAmounts(stored: GroupOutput, shown: GroupOutput): GroupOutput {
	return {
		...stored,
		subtotal: shown.subtotal ?? stored.subtotal,
		total: shown.total ?? stored.total,
		lines: stored.lines.map((line, index) => ({
			...line,
			extPrice: shown.lines[index].extPrice ?? line.extPrice,
		})),
		adjustments: stored.adjustments.map((row, index) => ({
			...row,
			amount: shown.adjustments[index].amount ?? row.amount,
		})),
	};
}
