import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder } from '../support/n8n/cache-folder.cts';
import { tryLock } from '../support/n8n/process-lock.cts';
import type { Report } from '../support/n8n/report.cts';
import { OWNER, startStage, type Stage } from '../support/n8n/stage.cts';
import { chosenVersion, TESTED_VERSIONS } from '../support/n8n/versions.cts';
import { importExamples } from './example.cts';
import { type Services, startServices } from './services/services.cts';
import type { Termination } from './termination.cts';

const PREFERRED_PORTS = { n8n: 5678, sandbox: 8484 };

/** Opens an n8n with this package, a sandbox and the examples. They run until the process is asked to stop. */
export async function openPlayground(
	examplesFolder: string,
	termination: Termination,
	report: Report,
): Promise<void> {
	const userFolder = join(cacheFolder(), folderName(chosenVersion()));
	await mkdir(userFolder, { recursive: true });
	const release = await tryLock(join(userFolder, 'playground.lock'));
	if (typeof release === 'number') {
		throw new Error(`The playground is already open in process ${release}`);
	}

	const stage = await startStage({ userFolder, preferredPorts: PREFERRED_PORTS, report });
	const services = await startServices(stage.client);
	await furnish(stage, services, examplesFolder);
	introduce(stage, userFolder, report);

	const { server } = stage;
	const asked = await Promise.race([
		termination.asked().then(() => true),
		server.ended.then(() => false),
	]);
	if (asked) report('Stopping n8n and the sandbox');
	await services.stop();
	await stage.stop();
	await release();
	if (!asked) throw new Error(`n8n stopped unexpectedly. Its log is ${server.logFile}`);
	report('Stopped');
}

/** n8n can't read the database of a newer version, so only the newest tested version uses the plain name. */
function folderName(version: string): string {
	return version === TESTED_VERSIONS[0] ? 'playground' : `playground-${version}`;
}

async function furnish(
	{ client, credential }: Stage,
	services: Services,
	examplesFolder: string,
): Promise<void> {
	const credentials = [credential, ...services.credentials];
	const examples = await importExamples(examplesFolder, client, credentials);
	for (const { id, active } of examples) {
		if (!active) continue;
		// n8n assumes that its webhooks survive a restart, but a new sandbox doesn't know them.
		await client.deactivate(id);
		await client.activate(id);
	}
}

function introduce({ server, sandbox }: Stage, userFolder: string, report: Report): void {
	report(`
n8n is open at      ${server.url}
  e-mail            ${OWNER.email}
  password          ${OWNER.password}
The sandbox 1CRM    ${sandbox.url}
  user, password    ${sandbox.username}, ${sandbox.password}
n8n stores its data and its log, n8n.log, in ${userFolder}.
n8n contains the example workflows and the credentials for them:
  1CRM sandbox      the sandbox above
  Mail sandbox      a mail server that stores mails and sends none
  Model sandbox     a language model that can only call tools
Stop with Ctrl-C.
`);
}
