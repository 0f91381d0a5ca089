import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	NodeApiError,
} from 'n8n-workflow';

import { CrmClient } from '../OneCrm/crm/client';
import type { RecordKey } from '../OneCrm/crm/record';
import { fetchRecord } from '../OneCrm/crm/record';
import { isNotFound } from '../OneCrm/http/errors';
import { sentences } from '../OneCrm/http/failure';
import { afterSeconds } from '../OneCrm/http/limits';
import { answered } from './answered';
import type { DeliveredRecord } from './body';
import { AT_ONCE_SECONDS, decideAtOnce, decideInExecution } from './decision';
import type { EventIdentity } from './eventIdentity';
import { isIdentifiable, isJustCreated } from './eventIdentity';
import { withoutHandover } from './handover';
import type { RecordEvent, TriggerMemory } from './memory';
import { readOptions } from './options';
import { readModule } from './settings';

/** If the server is down, an event waits a minute and a half at most, for all tries of a request. */
const TIMEOUT_SECONDS = 20;

interface EventRecord {
	record: IDataObject | null;
	recordError?: string;
}

/**
 * The item of an event, with its record as it was delivered, or `undefined` for one to ignore: a repeat, or one that
 * the options leave out. Throws for a module that is missing or cannot be a name.
 */
export async function describeEvent(
	context: IWebhookFunctions,
	delivered: RecordEvent,
	{ id: recordId, fields }: DeliveredRecord,
	memory: TriggerMemory,
): Promise<IDataObject | undefined> {
	const module = readModule(context);
	const key = { module, id: recordId };
	const options = readOptions(context);
	const { webhookName, fetchesRecord, ignoresRepeats } = options;
	let event = delivered;
	if (ignoresRepeats) {
		const isSilent = !isIdentifiable(fields) && fetchesRecord;
		// An id alone tells nothing; the record tells when it was changed. 1CRM waits for the answer meanwhile.
		const { record } = isSilent ? await readAtOnce(context, key) : { record: fields };
		const identity = { module, recordId, event, record: record ?? fields };
		if (await isToIgnore(context, memory, identity)) return undefined;
		const isForNew = memory.registration?.webhooks.some((webhook) => webhook.event === 'created');
		// Its delivery as a creation will count as a repeat.
		if (isForNew && isJustCreated(identity.record)) event = 'created';
	}
	const item = { event, module, recordId, webhookName, record: fields };
	const decided = await decideAtOnce(context, { event, key, fields }, options);
	return decided.isLeftOut ? undefined : { ...item, ...decided.json };
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

/**
 * The items of the events that started an execution, each with its record read back from 1CRM: a delivery may be forged
 * or contain only a part of the record.
 */
export async function readEventRecords(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const options = readOptions(context);
	const crm = CrmClient.of(context).withTimeout(TIMEOUT_SECONDS);
	const read = await Promise.all(
		items.map(async ({ json }, item) => {
			const key = { module: String(json.module), id: String(json.recordId) };
			const decided = await decideInExecution(context, crm, key, json, options);
			if (decided.isLeftOut) return [];
			const { record } = decided;
			const read = !options.fetchesRecord
				? {}
				: record
					? { record }
					: await readEventRecord(context, crm, key);
			const { changes, ...whole }: IDataObject = { ...json, ...read, ...decided.json };
			const isShown = options.includesChanges && changes !== undefined;
			const shown = withoutHandover(isShown ? { ...whole, changes } : whole);
			return [{ json: shown, pairedItem: { item } }];
		}),
	);
	return read.flat();
}

/** The record of an event whose delivery has not been answered yet, or null after a moment. Logging in counts, too. */
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
