import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import { asBoolean } from '../OneCrm/boolean';
import { fetchRecord } from '../OneCrm/record/read';
import { isNotFound } from '../OneCrm/transport/status';

/** With the tries of a request, an event whose server is down waits a minute and a half at most. */
const TIMEOUT_SECONDS = 20;

/**
 * The items of the events that started an execution, each with its record read back from 1CRM: a delivery
 * may be forged or hold a part of it only.
 */
export async function readEventRecords(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	if (asBoolean(context.getNodeParameter('options.fetchRecord', 0, true)) === false) return items;
	return await Promise.all(
		items.map(async ({ json }, item) => {
			const read = await readEventRecord(context, String(json.module), String(json.recordId));
			return { json: { ...json, ...read }, pairedItem: { item } };
		}),
	);
}

/**
 * The record of an event. One that is gone by now, or cannot be read, is reported as null with the reason;
 * the event itself is never lost.
 */
export async function readEventRecord(
	context: IExecuteFunctions | IWebhookFunctions,
	module: string,
	id: string,
): Promise<{ record: IDataObject | null; recordError?: string }> {
	try {
		return { record: await fetchRecord(context, { module, id, timeoutSeconds: TIMEOUT_SECONDS }) };
	} catch (error) {
		const reason = isNotFound(error)
			? 'The record is not there any more'
			: (error as Error).message;
		context.logger.warn(`1CRM Trigger: ${module} ${id} could not be read: ${reason}`);
		return { record: null, recordError: reason };
	}
}
