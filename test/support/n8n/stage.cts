import { join, resolve } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox/sandbox.cts';
import { freePort } from '../free-port.cts';
import { N8nClient } from './client.cts';
import type { CredentialDefinition, Owner, SavedCredential } from './definitions.cts';
import { type Installation, installN8n } from './installation.cts';
import { installPackage, packPackage } from './package-tarball.cts';
import type { Report } from './report.cts';
import { saveCredential } from './saved-credential.cts';
import { startN8n, type N8nServer } from './server.cts';
import { removeFolder, temporaryFolder } from './temporary-folder.cts';

export interface StageOptions {
	/** Where n8n keeps its data; without it a folder that is removed in the end. */
	userFolder?: string;
	/** Of n8n; without it the one that N8N_VERSION asks for. */
	version?: string;
	/** Set over the environment that n8n gets otherwise. */
	environment?: Record<string, string>;
	preferredPorts?: { n8n: number; sandbox: number };
	report: Report;
}

/** A sandbox 1CRM and a real n8n with this package, its owner and a credential for the sandbox. */
export interface Stage {
	sandbox: Sandbox;
	/** Changes with a restart, as does the client. */
	readonly server: N8nServer;
	readonly client: N8nClient;
	credential: SavedCredential;
	/** Stops n8n at once, as a power cut would, lets something happen, and starts n8n again in the same place. */
	restart(meanwhile?: () => void): Promise<void>;
	stop(): Promise<void>;
}

/** The account of this local n8n. It protects nothing, so the password can be here. */
export const OWNER: Owner = {
	email: 'owner@example.com',
	firstName: 'Local',
	lastName: 'Owner',
	password: 'Playground1',
};

export const PACKAGE_NAME = 'n8n-nodes-1crm';
export const PROJECT_FOLDER = resolve(__dirname, '..', '..', '..');

/** Packs this package, and starts a sandbox and an n8n that has it installed. */
export async function startStage(options: StageOptions): Promise<Stage> {
	const { version, environment, preferredPorts, report } = options;
	const installation = await installN8n(report, version);

	const endings: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of endings.splice(0).reverse()) await end();
	};
	try {
		const userFolder = options.userFolder ?? (await temporaryFolder(PACKAGE_NAME));
		if (!options.userFolder) endings.push(async () => removeFolder(userFolder));
		await installThisPackage(userFolder, report);

		const sandbox = await startSandbox({ port: await freePort(preferredPorts?.sandbox) });
		endings.push(async () => await sandbox.stop());
		const start = async (preferredPort?: number) =>
			await startN8n({ installation, userFolder, environment, preferredPort, report });
		let server = await start(preferredPorts?.n8n);
		endings.push(async () => await server.stop());

		let client = await signIn(server, installation);
		const credential = await provideCredential(client, sandbox);
		return {
			sandbox,
			get server() {
				return server;
			},
			get client() {
				return client;
			},
			credential,
			async restart(meanwhile) {
				await server.kill();
				meanwhile?.();
				server = await start(Number(new URL(server.url).port));
				client = await signIn(server, installation);
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** A client of an n8n that is signed in as its owner. The first call creates the owner. */
export async function signIn(
	{ url }: N8nServer,
	{ releaseLine }: Installation,
): Promise<N8nClient> {
	const client = new N8nClient(url, releaseLine);
	await client.signIn(OWNER);
	return client;
}

async function installThisPackage(userFolder: string, report: Report): Promise<void> {
	report('Packing the package');
	const tarball = await packPackage(PROJECT_FOLDER, join(userFolder, 'package'));
	await installPackage(tarball, PACKAGE_NAME, userFolder);
}

/** Saves the credential for the sandbox, over the one that an earlier start left. */
export async function provideCredential(
	client: N8nClient,
	sandbox: Sandbox,
): Promise<SavedCredential> {
	const { url: domain, username, password, clientId, clientSecret } = sandbox;
	const definition: CredentialDefinition = {
		name: '1CRM sandbox',
		type: 'oneCrmApi',
		data: { domain, username, password, authentication: 'basic', clientId, clientSecret },
	};
	return await saveCredential(client, definition);
}
