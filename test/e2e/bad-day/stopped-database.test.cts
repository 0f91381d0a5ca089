import { setTimeout as sleep } from 'node:timers/promises';

import { recordsClient } from '../../support/client.cts';
import { type ExecutionSummary, isFinished } from '../../support/n8n/execution.cts';
import { INSTALLATION_LIMIT } from '../../support/n8n/installation.cts';
import { poll } from '../../support/n8n/poll.cts';
import { requireNewestLine } from '../../support/n8n/versions.cts';
import { activateChanges, type CalledWorkflow } from '../queue/activate-bulk.cts';
import type { Postgresql } from '../queue/postgresql.cts';
import { type QueueStage, startQueueStage } from '../queue/queue-stage.cts';
import { eventWorkflow } from '../queue/workflows.cts';
import { reportToStderr } from '../report-to-stderr.cts';

const TEST_LIMIT = 15 * 60_000;
const WAIT_LIMIT = 5 * 60_000;

const STOP_MS = 10_000;
const EVENTS = 20;

let stage: QueueStage;
let eventsId: string;
let changes: CalledWorkflow;

beforeAll(async () => {
	requireNewestLine('The tests of a stopped database');
	stage = await startQueueStage(reportToStderr);
	const { client, credential } = stage;
	eventsId = (await client.createWorkflow(eventWorkflow(credential))).id;
	await client.activate(eventsId);
	// As docs/queue-mode.md recommends it.
	const options = { startFrom: '={{ $now.minus({ hours: 1 }) }}' };
	changes = await activateChanges(stage, 'changes', options);
	await runChanges();
}, INSTALLATION_LIMIT + TEST_LIMIT);

afterAll(async () => {
	await stage?.stop();
}, TEST_LIMIT);

/** The last execution of Get Changes, if there is one. */
async function lastRun(): Promise<ExecutionSummary | undefined> {
	const sql = `SELECT id::text, status, mode FROM execution_entity WHERE "workflowId" = '${changes.id}' ORDER BY execution_entity.id DESC LIMIT 1`;
	return (await stage.database.query<ExecutionSummary>(sql)).at(0);
}

/** Runs Get Changes, and writes what it returns. */
async function runChanges(): Promise<void> {
	const before = await lastRun();
	await poll('n8n to accept calls', WAIT_LIMIT, async () => {
		// It answers 503 until it has noticed that its database is back.
		return await changes.run([]).then(
			() => true,
			() => undefined,
		);
	});
	// One that couldn't store its end may be shown as running for hours.
	await poll('the end of the run', WAIT_LIMIT, async () => {
		const last = await lastRun();
		return (last && last.id !== before?.id && isFinished(last)) || undefined;
	});
}

/** How often each of these names is that of a record. */
function timesStored(module: string, field: string, names: string[]): number[] {
	const values = stage.sandbox.records(module).map((record) => record[field]);
	return names.map((name) => values.filter((value) => value === name).length);
}

/** Creates contacts, some before the database stops, some while it is away, and some soon after. */
async function createContacts(stop: () => Promise<void>): Promise<string[]> {
	const http = recordsClient(stage.sandbox, 'Contact');
	const ids: string[] = [];
	const create = async (count: number) => {
		for (let number = 0; number < count; number++) {
			ids.push((await http.post<{ id: string }>('', { data: { last_name: 'Event' } })).data.id);
			await sleep(STOP_MS / EVENTS);
		}
	};
	await create(EVENTS / 4);
	await Promise.all([stop(), create(EVENTS)]);
	await create(EVENTS / 4);
	await stage.sandbox.settle();
	return ids;
}

/** The contacts whose delivery n8n has answered with a success. */
function answered(ids: string[]): string[] {
	const delivered = stage.sandbox.deliveries.filter(({ status }) => status === 200);
	return ids.filter((id) => delivered.some(({ body }) => Object(body).id === id));
}

const STOPS: Array<[string, (database: Postgresql) => Promise<void>]> = [
	['stands still', async (database) => await database.freeze(STOP_MS)],
	['ends and starts again', async (database) => await database.restart(STOP_MS)],
];

describe.each(STOPS)('A database that %s for ten seconds', (_what, stop) => {
	it(
		'loses no event that n8n has answered, and Get Changes returns the others',
		async () => {
			const { database } = stage;
			const ids = await createContacts(async () => await stop(database));
			const taken = answered(ids);
			reportToStderr(`${taken.length} of ${ids.length} events were answered`);
			expect(taken.length).toBeGreaterThan(0);
			await poll('the accounts of the answered events', WAIT_LIMIT, async () => {
				return timesStored('Account', 'name', taken).every((times) => times > 0) || undefined;
			});
			expect(Math.max(...timesStored('Account', 'name', ids))).toBe(1);

			await runChanges();
			expect(timesStored('Lead', 'last_name', ids)).toEqual(ids.map(() => 1));
		},
		TEST_LIMIT,
	);

	it(
		'loses no change if Get Changes cannot store its cursor meanwhile',
		async () => {
			const { database, sandbox } = stage;
			const first = sandbox.insert('Contact', { last_name: 'Before' });
			sandbox.hold({ method: 'POST', path: /^\/data\/Lead$/ });
			await changes.run([]);
			await poll('the changes', WAIT_LIMIT, async () => sandbox.held > 0 || undefined);
			const stopped = stop(database);
			await sleep(STOP_MS / 5);
			sandbox.release();
			const second = sandbox.insert('Contact', { last_name: 'Meanwhile' });
			await stopped;

			await runChanges();
			await runChanges();
			expect(timesStored('Lead', 'last_name', [first, second])).toEqual([1, 1]);
		},
		TEST_LIMIT,
	);
});
