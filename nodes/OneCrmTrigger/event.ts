import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { readTriggerModuleName } from '../OneCrm/module/locator';
import { fetchRecord } from '../OneCrm/record/read';
import { isNotFound } from '../OneCrm/transport/status';
import type { DeliveredRecord } from './delivery';
import { renewRegistration } from './newestRegistration';
import type { RecordEvent } from './registration';
import { canBeTold, isRepeated, renewSeenEvents } from './repeats';

/** With the tries of a request, an event whose server is down waits a minute and a half at most. */
const TIMEOUT_SECONDS = 20;

/** What the node's parameters say about the item of an event. */
export interface EventSettings {
	event: RecordEvent;
	module: string;
	webhookName: string;
	fetchesRecord: boolean;
	ignoresRepeats: boolean;
	/** The address of the trigger, missing in a test run. */
	address: string | undefined;
}

/** Reads the settings for an event. Throws for a module that is missing or cannot be a name. */
export function readEventSettings(
	context: IWebhookFunctions,
	event: RecordEvent,
	address: string | undefined,
): EventSettings {
	return {
		event,
		module: readTriggerModuleName(context),
		webhookName: String(context.getNodeParameter('options.webhookName', '') ?? ''),
		fetchesRecord: context.getNodeParameter('options.fetchRecord', true) !== false,
		ignoresRepeats: context.getNodeParameter('options.ignoreRepeats', false) === true,
		address,
	};
}

/** The item of an event, or `undefined` for one that was delivered before and is to be ignored. Never throws. */
export async function describeEvent(
	context: IWebhookFunctions,
	settings: EventSettings,
	delivered: DeliveredRecord,
): Promise<IDataObject | undefined> {
	const { event, module, webhookName, fetchesRecord, ignoresRepeats, address } = settings;
	const { id: recordId, fields } = delivered;
	const tellsItself = canBeTold({ record: fields });
	if (tellsItself && isToIgnore(context, settings, recordId, fields)) return undefined;

	const read = fetchesRecord ? await readRecord(context, module, recordId) : { record: fields };
	if (!tellsItself && read.record && isToIgnore(context, settings, recordId, read.record)) {
		return undefined;
	}
	if (ignoresRepeats) renewStaticData(context, address);
	return { event, module, recordId, webhookName, ...read };
}

/** n8n saves the static data as a whole, and they may be as old as the reading of the record was slow. */
function renewStaticData(context: IWebhookFunctions, address: string | undefined): void {
	const staticData = context.getWorkflowStaticData('node');
	renewSeenEvents(staticData, address);
	renewRegistration(staticData, address);
}

function isToIgnore(
	context: IWebhookFunctions,
	{ event, module, ignoresRepeats, address }: EventSettings,
	recordId: string,
	record: IDataObject,
): boolean {
	if (!ignoresRepeats) return false;
	const staticData = context.getWorkflowStaticData('node');
	return isRepeated(staticData, address, { module, recordId, event, record });
}

/**
 * The record of an event, read back from 1CRM: a delivery may be forged or hold a part of it only. A
 * record that is gone by now, or cannot be read, is reported as null with the reason; the event itself
 * is never lost.
 */
async function readRecord(
	context: IWebhookFunctions,
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
