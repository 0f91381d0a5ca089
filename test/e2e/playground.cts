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

/** Opens an n8n with this package, a sandbox and the examples, and keeps them open until it is asked to stop. */
export async function openPlayground(
	examplesFolder: string,
	termination: Termination,
	report: Report,
): Promise<void> {
	const userFolder = join(cacheFolder(), folderName(chosenVersion()));
	await mkdir(userFolder, { recursive: true });
	const release = await tryLock(join(userFolder, 'playground.lock'));
	if (typeof release === 'number') {
		throw new Error(`The playground is open already, in process ${release}`);
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
	if (!asked) throw new Error(`n8n ended by itself. Its log is ${server.logFile}`);
	report('Stopped');
}

/** n8n cannot read the database of a newer one, so only the newest tested one uses the plain name. */
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
		// n8n takes it that its webhooks outlive a restart; this sandbox has never heard of them.
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
n8n keeps its data in ${userFolder}, its log in n8n.log there.
The credential "1CRM sandbox" and the example workflows are saved in n8n, with "Mail sandbox", which keeps what
it is to send, and "Model sandbox", a language model that can do no more than call tools. Stop with Ctrl-C.
`);
}
