import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	NodeApiError,
} from 'n8n-workflow';

import { readBoolean } from '../OneCrm/crm/boolean';
import { CrmClient } from '../OneCrm/crm/client';
import type { RecordKey } from '../OneCrm/crm/record';
import { fetchRecord } from '../OneCrm/crm/record';
import { isNotFound } from '../OneCrm/http/errors';
import { sentences } from '../OneCrm/http/failure';
import { afterSeconds } from '../OneCrm/http/limits';
import type { DeliveredRecord } from './body';
import type { EventIdentity, RecordEvent, TriggerMemory } from './memory';
import { isIdentifiable } from './memory';
import { readModule } from './settings';

/** With the tries of a request, an event whose server is down waits a minute and a half at most. */
const TIMEOUT_SECONDS = 20;

/** While 1CRM waits for its answer, and may have to end that before it can give the record. */
const AT_ONCE_SECONDS = 3;

interface EventRecord {
	record: IDataObject | null;
	recordError?: string;
}

/** What the node's parameters say about an event. */
interface EventSettings {
	module: string;
	webhookName: string;
	fetchesRecord: boolean;
	ignoresRepeats: boolean;
}

/**
 * The item of an event, with its record as it was delivered, or `undefined` for an event that was delivered
 * before and is to be ignored. Throws for a module that is missing or cannot be a name.
 */
export async function describeEvent(
	context: IWebhookFunctions,
	event: RecordEvent,
	{ id: recordId, fields }: DeliveredRecord,
	memory: TriggerMemory,
): Promise<IDataObject | undefined> {
	const { module, webhookName, fetchesRecord, ignoresRepeats } = readSettings(context);
	if (ignoresRepeats) {
		const isSilent = !isIdentifiable(fields) && fetchesRecord;
		// An id alone tells nothing; the record tells when it was changed. 1CRM waits for the answer meanwhile.
		const { record } = isSilent
			? await readAtOnce(context, { module, id: recordId })
			: { record: fields };
		const identity = { module, recordId, event, record: record ?? fields };
		if (await isToIgnore(context, memory, identity)) return undefined;
	}
	return { event, module, recordId, webhookName, record: fields };
}

function readSettings(context: IWebhookFunctions): EventSettings {
	return {
		module: readModule(context),
		webhookName: String(context.getNodeParameter('options.webhookName', '') ?? ''),
		fetchesRecord: readBoolean(context.getNodeParameter('options.fetchRecord', true)) !== false,
		ignoresRepeats: readBoolean(context.getNodeParameter('options.ignoreRepeats', false)) === true,
	};
}

/** A repeat of an event that n8n is still storing waits for that: should it fail, the repeat takes its place. */
async function isToIgnore(
	context: IWebhookFunctions,
	memory: TriggerMemory,
	identity: EventIdentity,
): Promise<boolean> {
	while (memory.isRepeated(identity)) {
		if (await memory.isStored(identity)) return true;
	}
	// n8n saves the static data as a whole.
	memory.renew();
	memory.noteStoring(identity, answered(context));
	return false;
}

/** Whether the answer of n8n, which comes when it has stored the execution, is a success. */
async function answered(context: IWebhookFunctions): Promise<boolean> {
	const response = context.getResponseObject();
	if (response.closed) return true;
	return await new Promise((resolve) => {
		response.once('finish', () => resolve(response.statusCode < 500));
		// Whoever delivered has hung up; n8n goes on to store what it has taken.
		response.once('close', () => resolve(true));
	});
}

/**
 * The items of the events that started an execution, each with its record read back from 1CRM: a delivery
 * may be forged or hold a part of it only.
 */
export async function readEventRecords(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	if (readBoolean(context.getNodeParameter('options.fetchRecord', 0, true)) === false) return items;
	const crm = CrmClient.of(context).withTimeout(TIMEOUT_SECONDS);
	return await Promise.all(
		items.map(async ({ json }, item) => {
			const key = { module: String(json.module), id: String(json.recordId) };
			const read = await readEventRecord(context, crm, key);
			return { json: { ...json, ...read }, pairedItem: { item } };
		}),
	);
}

/** The same for a delivery that has not been answered yet: the record, or null after a moment. Logging in counts, too. */
async function readAtOnce(context: IWebhookFunctions, key: RecordKey): Promise<EventRecord> {
	const crm = CrmClient.of(context).withTimeout(AT_ONCE_SECONDS);
	return await Promise.race([
		readEventRecord(context, crm, key, 1),
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
	crm: CrmClient,
	key: RecordKey,
	tries?: number,
): Promise<EventRecord> {
	try {
		return { record: await fetchRecord(crm, key, { tries }) };
	} catch (error) {
		const reason = isNotFound(error)
			? 'The record no longer exists'
			: sentences(
					(error as NodeApiError).message,
					(error as NodeApiError).description ?? undefined,
				);
		context.logger.warn(`1CRM Trigger: ${key.module} ${key.id} could not be read: ${reason}`);
		return { record: null, recordError: reason };
	}
}
