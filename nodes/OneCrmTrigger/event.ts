import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { asBoolean } from '../OneCrm/boolean';
import { readTriggerModuleName } from '../OneCrm/module/locator';
import type { DeliveredRecord } from './delivery';
import { readAtOnce } from './eventRecord';
import { renewRegistration } from './newestRegistration';
import type { RecordEvent } from './registration';
import type { EventIdentity } from './repeats';
import { canBeTold, isRepeated, isStored, noteStoring } from './repeats';

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
 *
 * `address` is that of the trigger, missing in a test run.
 */
export async function describeEvent(
	context: IWebhookFunctions,
	event: RecordEvent,
	{ id: recordId, fields }: DeliveredRecord,
	address: string | undefined,
): Promise<IDataObject | undefined> {
	const { module, webhookName, fetchesRecord, ignoresRepeats } = readSettings(context);
	if (ignoresRepeats) {
		const isSilent = !canBeTold(fields) && fetchesRecord;
		// An id alone tells nothing; the record tells when it was changed. 1CRM waits for the answer meanwhile.
		const { record } = isSilent ? await readAtOnce(context, module, recordId) : { record: fields };
		const identity = { module, recordId, event, record: record ?? fields };
		if (await isToIgnore(context, address, identity)) return undefined;
	}
	return { event, module, recordId, webhookName, record: fields };
}

function readSettings(context: IWebhookFunctions): EventSettings {
	return {
		module: readTriggerModuleName(context),
		webhookName: String(context.getNodeParameter('options.webhookName', '') ?? ''),
		fetchesRecord: asBoolean(context.getNodeParameter('options.fetchRecord', true)) !== false,
		ignoresRepeats: asBoolean(context.getNodeParameter('options.ignoreRepeats', false)) === true,
	};
}

/** A repeat of an event that n8n is still storing waits for that: should it fail, the repeat takes its place. */
async function isToIgnore(
	context: IWebhookFunctions,
	address: string | undefined,
	identity: EventIdentity,
): Promise<boolean> {
	const staticData = context.getWorkflowStaticData('node');
	while (isRepeated(staticData, address, identity)) {
		if (await isStored(address, identity)) return true;
	}
	// n8n saves the static data as a whole.
	renewRegistration(staticData, address);
	noteStoring(address, identity, answered(context));
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
