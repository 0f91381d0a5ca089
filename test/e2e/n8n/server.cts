import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { environmentOf } from './environment.cts';
import { freePort } from './free-port.cts';
import type { Installation } from './installation.cts';
import { killProcessGroup, startProcessGroup } from './process-group.cts';
import { reportProgress, type Report } from './report.cts';

export interface ServerOptions {
	installation: Installation;
	/** Holds all that n8n keeps: its `.n8n` with the packages installed there, and its log. */
	userFolder: string;
	/** Set over the environment that a server gets otherwise. */
	environment?: Record<string, string>;
	preferredPort?: number;
	report: Report;
}

/** A running n8n. */
export interface N8nServer {
	url: string;
	logFile: string;
	processId: number;
	/** Holds its database. */
	userFolder: string;
	/** The Node.js that runs it. */
	node: string;
	/** Resolves when n8n has ended, for whatever reason. */
	ended: Promise<void>;
	/** Lets n8n end in order, kills it after a grace time, and resolves once it is gone. */
	stop(): Promise<void>;
	/** Ends n8n at once, as a power cut would, and resolves once it is gone. */
	kill(): Promise<void>;
}

const END_WITH_PARENT = join(__dirname, 'end-with-parent.cjs');
const START_LIMIT = 5 * 60_000;
const STOP_GRACE = 20_000;
const LOG_LINES_IN_ERROR = 30;

/** Starts n8n on loopback and resolves when its REST API answers. */
export async function startN8n(options: ServerOptions): Promise<N8nServer> {
	const { installation, userFolder, environment, preferredPort, report } = options;
	await mkdir(userFolder, { recursive: true });
	const [port, brokerPort] = await Promise.all([freePort(preferredPort), freePort()]);
	const url = `http://127.0.0.1:${port}`;

	const logFile = join(userFolder, 'n8n.log');
	const log = await open(logFile, 'w');
	const args = ['--require', END_WITH_PARENT, installation.n8n, 'start'];
	const child = startProcessGroup(installation.node, args, {
		// n8n reads a .env file of the folder that it is started in.
		cwd: userFolder,
		env: { ...environmentOf({ installation, userFolder, port, brokerPort, url }), ...environment },
		stdio: ['ignore', log.fd, log.fd, 'ipc'],
	});
	const ended = once(child, 'exit').then(() => killProcessGroup(child));
	await log.close();
	const kill = async () => {
		killProcessGroup(child);
		await ended;
	};

	report('Starting n8n (longer the first time, while it makes its database)');
	try {
		await reportProgress('Starting n8n', report, async () => await waitUntilReady(url, child));
	} catch (error) {
		await kill();
		throw new Error(`n8n did not start. The end of ${logFile}:\n${await endOf(logFile)}`, {
			cause: error,
		});
	}

	return {
		url,
		logFile,
		processId: child.pid ?? 0,
		userFolder,
		node: installation.node,
		ended,
		kill,
		async stop() {
			const grace = setTimeout(() => killProcessGroup(child), STOP_GRACE);
			child.kill('SIGTERM');
			await ended;
			clearTimeout(grace);
		},
	};
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
	const limit = Date.now() + START_LIMIT;
	while (child.exitCode === null && child.signalCode === null) {
		// /healthz answers long before the REST API is there.
		const answer = await axios
			.get<{ data?: object }>(`${url}/rest/settings`, { proxy: false, timeout: 5000 })
			.catch(() => undefined);
		if (answer?.data.data) return;
		if (Date.now() > limit) throw new Error(`n8n gave no answer within ${START_LIMIT / 1000} s`);
		await sleep(200);
	}
	throw new Error('n8n ended while it started');
}

async function endOf(logFile: string): Promise<string> {
	const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
	return lines.slice(-LOG_LINES_IN_ERROR).join('\n');
}
