import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.cts';
import { freePort } from '../../support/free-port.cts';
import type { N8nClient } from '../../support/n8n/client.cts';
import type { SavedCredential } from '../../support/n8n/definitions.cts';
import { installN8n } from '../../support/n8n/installation.cts';
import type { N8nProcess } from '../../support/n8n/n8n-process.cts';
import { packPackage } from '../../support/n8n/package-tarball.cts';
import type { Report } from '../../support/n8n/report.cts';
import {
	PACKAGE_NAME,
	PROJECT_FOLDER,
	provideCredential,
	signIn,
} from '../../support/n8n/stage.cts';
import { removeFolder, temporaryFolder } from '../../support/n8n/temporary-folder.cts';
import { findDebianPrograms } from './debian-programs.cts';
import { type Postgresql, startPostgresql } from './postgresql.cts';
import { queueEnvironment } from './queue-environment.cts';
import { startMain, startWebhookProcess, startWorker } from './queue-processes.cts';
import { startRedis } from './redis.cts';

/** A sandbox 1CRM and an n8n in queue mode with this package: a main process, two workers and one for webhooks. */
export interface QueueStage {
	sandbox: Sandbox;
	client: N8nClient;
	credential: SavedCredential;
	workers: [N8nProcess, N8nProcess];
	/** The process that receives the calls of webhooks. */
	webhookProcess: N8nProcess;
	webhookUrl: string;
	database: Postgresql;
	/** Starts another worker, and resolves when it accepts executions. */
	addWorker(): Promise<N8nProcess>;
	stop(): Promise<void>;
}

/** Packs this package, and starts everything that n8n needs in queue mode. */
export async function startQueueStage(report: Report): Promise<QueueStage> {
	const programs = await findDebianPrograms();
	const installation = await installN8n(report);

	const endings: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of endings.splice(0).reverse()) await end();
	};
	/** What is still starting when the stage stops is stopped as soon as it has started. */
	const keep = async <Part extends { stop(): Promise<void> }>(
		starting: Promise<Part>,
	): Promise<Part> => {
		endings.push(async () => {
			const part = await starting.catch(() => undefined);
			await part?.stop();
		});
		return await starting;
	};
	try {
		const folder = await temporaryFolder(`${PACKAGE_NAME}-queue`);
		endings.push(async () => removeFolder(folder));
		report('Packing the package');
		const tarball = await packPackage(PROJECT_FOLDER, join(folder, 'package'));

		const redis = await keep(startRedis(programs.redisServer));
		const postgresql = await keep(startPostgresql(programs));
		const sandbox = await keep(startSandbox());

		const webhookPort = await freePort();
		const webhookUrl = `http://127.0.0.1:${webhookPort}`;
		const services = { redisPort: redis.port, postgresqlPort: postgresql.port, webhookUrl };
		const environment = queueEnvironment(services);
		const options = { installation, tarball, folder, environment, report };
		let workersStarted = 0;
		const addWorker = async () => await keep(startWorker(`worker-${++workersStarted}`, options));

		const main = await keep(startMain(options));
		const [first, second, webhookProcess] = await Promise.all([
			addWorker(),
			addWorker(),
			keep(startWebhookProcess(webhookPort, options)),
		]);

		const client = await signIn(main, installation);
		const credential = await provideCredential(client, sandbox);
		return {
			sandbox,
			client,
			credential,
			workers: [first, second],
			webhookProcess,
			webhookUrl,
			database: postgresql,
			addWorker,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
