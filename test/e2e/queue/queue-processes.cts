import { join } from 'node:path';

import { freePort } from '../../support/free-port.cts';
import { environmentOf } from '../../support/n8n/environment.cts';
import type { Installation } from '../../support/n8n/installation.cts';
import { type N8nProcess, startN8nProcess } from '../../support/n8n/n8n-process.cts';
import { installPackage } from '../../support/n8n/package-tarball.cts';
import type { Report } from '../../support/n8n/report.cts';
import { type N8nServer, startN8n } from '../../support/n8n/server.cts';
import { PACKAGE_NAME } from '../../support/n8n/stage.cts';

interface QueueProcessOptions {
	installation: Installation;
	/** The packed package, which has to be installed in each process. */
	tarball: string;
	/** Contains a folder for each process, as if each process were its own machine. */
	folder: string;
	/** The settings that connect the processes to one n8n. */
	environment: Record<string, string>;
	report: Report;
}

/** How many executions a worker runs at the same time; n8n's own number. */
export const WORKER_CONCURRENCY = 10;

/** Starts the process that has the editor and activates workflows. It creates the database. */
export async function startMain(options: QueueProcessOptions): Promise<N8nServer> {
	const { installation, environment, report } = options;
	const userFolder = await furnishedFolder('main', options);
	return await startN8n({ installation, userFolder, environment, report });
}

/** Starts a process that runs executions. */
export async function startWorker(name: string, options: QueueProcessOptions): Promise<N8nProcess> {
	const port = await freePort();
	return await startPart(name, ['worker', `--concurrency=${WORKER_CONCURRENCY}`], port, options, {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	});
}

/** Starts a process that receives webhook calls. */
export async function startWebhookProcess(
	port: number,
	options: QueueProcessOptions,
): Promise<N8nProcess> {
	return await startPart('webhook', ['webhook'], port, options, {});
}

async function startPart(
	name: string,
	command: string[],
	port: number,
	options: QueueProcessOptions,
	ownEnvironment: Record<string, string>,
): Promise<N8nProcess> {
	const { installation, report, environment } = options;
	const [userFolder, brokerPort] = await Promise.all([furnishedFolder(name, options), freePort()]);
	const url = `http://127.0.0.1:${port}`;
	const process = await startN8nProcess({
		installation,
		command,
		userFolder,
		environment: {
			...environmentOf({ installation, userFolder, port, brokerPort, url }),
			...environment,
			...ownEnvironment,
		},
	});
	report(`Starting ${name}`);
	await process.answers(`${url}/healthz/readiness`, () => true, report);
	return process;
}

async function furnishedFolder(
	name: string,
	{ folder, tarball }: QueueProcessOptions,
): Promise<string> {
	const userFolder = join(folder, name);
	await installPackage(tarball, PACKAGE_NAME, userFolder);
	return userFolder;
}
