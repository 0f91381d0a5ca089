import type { Contest, Result, Turn } from './contest.cts';

/** The result of a contest as a section in Markdown. */
export function contestSection({ title, count }: Contest, results: Result[]): string {
	const own = median(milliseconds(results[0].turns));
	const rows = results.map(({ contestant, turns, inFlightPeak }) => {
		const times = milliseconds(turns);
		const cpu = median(turns.map(({ cpuMilliseconds }) => cpuMilliseconds)) / count;
		return [
			contestant,
			`${median(times)} ms`,
			spread(times),
			(median(times) / own).toFixed(2),
			String(inFlightPeak),
			`${cpu.toFixed(cpu < 0.1 ? 3 : 2)} ms`,
		];
	});
	const columns = ['', 'median', 'spread', '1CRM = 1', 'requests at once', 'CPU a record'];
	return section(title, columns, rows);
}

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

export function median(numbers: number[]): number {
	return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

export function spread(numbers: number[], unit = 'ms'): string {
	return `${Math.min(...numbers)} to ${Math.max(...numbers)} ${unit}`;
}

const milliseconds = (turns: Turn[]) => turns.map((turn) => turn.milliseconds);

const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
