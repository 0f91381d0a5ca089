import { join } from 'node:path';

import { type Sandbox, startSandbox } from '../../sandbox/sandbox.cts';
import { clientOf, recordsClient } from '../../support/client.cts';
import { freePort } from '../../support/free-port.cts';
import { isFinished } from '../../support/n8n/execution.cts';
import { INSTALLATION_LIMIT, installN8n } from '../../support/n8n/installation.cts';
import { installPackage, packPackage } from '../../support/n8n/package-tarball.cts';
import { poll } from '../../support/n8n/poll.cts';
import { type N8nServer, startN8n } from '../../support/n8n/server.cts';
import {
	PACKAGE_NAME,
	PROJECT_FOLDER,
	provideCredential,
	signIn,
} from '../../support/n8n/stage.cts';
import { removeFolder, temporaryFolder } from '../../support/n8n/temporary-folder.cts';
import { TESTED_VERSIONS } from '../../support/n8n/versions.cts';
import { inModule, TRIGGER, triggerWorkflow } from '../../support/n8n/workflows.cts';
import { findDebianPrograms } from '../queue/debian-programs.cts';
import { type Postgresql, startPostgresql } from '../queue/postgresql.cts';
import { databaseEnvironment } from '../queue/queue-environment.cts';
import { reportToStderr as report } from '../report-to-stderr.cts';

const WAIT_LIMIT = 3 * 60_000;
const TEST_LIMIT = 10 * 60_000;

/** n8n 1, which registers the webhooks of published workflows whenever it starts. */
const VERSION = TESTED_VERSIONS[TESTED_VERSIONS.length - 1];

let folder: string;
let database: Postgresql;
let sandbox: Sandbox;
let workflowId: string;
let startMains: (names: string[]) => Promise<N8nServer[]>;
let running: N8nServer[] = [];

beforeAll(async () => {
	const programs = await findDebianPrograms();
	const installation = await installN8n(report, VERSION);
	folder = await temporaryFolder('two-mains');
	const tarball = await packPackage(PROJECT_FOLDER, join(folder, 'package'));
	database = await startPostgresql(programs);
	sandbox = await startSandbox();

	// 1CRM reaches the first of them.
	const port = await freePort();
	const address = `http://127.0.0.1:${port}/`;
	const environment = {
		...databaseEnvironment(database.port),
		WEBHOOK_URL: address,
		N8N_WEBHOOK_URL: address,
	};
	const start = async (name: string): Promise<N8nServer> => {
		const userFolder = join(folder, name);
		const preferredPort = name === 'first' ? port : undefined;
		return await startN8n({ installation, userFolder, environment, preferredPort, report });
	};
	for (const name of ['first', 'second']) {
		await installPackage(tarball, PACKAGE_NAME, join(folder, name));
	}
	startMains = async (names) => {
		running = await Promise.all(names.map(start));
		return running;
	};

	const [main] = await startMains(['first']);
	const client = await signIn(main, installation);
	const credential = await provideCredential(client, sandbox);
	const parameters = { event: 'created', module: inModule('Contact'), options: {} };
	workflowId = (await client.createWorkflow(triggerWorkflow('Two mains', parameters, credential)))
		.id;
	await client.activate(workflowId);
	await main.stop();
}, INSTALLATION_LIMIT + TEST_LIMIT);

afterAll(async () => {
	await Promise.all(running.map(async (main) => await main.stop()));
	await sandbox?.stop();
	await database?.stop();
	if (folder) removeFolder(folder);
}, TEST_LIMIT);

/** Removes all webhooks, as an administrator of 1CRM can do it: both processes then register them. */
async function removeWebhooks(): Promise<void> {
	for (const { id } of [...sandbox.webhooks]) await clientOf(sandbox).delete(`/webhooks/${id}`);
	expect(sandbox.webhooks).toEqual([]);
}

it.each([
	['has its webhook', async () => {}],
	['has lost its webhook', removeWebhooks],
	['has lost its webhook again', removeWebhooks],
])(
	'starts a workflow that %s once for each event',
	async (_what, prepare) => {
		await prepare();
		const [main, other] = await startMains(['first', 'second']);
		const client = await signIn(main, main.installation);
		const { length } = await client.executions(workflowId);
		const http = recordsClient(sandbox, 'Contact');
		const ids: string[] = [];
		for (let number = 0; number < 5; number++) {
			ids.push((await http.post<{ id: string }>('', { data: { last_name: 'Event' } })).data.id);
		}
		await sandbox.settle();
		report(`${sandbox.webhooks.length} webhooks`);
		const executions = await poll('the executions', WAIT_LIMIT, async () => {
			const all = await client.executions(workflowId);
			const isEnough = all.length >= length + ids.length && all.every(isFinished);
			return isEnough ? all.slice(0, all.length - length) : undefined;
		});
		const records: unknown[] = [];
		for (const { id } of executions) {
			const { nodeOutputs } = await client.execution(id);
			records.push(nodeOutputs[TRIGGER][0].json.recordId);
		}
		expect(records.sort()).toEqual(ids.sort());
		await Promise.all([main.kill(), other.kill()]);
	},
	TEST_LIMIT,
);

it(
	'leaves no webhook of a workflow that is unpublished in one of them',
	async () => {
		const [main, other] = await startMains(['first', 'second']);
		const client = await signIn(main, main.installation);
		await client.deactivate(workflowId);
		expect(sandbox.webhooks).toEqual([]);
		await Promise.all([main.stop(), other.stop()]);
		expect(sandbox.webhooks).toEqual([]);
	},
	TEST_LIMIT,
);
