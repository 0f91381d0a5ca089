import { delimiter } from 'node:path';

import type { Installation } from './installation.cts';

interface EnvironmentOptions {
	installation: Installation;
	userFolder: string;
	port: number;
	brokerPort: number;
	url: string;
}

// What a developer's shell, npm or Vitest sets would change the n8n that is started.
const FOREIGN_VARIABLES =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|OFFLOAD_|WEBHOOK_URL$|npm_|NODE_ENV$|NODE_OPTIONS$|VITEST|(TEST|MODE|DEV|PROD|SSR|BASE_URL|FORCE_TTY)$)/;
// A proxy of the machine is for the world outside, which nothing here has to reach.
const PROXY_VARIABLES = /^(https?|all|no)_proxy$/i;

/** The environment of an n8n that keeps to itself: on loopback, with its own folder, reporting nothing home. */
export function environmentOf(options: EnvironmentOptions): NodeJS.ProcessEnv {
	const { installation, userFolder, port, brokerPort, url } = options;
	const inherited = Object.entries(process.env).filter(
		([name]) => !FOREIGN_VARIABLES.test(name) && !PROXY_VARIABLES.test(name),
	);
	return {
		...Object.fromEntries(inherited),
		PATH: [installation.programs, process.env.PATH].join(delimiter),
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: url,
		N8N_WEBHOOK_URL: `${url}/`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// The cookie of a session would not travel over http otherwise.
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		// n8n asks its vendor for the list of verified packages otherwise.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		...installation.releaseLine.environment,
	};
}
