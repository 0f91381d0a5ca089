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
import { afterSeconds } from '../OneCrm/transport/timeLimit';
import { isNotFound } from '../OneCrm/transport/status';

/** With the tries of a request, an event whose server is down waits a minute and a half at most. */
const TIMEOUT_SECONDS = 20;

/** While 1CRM waits for its answer, and may have to end that before it can give the record. */
const AT_ONCE_SECONDS = 3;

interface EventRecord {
	record: IDataObject | null;
	recordError?: string;
}

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

/** The same for a delivery that has not been answered yet: the record, or null after a moment. Logging in counts, too. */
export async function readAtOnce(
	context: IWebhookFunctions,
	module: string,
	id: string,
): Promise<EventRecord> {
	const patience = { timeoutSeconds: AT_ONCE_SECONDS, tries: 1 };
	return await Promise.race([
		readEventRecord(context, module, id, patience),
		new Promise<EventRecord>((resolve) => {
			afterSeconds(AT_ONCE_SECONDS, () => resolve({ record: null }));
		}),
	]);
}

/**
 * The record of an event. One that is gone by now, or cannot be read, is reported as null with the reason;
 * the event itself is never lost.
 */
async function readEventRecord(
	context: IExecuteFunctions | IWebhookFunctions,
	module: string,
	id: string,
	patience: Pick<ReadRequest, 'timeoutSeconds' | 'tries'> = { timeoutSeconds: TIMEOUT_SECONDS },
): Promise<EventRecord> {
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
