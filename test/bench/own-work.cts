import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSandbox } from '../sandbox/sandbox.cts';
import { PROJECT_FOLDER } from '../support/n8n/stage.cts';
import { median, section, spread } from './table.cts';

/** What `own-work-process.cts` prints: the CPU milliseconds of each round of `count` creates. */
export interface OwnWork {
	count: number;
	node: number[];
	helper: number[];
}

/**
 * A section on the CPU time that the node itself adds to n8n's HTTP helper. Measures the built package in
 * n8n's engine.
 */
export async function ownWorkSection(): Promise<string> {
	const sandbox = await startSandbox({ seed: false });
	try {
		const { url, username, password } = sandbox;
		const program = join(__dirname, 'own-work-process.cts');
		const { stdout } = await promisify(execFile)(
			process.execPath,
			['--require', 'tsx/cjs', program, url, username, password],
			{ cwd: PROJECT_FOLDER, env: { ...process.env, N8N_LOG_LEVEL: 'silent' } },
		);
		const { count, node, helper } = JSON.parse(stdout) as OwnWork;
		const row = (name: string, cpu: number[]) => {
			const each = cpu.map((milliseconds) => milliseconds / count);
			const ratio = (median(cpu) / median(helper)).toFixed(2);
			return [name, `${median(each).toFixed(3)} ms`, spread(each, 3), ratio];
		};
		return section(
			"CPU time of a create in n8n's engine",
			['', 'median', 'spread', 'bare loop = 1'],
			[row('1CRM', node), row("A bare loop of n8n's HTTP helper", helper)],
		);
	} finally {
		await sandbox.stop();
	}
}
