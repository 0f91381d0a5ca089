import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

import type { QueueStage } from './queue-stage.cts';
import { bulkWorkflow, changesWorkflow } from './workflows.cts';

/** What such a workflow needs of an n8n; `webhookUrl` is where it receives calls. */
type WebhookStage = Pick<QueueStage, 'client' | 'credential' | 'webhookUrl'>;

/** A published workflow that starts when its address is called. */
export interface CalledWorkflow {
	id: string;
	/** Starts it with these items, and resolves when n8n has taken them. */
	run(items: object[]): Promise<void>;
}

/** Publishes a workflow that does the same for all items that are posted to its address, in one run. */
export async function activateBulk(
	stage: WebhookStage,
	path: string,
	parameters: INodeParameters,
): Promise<CalledWorkflow> {
	return await activateCalled(stage, path, bulkWorkflow(path, parameters, stage.credential));
}

/** Publishes a workflow that writes what has changed in 1CRM since its last run, with options of Get Changes. */
export async function activateChanges(
	stage: WebhookStage,
	path: string,
	options: INodeParameters = {},
): Promise<CalledWorkflow> {
	return await activateCalled(stage, path, changesWorkflow(path, options, stage.credential));
}

async function activateCalled(
	{ client, webhookUrl }: WebhookStage,
	path: string,
	definition: ReturnType<typeof bulkWorkflow>,
): Promise<CalledWorkflow> {
	const { id } = await client.createWorkflow(definition);
	await client.activate(id);
	const run = async (items: object[]) => {
		await axios.post(`${webhookUrl}/webhook/${path}`, { items }, { proxy: false });
	};
	return { id, run };
}
