import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

import { poll } from '../../support/n8n/poll.cts';
import { killProcessGroup, startProcessGroup } from '../../support/n8n/process-group.cts';
import { underOwnUser } from './own-user.cts';

/** A server that only this process uses. */
export interface BackgroundProgram {
	port: number;
	processId: number;
	stop(): Promise<void>;
}

const START_LIMIT = 60_000;
const STOP_GRACE = 10_000;

/** Starts a server in its own folder, and resolves when its port on loopback accepts connections. */
export async function startBackgroundProgram(
	program: string,
	args: string[],
	folder: string,
	port: number,
): Promise<BackgroundProgram> {
	const logFile = join(folder, 'output.log');
	const log = await open(logFile, 'w');
	const [command, commandArgs] = underOwnUser(program, args);
	const child = startProcessGroup(command, commandArgs, {
		cwd: folder,
		stdio: ['ignore', log.fd, log.fd],
	});
	await log.close();
	const ended = once(child, 'exit');
	const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

	try {
		await poll(`${program} on port ${port}`, START_LIMIT, async () => {
			if (hasEnded()) throw new Error(`${program} stopped during its start`);
			return (await takesConnections(port)) || undefined;
		});
	} catch (error) {
		killProcessGroup(child);
		throw new Error(`${program} didn't start:\n${await readFile(logFile, 'utf8')}`, {
			cause: error,
		});
	}
	return {
		port,
		processId: child.pid ?? 0,
		async stop() {
			if (hasEnded()) return;
			const grace = setTimeout(() => killProcessGroup(child), STOP_GRACE);
			// To both servers this means: end now, in order, whoever may still be connected.
			child.kill('SIGINT');
			await ended;
			clearTimeout(grace);
		},
	};
}

async function takesConnections(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
