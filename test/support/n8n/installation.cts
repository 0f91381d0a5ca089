import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { cacheFolder } from './cache-folder.cts';
import { runNpm } from './command.cts';
import { provideNode, type NodeRuntime } from './node-runtime.cts';
import { tryLock, type Release } from './process-lock.cts';
import type { ReleaseLine } from './release-line.cts';
import { reportProgress, type Report } from './report.cts';
import { provideSqlite } from './sqlite.cts';
import { chosenVersion, releaseLineOf } from './versions.cts';

/** On the slowest lines. */
const NPM_MINUTES = 60;

/** How long a first start, which installs n8n, may take in milliseconds. */
export const INSTALLATION_LIMIT = (NPM_MINUTES + 15) * 60_000;

/** An n8n that is ready to be started. */
export interface Installation extends NodeRuntime {
	/** n8n's program, a script for `node`. */
	n8n: string;
	version: string;
	releaseLine: ReleaseLine;
}

/**
 * Returns an n8n from the cache, by default the one that N8N_VERSION asks for. Installs it there first if it
 * is missing.
 */
export async function installN8n(report: Report, version = chosenVersion()): Promise<Installation> {
	const releaseLine = releaseLineOf(version);
	const cache = cacheFolder();
	await mkdir(cache, { recursive: true });
	const release = await waitForLock(join(cache, 'installation.lock'), report);
	try {
		const runtime = await provideNode(releaseLine.nodeMajors, cache, report);
		const folder = join(cache, `n8n-${version}`);
		// Written last: a folder without it is left over from an interrupted installation.
		const marker = join(folder, 'installation-complete');
		if (!existsSync(marker)) {
			await installInto(folder, version, runtime, report);
			await writeFile(marker, '');
		}
		const n8n = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
		return { ...runtime, n8n, version, releaseLine };
	} finally {
		await release();
	}
}

async function installInto(
	folder: string,
	version: string,
	runtime: NodeRuntime,
	report: Report,
): Promise<void> {
	const { overrides, effort } = releaseLineOf(version);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder);
	const manifest = { private: true, dependencies: { n8n: version }, overrides };
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));

	const title = `Installing n8n ${version}`;
	report(`${title} into ${folder} (once, ${effort})`);
	await reportProgress(title, report, async () => {
		const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
		await runNpm(args, { folder, programs: runtime.programs, limitMinutes: NPM_MINUTES });
	});
	await provideSqlite(folder, runtime, report);
}

async function waitForLock(file: string, report: Report): Promise<Release> {
	for (let holder: number | undefined; ; await sleep(1000)) {
		const lock = await tryLock(file);
		if (typeof lock === 'function') return lock;
		if (lock !== holder) report(`Waiting for process ${lock}, which is installing n8n`);
		holder = lock;
	}
}
