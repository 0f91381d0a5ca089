import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.cts';
import type { N8nClient } from '../n8n/client.cts';
import type { SavedCredential } from '../n8n/definitions.cts';
import { freePort } from '../n8n/free-port.cts';
import { installN8n } from '../n8n/installation.cts';
import type { N8nProcess } from '../n8n/n8n-process.cts';
import { packPackage } from '../n8n/package-tarball.cts';
import type { Report } from '../n8n/report.cts';
import { PACKAGE_NAME, PROJECT_FOLDER, provideCredential, signIn } from '../stage.cts';
import { removeFolder, temporaryFolder } from '../temporary-folder.cts';
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
	webhookUrl: string;
	database: Postgresql;
	/** Starts one more worker, and resolves when it takes executions. */
	addWorker(): Promise<N8nProcess>;
	stop(): Promise<void>;
}

/** Builds and packs this package, and starts everything that n8n needs in queue mode. */
export async function startQueueStage(report: Report): Promise<QueueStage> {
	const programs = await findDebianPrograms();
	const installation = await installN8n(report);

	const endings: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of endings.splice(0).reverse()) await end();
	};
	try {
		const folder = await temporaryFolder(`${PACKAGE_NAME}-queue`);
		endings.push(async () => removeFolder(folder));
		report('Building and packing the package');
		const tarball = await packPackage(PROJECT_FOLDER, join(folder, 'package'));

		const redis = await startRedis(programs.redisServer);
		endings.push(async () => await redis.stop());
		const postgresql = await startPostgresql(programs);
		endings.push(async () => await postgresql.stop());
		const sandbox = await startSandbox();
		endings.push(async () => await sandbox.stop());

		const webhookPort = await freePort();
		const webhookUrl = `http://127.0.0.1:${webhookPort}`;
		const services = { redisPort: redis.port, postgresqlPort: postgresql.port, webhookUrl };
		const environment = queueEnvironment(services);
		const options = { installation, tarball, folder, environment, report };
		const keep = <Part extends N8nProcess>(part: Part): Part => {
			endings.push(async () => await part.stop());
			return part;
		};
		let workersStarted = 0;
		const addWorker = async () => keep(await startWorker(`worker-${++workersStarted}`, options));

		const main = keep(await startMain(options));
		const [first, second] = await Promise.all([
			addWorker(),
			addWorker(),
			startWebhookProcess(webhookPort, options).then(keep),
		]);

		const client = await signIn(main, installation);
		const credential = await provideCredential(client, sandbox);
		return {
			sandbox,
			client,
			credential,
			workers: [first, second],
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
