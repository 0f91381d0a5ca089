import { setTimeout as sleep } from 'node:timers/promises';

import { check } from './check.cts';
import { readSettings } from './settings.cts';
import { table, withoutSecrets } from './table.cts';

/** How long a webhook's delivery may take, in milliseconds. */
const DELIVERY_LIMIT = 30_000;

async function main(): Promise<void> {
	const settings = readSettings(process.env);
	const write = process.argv.includes('--write');
	const patience = async () => await sleep(DELIVERY_LIMIT);
	const { findings, left } = await check({ settings, write, patience });
	const lines = [...table(findings), ...left.map((path) => `Please remove by hand: ${path}`)];
	console.log(withoutSecrets(lines.join('\n'), settings));
	// A different answer is a finding, not a failure. It is a failure if no answer is as expected.
	if (findings.every(({ verdict }) => verdict !== 'as expected')) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : 'The check stopped early');
	process.exitCode = 1;
});
