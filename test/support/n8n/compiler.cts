import { tmpdir } from 'node:os';

import { runCommand } from './command.cts';
import { reportProgress, type Report } from './report.cts';

const TOOLS = ['python3', 'make', 'g++'];

/**
 * Makes sure that native parts can be built: installs the tools if it is allowed to, otherwise says what is
 * missing.
 */
export async function provideCompiler(report: Report): Promise<void> {
	// Windows has its own tools. node-gyp finds them, or explains that they are missing.
	if (process.platform === 'win32') return;
	const missing = await missingTools();
	if (missing.length === 0) return;

	const isRoot = process.getuid?.() === 0;
	if (!isRoot || !(await isInstalled('apt-get'))) {
		throw new Error(
			`Building sqlite3 needs ${missing.join(', ')}. Install ${missing.length > 1 ? 'them' : 'it'} and run this again.`,
		);
	}
	const title = `Installing ${missing.join(', ')} with apt-get`;
	report(title);
	const options = { folder: tmpdir(), environment: { DEBIAN_FRONTEND: 'noninteractive' } };
	await reportProgress(title, report, async () => {
		await runCommand('apt-get', ['update'], options);
		await runCommand(
			'apt-get',
			['install', '--yes', '--no-install-recommends', ...missing],
			options,
		);
	});
}

async function missingTools(): Promise<string[]> {
	const installed = await Promise.all(TOOLS.map(isInstalled));
	return TOOLS.filter((_, index) => !installed[index]);
}

async function isInstalled(tool: string): Promise<boolean> {
	return await runCommand(tool, ['--version'], { folder: tmpdir() }).then(
		() => true,
		() => false,
	);
}
