import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readTriggerModuleName } from '../OneCrm/module/locator';
import { fetchRecord } from '../OneCrm/record/read';
import { isNotFound } from '../OneCrm/transport/status';
import type { DeliveredRecord } from './delivery';
import { readDelivery } from './delivery';
import type { RegisteredWebhook } from './registration';
import { keptRegistration } from './registration';
import { isRepeated } from './repeats';
import { isToken } from './token';
import { TOKEN_PARAMETER } from './webhooks';

/**
 * Takes a delivery of 1CRM: checks its token, finds the record in it, and answers at once, because 1CRM
 * may keep its own user waiting for the answer. Returns the item for the workflow.
 *
 * 401 and no execution without the token of a webhook that this node has registered, 400 for a body
 * without a record's id.
 */
export async function receiveDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const webhook = calledWebhook(context);
	if (webhook === undefined) return refuse(context, 401, 'Unknown or missing token');

	const delivered = readDelivery(context.getBodyData());
	if (delivered === undefined) return refuse(context, 400, 'No record ID in the body');

	context.getResponseObject().status(200).json({ received: true });
	const item = await describeEvent(context, webhook, delivered);
	if (item === undefined) return { noWebhookResponse: true };
	return { noWebhookResponse: true, workflowData: [[{ json: item }]] };
}

/** The webhook whose token the delivery carries. Every kept one is compared, so that time tells nothing. */
function calledWebhook(context: IWebhookFunctions): RegisteredWebhook | undefined {
	const registration = keptRegistration(context.getWorkflowStaticData('node'));
	const { [TOKEN_PARAMETER]: token } = context.getQueryData() as IDataObject;
	return registration?.webhooks.filter((webhook) => isToken(token, webhook.tokenHash)).at(0);
}

function refuse(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** The item of an event, or `undefined` for one that was delivered before and is to be ignored. */
async function describeEvent(
	context: IWebhookFunctions,
	{ event }: RegisteredWebhook,
	delivered: DeliveredRecord,
): Promise<IDataObject | undefined> {
	const module = readTriggerModuleName(context);
	const recordId = delivered.id;
	const common = {
		event,
		module,
		recordId,
		webhookName: String(context.getNodeParameter('options.webhookName', '') ?? ''),
	};
	const read = await readRecord(context, module, delivered);
	const dateModified = (read.record ?? delivered.fields).date_modified;
	const ignoreRepeats = context.getNodeParameter('options.ignoreRepeats', false) === true;
	const identity = { module, recordId, event, dateModified };
	if (ignoreRepeats && isRepeated(context.getWorkflowStaticData('node'), identity))
		return undefined;
	return { ...common, ...read };
}

/**
 * The record of an event, read back from 1CRM: a delivery may be forged or hold a part of it only. A
 * record that is gone by now, or cannot be read, is reported as null with the reason; the event itself
 * is never lost.
 */
async function readRecord(
	context: IWebhookFunctions,
	module: string,
	delivered: DeliveredRecord,
): Promise<{ record: IDataObject | null; recordError?: string }> {
	if (context.getNodeParameter('options.fetchRecord', true) === false) {
		return { record: delivered.fields };
	}
	try {
		return { record: await fetchRecord(context, { module, id: delivered.id }) };
	} catch (error) {
		const reason = isNotFound(error)
			? 'The record is not there any more'
			: (error as Error).message;
		context.logger.warn(`1CRM Trigger: ${module} ${delivered.id} could not be read: ${reason}`);
		return { record: null, recordError: reason };
	}
}
