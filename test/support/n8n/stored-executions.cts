import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { type Execution, readExecution, type StoredExecution } from './execution.cts';
import { poll } from './poll.cts';
import type { N8nServer } from './server.cts';

/** An execution with its times, in milliseconds since 1970. */
interface TimedExecution extends Execution {
	startedAt: number;
	stoppedAt: number;
}

interface Row extends StoredExecution {
	startedAt: string;
	stoppedAt: string;
}

type Database = Pick<N8nServer, 'installation' | 'userFolder'>;

const FROM = `FROM execution_entity e JOIN execution_data d ON d.executionId = e.id
	WHERE e.workflowId = ? AND e.status NOT IN ('new', 'running', 'waiting')`;

/** SQLite's columns for times are UTC, but don't say so. */
const time = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);

/**
 * All executions of a workflow that have ended, well or badly, the oldest first. Read from n8n's database, because n8n hands
 * them out one by one.
 */
export async function finishedExecutions(
	database: Database,
	workflowId: string,
): Promise<TimedExecution[]> {
	const columns = 'e.id, e.status, e.mode, e.startedAt, e.stoppedAt, d.data';
	const rows = await query<Row>(database, `SELECT ${columns} ${FROM} ORDER BY e.id`, workflowId);
	return rows.map((row) => ({
		...readExecution({ ...row, id: String(row.id) }),
		startedAt: time(row.startedAt),
		stoppedAt: time(row.stoppedAt),
	}));
}

/** Resolves when this many executions of a workflow have ended, well or badly. */
export async function untilFinished(
	database: Database,
	workflowId: string,
	count: number,
	limit: number,
): Promise<void> {
	const isEnough = async () => {
		const sql = `SELECT count(*) AS finished ${FROM}`;
		const [{ finished }] = await query<{ finished: number }>(database, sql, workflowId);
		return finished >= count || undefined;
	};
	await poll(`${count} executions of the workflow`, limit, isEnough, POLL_INTERVAL);
}

/** Each look starts a process, which is not to slow n8n down. */
const POLL_INTERVAL = 1000;

const SCRIPT = `
const [n8n, file, sql, workflowId] = process.argv.slice(1);
const { Database, OPEN_READONLY } = require('node:module').createRequire(n8n)('sqlite3');
const database = new Database(file, OPEN_READONLY);
// n8n 1 locks all of it while it writes.
database.configure('busyTimeout', 60_000);
database.all(sql, workflowId, (error, rows) => {
	if (error) throw error;
	process.stdout.write(JSON.stringify(rows));
});
`;

const LARGEST_RESULT = 512 * 1024 * 1024;

/** With n8n's own SQLite: Node.js has one only since version 22. */
async function query<Result>(
	{ installation, userFolder }: Database,
	sql: string,
	workflowId: string,
): Promise<Result[]> {
	const file = join(userFolder, '.n8n', 'database.sqlite');
	const args = ['-e', SCRIPT, installation.n8n, file, sql, workflowId];
	const { stdout } = await promisify(execFile)(installation.node, args, {
		maxBuffer: LARGEST_RESULT,
	});
	return JSON.parse(stdout) as Result[];
}
