import { once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import type { Installation } from './installation.cts';
import { killProcessGroup, startProcessGroup } from './process-group.cts';
import { reportProgress, type Report } from './report.cts';

interface N8nProcessOptions {
	installation: Installation;
	/** The command for n8n, such as `start`, and its flags. */
	command: string[];
	/** Holds all that this process keeps: its `.n8n` with the packages installed there, and its log. */
	userFolder: string;
	environment: NodeJS.ProcessEnv;
}

/** A running process of n8n. */
export interface N8nProcess {
	logFile: string;
	processId: number;
	/** Resolves when n8n has ended, for whatever reason. */
	ended: Promise<void>;
	/** Lets n8n end in order, kills it after a grace time, and resolves once it is gone. */
	stop(): Promise<void>;
	/** Ends n8n at once, as a power cut would, and resolves once it is gone. */
	kill(): Promise<void>;
	/** Resolves once an address returns an answer that `isReady` accepts. Kills n8n if it never does. */
	answers(url: string, isReady: (answer: unknown) => boolean, report: Report): Promise<void>;
}

const START_LIMIT = 5 * 60_000;
const STOP_GRACE = 20_000;
const LOG_LINES_IN_ERROR = 30;

/** Starts a process of n8n, without waiting until it is ready. */
export async function startN8nProcess(options: N8nProcessOptions): Promise<N8nProcess> {
	const { installation, command, userFolder, environment } = options;
	await mkdir(userFolder, { recursive: true });
	const logFile = join(userFolder, 'n8n.log');
	const log = await open(logFile, 'w');
	const child = startProcessGroup(installation.node, [installation.n8n, ...command], {
		// n8n reads a .env file of the folder that it is started in.
		cwd: userFolder,
		env: environment,
		stdio: ['ignore', log.fd, log.fd],
	});
	let hasEnded = false;
	const ended = once(child, 'exit').then(() => {
		hasEnded = true;
		killProcessGroup(child);
	});
	await log.close();
	const kill = async () => {
		killProcessGroup(child);
		await ended;
	};

	return {
		logFile,
		processId: child.pid ?? 0,
		ended,
		kill,
		async stop() {
			const grace = setTimeout(() => killProcessGroup(child), STOP_GRACE);
			child.kill('SIGTERM');
			await ended;
			clearTimeout(grace);
		},
		async answers(url, isReady, report) {
			const what = `Starting n8n ${command[0]}`;
			try {
				await reportProgress(what, report, async () => {
					await waitUntilReady(url, isReady, () => hasEnded);
				});
			} catch (error) {
				await kill();
				throw new Error(
					`"n8n ${command[0]}" did not start. The end of ${logFile}:\n${await endOf(logFile)}`,
					{ cause: error },
				);
			}
		},
	};
}

async function waitUntilReady(
	url: string,
	isReady: (answer: unknown) => boolean,
	hasEnded: () => boolean,
): Promise<void> {
	const limit = Date.now() + START_LIMIT;
	while (!hasEnded()) {
		const answer = await axios
			.get<unknown>(url, { proxy: false, timeout: 5000 })
			.catch(() => undefined);
		if (answer && isReady(answer.data)) return;
		if (Date.now() > limit) throw new Error(`n8n didn't answer within ${START_LIMIT / 1000} s`);
		await sleep(200);
	}
	throw new Error('n8n stopped during its start');
}

async function endOf(logFile: string): Promise<string> {
	const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
	return lines.slice(-LOG_LINES_IN_ERROR).join('\n');
}
