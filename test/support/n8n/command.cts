import { delimiter } from 'node:path';

import { killProcessGroup, startProcessGroup } from './process-group.cts';

interface CommandOptions {
	folder: string;
	environment?: Record<string, string>;
	/** A folder whose programs take precedence over those of the PATH. */
	programs?: string;
	limitMinutes?: number;
}

const OUTPUT_LINES_IN_ERROR = 20;

/** Runs a program to its end and returns its standard output. An error contains the end of the output. */
export async function runCommand(
	command: string,
	args: string[],
	{ folder, environment, programs, limitMinutes = 30 }: CommandOptions,
): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = startProcessGroup(command, args, {
			cwd: folder,
			env: { ...environmentWithPrograms(programs), ...environment },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let standardOutput = '';
		let everything = '';
		child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			standardOutput += text;
			everything += text;
		});
		child.stderr?.setEncoding('utf8').on('data', (text: string) => (everything += text));

		const limit = setTimeout(() => killProcessGroup(child), limitMinutes * 60_000);
		child.once('error', (error) => {
			clearTimeout(limit);
			reject(error);
		});
		child.once('close', (code, signal) => {
			clearTimeout(limit);
			if (code === 0) return resolve(standardOutput);
			const end = everything.trimEnd().split('\n').slice(-OUTPUT_LINES_IN_ERROR).join('\n');
			const reason = signal ? `was ended by ${signal}` : `failed with exit code ${code}`;
			reject(new Error(`"${[command, ...args].join(' ')}" ${reason}:\n${end}`));
		});
	});
}

/** Runs npm: the one that runs this process, else the one of the PATH. */
export async function runNpm(args: string[], options: CommandOptions): Promise<string> {
	const npm = process.env.npm_execpath;
	if (npm?.endsWith('npm-cli.js')) return await runCommand('node', [npm, ...args], options);
	if (process.platform !== 'win32') return await runCommand('npm', args, options);
	return await runCommand('cmd', ['/c', 'npm', ...args], options);
}

function environmentWithPrograms(programs: string | undefined): NodeJS.ProcessEnv {
	if (!programs) return process.env;
	return { ...process.env, PATH: [programs, process.env.PATH].join(delimiter) };
}
