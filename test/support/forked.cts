import { type ChildProcess, fork } from 'node:child_process';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';

/** In a folder from which the project's packages are found. */
const FOLDER = join(process.cwd(), 'node_modules', '.cache', 'n8n-nodes-1crm');

const bundles = new Map<string, string>();

/**
 * Starts a program of the tests in a process of its own, which waits for messages.
 * The program is put into one file before: `tsx` would read each of n8n's 1,300 files too, and take twice as
 * long to start.
 * @param source path of the `.cts` file; `__dirname` can't be used in what it imports
 */
export function forkProgram(source: string): ChildProcess {
	const bundle = bundles.get(source) ?? bundled(source);
	bundles.set(source, bundle);
	// Otherwise it would inherit the loader of whoever starts it.
	return fork(bundle, { execArgv: [] });
}

function bundled(source: string): string {
	const outfile = join(FOLDER, basename(source).replace(/\.cts$/, '.cjs'));
	buildSync({
		entryPoints: [source],
		bundle: true,
		platform: 'node',
		packages: 'external',
		outfile,
		logLevel: 'warning',
	});
	return outfile;
}
