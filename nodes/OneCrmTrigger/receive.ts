import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { parseJson } from '../OneCrm/transport/answer';
import type { DeliveredRecord } from './delivery';
import { readDelivery } from './delivery';
import { describeEvent, readEventSettings } from './event';
import { newestRegistration, repairRegistration } from './newestRegistration';
import type { RegisteredWebhook } from './registration';
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
	const address = productionAddress(context);
	const webhook = calledWebhook(context, address);
	if (webhook === undefined) return refuse(context, 401, 'Unknown or missing token');

	const delivered = readBody(context);
	if (delivered === undefined) return refuse(context, 400, 'No record ID in the body');

	// Before the answer: n8n cannot tell anybody of an error once that is out.
	const settings = readEventSettings(context, webhook.event, address);
	repairRegistration(context.getWorkflowStaticData('node'), address);
	context.getResponseObject().status(200).json({ received: true });
	const item = await describeEvent(context, settings, delivered);
	if (item === undefined) return { noWebhookResponse: true };
	return { noWebhookResponse: true, workflowData: [[{ json: item }]] };
}

/** `undefined` in a test run, of which n8n tells the address of the production webhook. */
function productionAddress(context: IWebhookFunctions): string | undefined {
	return context.getMode() === 'manual' ? undefined : context.getNodeWebhookUrl('default');
}

/** The webhook whose token the delivery carries. Every known one is compared, so that time tells nothing. */
function calledWebhook(
	context: IWebhookFunctions,
	address: string | undefined,
): RegisteredWebhook | undefined {
	const registration = newestRegistration(context.getWorkflowStaticData('node'), address);
	const { [TOKEN_PARAMETER]: token } = context.getQueryData() as IDataObject;
	return registration?.webhooks.filter((webhook) => isToken(token, webhook.tokenHash)).at(0);
}

/**
 * PHP declares what it posts as a form unless told otherwise, JSON too. n8n would tear that apart at each
 * `&` and `=` in it, so the text itself is looked at first.
 */
function readBody(context: IWebhookFunctions): DeliveredRecord | undefined {
	const { rawBody, headers } = context.getRequestObject() as RawRequest;
	const isParsed = /\bjson\b/i.test(headers['content-type'] ?? '');
	const json = isParsed || rawBody === undefined ? undefined : parseJson(rawBody.toString());
	return readDelivery(json ?? context.getBodyData());
}

/** What n8n adds to Express's request. */
interface RawRequest {
	rawBody?: Buffer;
	headers: { 'content-type'?: string };
}

function refuse(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
