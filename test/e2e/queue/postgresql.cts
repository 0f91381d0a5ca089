import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { freePort } from '../../support/free-port.cts';
import { runCommand } from '../../support/n8n/command.cts';
import { removeFolder } from '../../support/n8n/temporary-folder.cts';
import { type BackgroundProgram, startBackgroundProgram } from './background-program.cts';
import type { DebianPrograms } from './debian-programs.cts';
import { freezeProcesses } from './frozen-processes.cts';
import { ownFolder, underOwnUser } from './own-user.cts';

export const DATABASE_USER = 'n8n';
/** The one that a new PostgreSQL comes with. */
export const DATABASE = 'postgres';

// n8n keeps a few connections for each of its processes.
const CONNECTIONS = '100';

/** A PostgreSQL that only this process uses. */
export interface Postgresql extends BackgroundProgram {
	/** The rows that a SELECT returns. */
	query<Row>(sql: string): Promise<Row[]>;
	/** Lets it stand still for a while, as on an overloaded machine: connections stay, and nothing is answered. */
	freeze(milliseconds: number): Promise<void>;
	/** Ends it, and starts it again with the same data after a while. Whoever is connected loses the connection. */
	restart(milliseconds: number): Promise<void>;
}

/** Starts a PostgreSQL with an empty database that asks for no password. */
export async function startPostgresql(programs: DebianPrograms): Promise<Postgresql> {
	const [folder, port] = await Promise.all([ownFolder('postgresql'), freePort()]);
	const data = join(folder, 'data');
	const [command, initArgs] = underOwnUser(programs.initdb, [
		...['--pgdata', data, '--username', DATABASE_USER, '--auth', 'trust'],
		...['--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
	]);
	await runCommand(command, initArgs, { folder });

	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		max_connections: CONNECTIONS,
		// The data need not outlive a power cut.
		fsync: 'off',
		synchronous_commit: 'off',
	};
	const settingArgs = Object.entries(settings).flatMap(([name, value]) => [
		'-c',
		`${name}=${value}`,
	]);
	const args = ['-D', data, '-p', String(port), ...settingArgs];
	const start = async () => await startBackgroundProgram(programs.postgres, args, folder, port);
	let postgresql = await start();
	const connection = ['--host', '127.0.0.1', '--port', String(port), '--username', DATABASE_USER];
	return {
		port,
		get processId() {
			return postgresql.processId;
		},
		async freeze(milliseconds) {
			const goOn = await freezeProcesses(postgresql.processId);
			await sleep(milliseconds);
			goOn();
		},
		async restart(milliseconds) {
			await postgresql.stop();
			await sleep(milliseconds);
			postgresql = await start();
		},
		async query(sql) {
			const plain = ['--no-psqlrc', '--tuples-only', '--no-align'];
			const asJson = `SELECT coalesce(json_agg(rows), '[]') FROM (${sql}) rows`;
			const queryArgs = [...connection, ...plain, '--command', asJson, DATABASE];
			return JSON.parse(await runCommand(programs.psql, queryArgs, { folder }));
		},
		async stop() {
			await postgresql.stop();
			removeFolder(folder);
		},
	};
}
