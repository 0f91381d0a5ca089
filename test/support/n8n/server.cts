import { freePort } from '../free-port.cts';
import { environmentOf } from './environment.cts';
import type { Installation } from './installation.cts';
import { type N8nProcess, startN8nProcess } from './n8n-process.cts';
import type { Report } from './report.cts';

interface ServerOptions {
	installation: Installation;
	/** Holds all that n8n keeps: its `.n8n` with the packages installed there, and its log. */
	userFolder: string;
	/** Set over the environment that a server gets otherwise. */
	environment?: Record<string, string>;
	preferredPort?: number;
	report: Report;
}

/** A running n8n, with its editor and its REST API. */
export interface N8nServer extends N8nProcess {
	url: string;
	/** Holds its database. */
	userFolder: string;
	installation: Installation;
}

/** Starts n8n on loopback and resolves when its REST API answers. */
export async function startN8n(options: ServerOptions): Promise<N8nServer> {
	const { installation, userFolder, environment, preferredPort, report } = options;
	const [port, brokerPort] = await Promise.all([freePort(preferredPort), freePort()]);
	const url = `http://127.0.0.1:${port}`;
	const n8n = await startN8nProcess({
		installation,
		command: ['start'],
		userFolder,
		environment: {
			...environmentOf({ installation, userFolder, port, brokerPort, url }),
			...environment,
		},
	});
	report(
		`Starting n8n ${installation.version} (takes longer the first time, while it creates its database)`,
	);
	// /healthz answers long before the REST API is there.
	await n8n.answers(`${url}/rest/settings`, hasData, report);
	return { ...n8n, url, userFolder, installation };
}

function hasData(answer: unknown): boolean {
	return typeof answer === 'object' && answer !== null && 'data' in answer;
}
