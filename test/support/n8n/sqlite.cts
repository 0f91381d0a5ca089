import { createRequire } from 'node:module';
import { join } from 'node:path';

import { runCommand, runNpm } from './command.cts';
import { provideCompiler } from './compiler.cts';
import type { NodeRuntime } from './node-runtime.cts';
import { reportProgress, type Report } from './report.cts';

/**
 * Completes sqlite3, n8n's only native part that npm delivers as source: downloads it prebuilt, or builds it.
 */
export async function provideSqlite(
	n8nFolder: string,
	runtime: NodeRuntime,
	report: Report,
): Promise<void> {
	const folder = join(n8nFolder, 'node_modules', 'sqlite3');
	const { node, programs } = runtime;
	const load = async () =>
		await runCommand(node, ['-e', "require('sqlite3')"], { folder: n8nFolder });

	report('Downloading the prebuilt sqlite3');
	try {
		const prebuildInstall = createRequire(join(folder, 'package.json')).resolve(
			'prebuild-install/bin.js',
		);
		await reportProgress('Downloading the prebuilt sqlite3', report, async () => {
			await runCommand(node, [prebuildInstall, '-r', 'napi'], { folder, limitMinutes: 3 });
		});
		await load();
		return;
	} catch {
		report('No prebuilt sqlite3 is available here, so it is built from source');
	}

	await provideCompiler(report);
	await reportProgress('Building sqlite3 (about a minute)', report, async () => {
		const environment = runtime.headers ? { npm_config_nodedir: runtime.headers } : undefined;
		await runNpm(['run', 'rebuild'], { folder, programs, environment });
	});
	await load();
}
