import type { Finding } from './check.cts';
import type { Settings } from './settings.cts';

const HEADINGS = ['Fact', 'Expected', 'This server', 'Consequence'];

/** The findings as lines of a table. It contains a consequence only if the server differs. */
export function table(findings: Finding[]): string[] {
	const rows = findings.map(({ name, expectation, answer, consequence, verdict }) => {
		if (verdict === 'not asked') return [name, expectation, '-', `Not asked: ${answer}`];
		return [name, expectation, answer, verdict === 'different' ? consequence : 'as expected'];
	});
	const widths = HEADINGS.map((heading, column) =>
		Math.max(...[heading, ...rows.map((row) => row[column])].map(({ length }) => length)),
	);
	const line = (cells: string[]) =>
		cells
			.map((cell, column) => cell.padEnd(widths[column]))
			.join('  ')
			.trimEnd();
	return [line(HEADINGS), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

/** Removes all secrets from a text, in case the server sent them back. */
export function withoutSecrets(text: string, { password, client }: Settings): string {
	const secrets = [password, client?.secret].filter((secret) => secret !== undefined);
	return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
