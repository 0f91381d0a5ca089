import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	NodeApiError,
} from 'n8n-workflow';

import { asBoolean } from '../OneCrm/boolean';
import type { ReadRequest } from '../OneCrm/record/read';
import { fetchRecord } from '../OneCrm/record/read';
import { sentences } from '../OneCrm/transport/failure';
import { isNotFound } from '../OneCrm/transport/status';

/** How long a record is waited for. */
type Patience = Pick<ReadRequest, 'timeoutSeconds' | 'tries'>;

/** With the tries of a request, an event whose server is down waits a minute and a half at most. */
const PATIENT: Patience = { timeoutSeconds: 20 };

/** While 1CRM waits for its answer, and may have to end that before it can give the record. */
export const AT_ONCE: Patience = { timeoutSeconds: 3, tries: 1 };

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
	patience = PATIENT,
): Promise<{ record: IDataObject | null; recordError?: string }> {
	try {
		return { record: await fetchRecord(context, { module, id, ...patience }) };
	} catch (error) {
		const reason = isNotFound(error)
			? 'The record is not there any more'
			: sentences(
					(error as NodeApiError).message,
					(error as NodeApiError).description ?? undefined,
				);
		context.logger.warn(`1CRM Trigger: ${module} ${id} could not be read: ${reason}`);
		return { record: null, recordError: reason };
	}
}
