import type { IHookFunctions, Logger } from 'n8n-workflow';

import { CrmClient } from '../OneCrm/crm/client';
import { messageOf } from '../OneCrm/http/errors';

/** The 1CRM that webhooks are managed in, and the log for what nobody can see otherwise. */
export interface WebhookServer {
	crm: CrmClient;
	logger: Logger;
}

/** n8n itself tries several times to activate a workflow, and gives up all of them after 84 seconds. */
const TIMEOUT_SECONDS = 15;

export function webhookServer(context: IHookFunctions): WebhookServer {
	return { crm: CrmClient.of(context).withTimeout(TIMEOUT_SECONDS), logger: context.logger };
}

/** Does what an activation doesn't depend on: tidying up after it has succeeded or failed. A failure is only logged. */
export async function tryTo(
	server: WebhookServer,
	what: string,
	work: () => Promise<void>,
): Promise<void> {
	try {
		await work();
	} catch (error) {
		warn(server, what, error);
	}
}

export function warn({ logger }: WebhookServer, what: string, error: unknown): void {
	logger.warn(`1CRM Trigger: ${what}: ${messageOf(error)}`);
}
