/** A Markdown table with aligned columns, as Prettier formats it. */
export function table(head: string[], rows: string[][]): string {
	const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
	const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
	const [titles, ...rest] = cells.map((row) =>
		line(row.map((cell, column) => cell.padEnd(widths[column]))),
	);
	return [titles, line(widths.map((width) => '-'.repeat(width))), ...rest].join('\n');
}

const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
