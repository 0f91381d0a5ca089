import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The programs that queue mode needs beside n8n. */
export interface DebianPrograms {
	redisServer: string;
	initdb: string;
	postgres: string;
	psql: string;
}

// Debian keeps the servers of all its versions of PostgreSQL here, out of the PATH.
const POSTGRESQL_VERSIONS = '/usr/lib/postgresql';

/** Finds the programs of Redis and PostgreSQL, or says what to install. */
export async function findDebianPrograms(): Promise<DebianPrograms> {
	const folders = [...(process.env.PATH ?? '').split(delimiter), ...(await postgresqlFolders())];
	const find = (name: string) => folders.map((folder) => join(folder, name)).find(existsSync);

	const redisServer = find('redis-server');
	const initdb = find('initdb');
	const postgres = find('postgres');
	const psql = find('psql');
	if (redisServer && initdb && postgres && psql && find('setpriv')) {
		return { redisServer, initdb, postgres, psql };
	}
	throw new Error(
		'Queue mode needs Redis and PostgreSQL on Linux. On Debian: apt-get install redis-server postgresql util-linux',
	);
}

/** The newest first. */
async function postgresqlFolders(): Promise<string[]> {
	if (!existsSync(POSTGRESQL_VERSIONS)) return [];
	const versions = (await readdir(POSTGRESQL_VERSIONS)).sort((a, b) => Number(b) - Number(a));
	return versions.map((version) => join(POSTGRESQL_VERSIONS, version, 'bin'));
}
