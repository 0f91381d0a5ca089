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
	const committed = await readFile(PAGE, 'utf8');
	let { page, broken } = await runAndDescribe(committed);
	if (isCheck && page !== committed) {
		// On a busy machine, an answer can come too late. Who changes what a fault does sees it twice.
		console.error('docs/reliability.md differs. Running once more');
		({ page, broken } = await runAndDescribe(committed));
	}
	const differs = page !== committed;
	if (differs && !isCheck) await writeFile(PAGE, page);
	if (differs && isCheck) {
		for (const line of newLines(committed, page)) console.error(line);
		console.error('docs/reliability.md is out of date. Run "npm run faults"');
	}
	if (broken > 0 || (differs && isCheck)) process.exitCode = 1;
}

/** Runs the matrix, and returns the committed page with what it has shown. */
async function runAndDescribe(committed: string): Promise<{ page: string; broken: number }> {
	const outcomes = await runMatrix((done) => {
		if (done % REPORT_EVERY === 0) console.error(`${done} runs`);
	});
	const broken = outcomes.flatMap(brokenRulesOf);
	for (const line of broken) console.error(line);
	console.log(`${outcomes.length} runs, ${broken.length} broken rules`);
	const [before, rest = ''] = committed.split(BEGIN);
	const [, after = ''] = rest.split(END);
	const text = `${before}${BEGIN}\n\n${faultsSection(outcomes)}\n${END}${after}`;
	return {
		page: await format(text, { parser: 'markdown', filepath: PAGE }),
		broken: broken.length,
	};
}

function newLines(before: string, after: string): string[] {
	const known = new Set(before.split('\n'));
	return after.split('\n').filter((line) => !known.has(line));
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
