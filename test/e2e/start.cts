import { join } from 'node:path';

import { installN8n } from '../support/n8n/installation.cts';
import { PROJECT_FOLDER } from '../support/n8n/stage.cts';
import { runExamplesOnce } from './once.cts';
import { openPlayground } from './playground.cts';
import { Termination } from './termination.cts';

const EXAMPLES_FOLDER = join(PROJECT_FOLDER, 'examples');
const ONCE_LIMIT_MINUTES = 10;

async function main(): Promise<number> {
	const termination = new Termination();
	await installN8n(console.log);
	if (!process.argv.includes('--once')) {
		await openPlayground(EXAMPLES_FOLDER, termination, console.log);
		return 0;
	}
	setTimeout(() => {
		console.error(`Not finished within ${ONCE_LIMIT_MINUTES} minutes`);
		process.exit(1);
	}, ONCE_LIMIT_MINUTES * 60_000);
	return (await runExamplesOnce(EXAMPLES_FOLDER, console.log)) ? 0 : 1;
}

main().then(
	(exitCode) => process.exit(exitCode),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
