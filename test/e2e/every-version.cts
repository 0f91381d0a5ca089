import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

import { TESTED_VERSIONS } from '../support/n8n/versions.cts';

const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
const config = join(__dirname, 'vitest.config.mjs');
const args = [vitest, 'run', '--config', config, ...process.argv.slice(2)];

/** Runs the tests in one version of n8n, and returns whether they passed. */
function passesIn(version: string): boolean {
	console.log(`\nn8n ${version}`);
	const env = { ...process.env, N8N_VERSION: version };
	return spawnSync(process.execPath, args, { env, stdio: 'inherit' }).status === 0;
}

const failed = TESTED_VERSIONS.filter((version) => !passesIn(version));
if (failed.length > 0) {
	console.error(`Failed in n8n ${failed.join(' and ')}`);
	process.exitCode = 1;
}
