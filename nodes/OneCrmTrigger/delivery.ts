import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { parseJson } from '../OneCrm/http/json';
import type { DeliveredRecord } from './body';
import { readDelivery } from './body';
import { describeEvent } from './event';
import type { RegisteredWebhook } from './memory';
import { TriggerMemory } from './memory';
import { readAddress } from './settings';
import { isToken } from './token';
import { TOKEN_PARAMETER } from './webhooks';

const RECEIVED = { received: true };

/**
 * Takes a delivery of 1CRM: checks its token and finds the record in it. Returns the item for the workflow.
 *
 * n8n 2 answers as soon as it has stored the execution, which then reads the record (`event.ts`). So
 * 1CRM waits for no request to itself, an event that was answered is not lost, and in a burst 1CRM is
 * slowed down to what n8n can store. n8n 1 answers just before it stores the execution.
 *
 * 401 and no execution without the token of a webhook that this node has registered, 400 for a body
 * without a record's id.
 */
export async function receiveDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const memory = TriggerMemory.of(context, productionAddress(context));
	const webhook = calledWebhook(context, memory);
	if (webhook === undefined) return answer(context, 401, { message: 'Unknown or missing token' });

	const delivered = await readBody(context);
	if (delivered === undefined) return answer(context, 400, { message: 'No record ID in the body' });

	const staticData = context.getWorkflowStaticData('node');
	const loaded = { ...staticData };
	memory.repair();
	const item = await describeEvent(context, webhook.event, delivered, memory);
	if (item === undefined) return answer(context, 200, RECEIVED);
	return {
		workflowData: [[{ json: item }]],
		get webhookResponse() {
			markChanges(staticData, loaded);
			return RECEIVED;
		},
	};
}

/**
 * Has n8n save what was changed in static data. n8n 2 loses the mark that they were changed when it starts
 * the execution (a second `Workflow` on the same data resets it), and looks for that mark after it has
 * read the response.
 */
function markChanges(staticData: IDataObject, loaded: IDataObject): void {
	for (const [key, value] of Object.entries(staticData)) {
		if (value !== loaded[key]) staticData[key] = value;
	}
}

/** `undefined` in a test run, of which n8n tells the address of the production webhook. */
function productionAddress(context: IWebhookFunctions): string | undefined {
	return context.getMode() === 'manual' ? undefined : readAddress(context);
}

/** The webhook whose token the delivery carries. Every known one is compared, so that time tells nothing. */
function calledWebhook(
	context: IWebhookFunctions,
	{ registration }: TriggerMemory,
): RegisteredWebhook | undefined {
	const { [TOKEN_PARAMETER]: token } = context.getQueryData() as IDataObject;
	return registration?.webhooks.filter((webhook) => isToken(token, webhook.tokenHash)).at(0);
}

/**
 * PHP declares what it posts as a form unless told otherwise, JSON too. n8n would tear that apart at each
 * `&` and `=` in it, so the text itself is looked at first. A body of a type that n8n does not know it has
 * not read at all, from version 1.1 of this node on.
 */
async function readBody(context: IWebhookFunctions): Promise<DeliveredRecord | undefined> {
	const request = context.getRequestObject() as RawRequest;
	const parsed: unknown = context.getBodyData();
	const bytes = parsed === undefined ? await readBytes(request) : request.rawBody;
	const isParsed = parsed !== undefined && /\bjson\b/i.test(request.headers['content-type'] ?? '');
	const json = isParsed || bytes === undefined ? undefined : parseJson(bytes.toString());
	return readDelivery(json ?? parsed);
}

/** Has n8n read the body, unless it has; none where the sender has hung up or sends more than n8n takes. */
async function readBytes(request: RawRequest): Promise<Buffer | undefined> {
	try {
		await request.readRawBody?.();
		return request.rawBody;
	} catch {
		return undefined;
	}
}

/** What n8n adds to Express's request. */
interface RawRequest {
	rawBody?: Buffer;
	/** Fills `rawBody`. */
	readRawBody?(): Promise<void>;
	headers: { 'content-type'?: string };
}

/** Answers and starts nothing. */
function answer(
	context: IWebhookFunctions,
	status: number,
	body: IDataObject,
): IWebhookResponseData {
	context.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}
