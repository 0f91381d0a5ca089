import type { Contest, Result, Turn } from './contest.cts';

/** The result of a contest as a section in Markdown. */
export function contestSection({ title, count }: Contest, results: Result[]): string {
	const own = median(milliseconds(results[0].turns));
	const rows = results.map(({ contestant, turns, inFlightPeak }) => {
		const times = milliseconds(turns);
		const cpu = median(turns.map(({ cpuMilliseconds }) => cpuMilliseconds)) / count;
		return [
			contestant,
			`${median(times).toFixed()} ms`,
			spread(times),
			(median(times) / own).toFixed(2),
			String(inFlightPeak),
			`${cpu.toFixed(cpu < 0.1 ? 3 : 2)} ms`,
		];
	});
	const columns = ['', 'median', 'spread', '1CRM = 1', 'requests at once', 'CPU per record'];
	return section(title, columns, rows);
}

/** A table with a title, in Markdown. */
export function section(title: string, columns: string[], rows: string[][]): string {
	return [
		`## ${title}`,
		'',
		line(columns),
		line(columns.map(() => '---')),
		...rows.map(line),
		'',
	].join('\n');
}

/** With an even number of values, the mean of the two in the middle. */
export function median(numbers: number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** The shortest and the longest of times in milliseconds. */
export function spread(times: number[], digits = 0): string {
	return `${Math.min(...times).toFixed(digits)} to ${Math.max(...times).toFixed(digits)} ms`;
}

const milliseconds = (turns: Turn[]) => turns.map((turn) => turn.milliseconds);

const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
