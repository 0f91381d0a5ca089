import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const NAME = 'n8n-nodes-1crm';

/** Where the downloaded n8n and the playground live, outside the working tree. */
export function cacheFolder(): string {
	const { N8N_NODES_1CRM_CACHE: own, XDG_CACHE_HOME: caches } = process.env;
	if (own) return resolve(own);
	return join(caches || join(homedir(), '.cache'), NAME);
}
