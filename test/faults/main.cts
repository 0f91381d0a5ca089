import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { faultsSection } from './page.cts';
import { runMatrix } from './matrix.cts';
import { operationName } from './operations/operations.cts';
import type { Outcome } from './outcome.cts';
import { brokenRules } from './rules.cts';

const PAGE = join(__dirname, '..', '..', 'docs', 'reliability.md');
const BEGIN = '<!-- Made by "npm run faults" -->';
const END = '<!-- End of what "npm run faults" made -->';
const REPORT_EVERY = 200;

/** Runs the matrix and writes the page, or with `--check` compares it. */
async function main(isCheck: boolean): Promise<void> {
	const outcomes = await runMatrix((done) => {
		if (done % REPORT_EVERY === 0) console.error(`${done} runs`);
	});
	const broken = outcomes.flatMap(brokenRulesOf);
	for (const line of broken) console.error(line);
	const committed = await readFile(PAGE, 'utf8');
	const [before, rest = ''] = committed.split(BEGIN);
	const [, after = ''] = rest.split(END);
	const text = `${before}${BEGIN}\n\n${faultsSection(outcomes)}\n${END}${after}`;
	const page = await format(text, { parser: 'markdown', filepath: PAGE });
	const differs = page !== committed;
	if (differs && !isCheck) await writeFile(PAGE, page);
	if (differs && isCheck) console.error('docs/reliability.md is out of date. Run "npm run faults"');
	console.log(`${outcomes.length} runs, ${broken.length} broken rules`);
	if (broken.length > 0 || (differs && isCheck)) process.exitCode = 1;
}

function brokenRulesOf(outcome: Outcome): string[] {
	const { fault, mode, operation, error, held } = outcome;
	const what = `${operationName(operation)} struck ${mode} by "${fault.name}"`;
	const seen = error ? `"${error.message}" (${error.description})` : 'a success';
	return brokenRules(outcome).map((rule) => `${what} ${rule}: ${seen}, ${held}`);
}

main(process.argv.includes('--check')).catch((error: unknown) => {
	console.error(error);
	// The other runs would go on.
	process.exit(1);
});
