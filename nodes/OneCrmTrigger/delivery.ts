import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { messageOf } from '../OneCrm/http/errors';
import { parseJson } from '../OneCrm/http/json';
import { readDelivery } from './body';
import { describeEvent } from './event';
import type { RegisteredWebhook } from './memory';
import { TriggerMemory } from './memory';
import { readAddress, readModule, readServer } from './settings';
import { isToken, tokensIn } from './token';

const RECEIVED = { received: true };

/**
 * Takes a delivery of 1CRM: checks its token and finds the record in it. Returns the item for the workflow.
 *
 * n8n 2 answers as soon as it has stored the execution, which then reads the record (`event.ts`). So 1CRM waits for no
 * request to itself, an event that was answered is not lost, and in a burst 1CRM is slowed down to what n8n can store.
 * n8n 1 answers just before it stores the execution.
 *
 * Answers 401 and starts nothing without the token of a webhook that this node has registered, and 400 for a body
 * without a record's id.
 */
export async function receiveDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const memory = TriggerMemory.of(context, productionAddress(context));
	const webhook = calledWebhook(context, memory);
	const body = await readBody(context);
	const refuse = (status: number, message: string, advice: string) => {
		logRefusal(context, memory, `${message}. ${advice}`, body);
		return answer(context, status, { message });
	};
	if (webhook === undefined) {
		const advice = 'If 1CRM sent it, publish the workflow again';
		return refuse(401, 'Unknown or missing token', advice);
	}
	if (await isOfAnotherServer(context, memory)) {
		const advice = 'Publish the workflow again: its credential now leads to another server';
		return refuse(401, 'This webhook belongs to another 1CRM', advice);
	}
	const delivered = readDelivery(body, readModule(context));
	if (delivered.length === 0) {
		return refuse(400, 'No record ID in the body', 'The form of this delivery is unknown');
	}

	const staticData = context.getWorkflowStaticData('node');
	const loaded = { ...staticData };
	memory.repair();
	const items: IDataObject[] = [];
	for (const record of delivered) {
		const item = await describeEvent(context, webhook.event, record, memory);
		if (item !== undefined) items.push(item);
	}
	if (items.length === 0) return answer(context, 200, RECEIVED);
	return {
		workflowData: [items.map((json) => ({ json }))],
		get webhookResponse() {
			markChanges(staticData, loaded);
			return RECEIVED;
		},
	};
}

/**
 * Whether the webhook is not of the server that the credential leads to now: there, its ids mean nothing, or another
 * record.
 */
async function isOfAnotherServer(
	context: IWebhookFunctions,
	{ registration }: TriggerMemory,
): Promise<boolean> {
	try {
		return registration?.server !== (await readServer(context));
	} catch (error) {
		context.logger.warn(`1CRM Trigger: the credential could not be read: ${messageOf(error)}`);
		return false;
	}
}

const MOST_KEYS = 20;

/** Anything else may be a value: n8n takes broken JSON that is declared as a form for one long name. */
const NAME = /^[\p{L}\p{N}_.:[\]-]{1,40}$/u;

/** Says in n8n's log what was refused and why, with the names in the body but no values, once a minute. */
function logRefusal(
	context: IWebhookFunctions,
	memory: TriggerMemory,
	reason: string,
	body: unknown,
): void {
	if (!memory.isNewRefusal(reason)) return;
	const { name } = context.getNode();
	context.logger.warn(
		`1CRM Trigger: "${name}" of the workflow ${context.getWorkflow().id ?? ''} refused a delivery: ${reason}. ${shapeOf(body)}`,
	);
}

function shapeOf(body: unknown): string {
	if (Array.isArray(body)) return `Its body is a list of ${body.length}`;
	if (typeof body !== 'object' || body === null)
		return `Its body is ${body ? typeof body : 'empty'}`;
	const keys = Object.keys(body);
	const names = keys.slice(0, MOST_KEYS).map((key) => (NAME.test(key) ? key : '(no name)'));
	return `Its body has the names: ${names.join(', ')}${keys.length > MOST_KEYS ? ', …' : ''}`;
}

/**
 * Makes n8n save what was changed in static data. n8n 2 marks changed data, loses the mark when it starts the execution
 * (a second `Workflow` on the same data resets it), and looks for it after it has read the response.
 */
function markChanges(staticData: IDataObject, loaded: IDataObject): void {
	for (const [key, value] of Object.entries(staticData)) {
		if (value !== loaded[key]) staticData[key] = value;
	}
}

/** `undefined` in a test run, for which n8n returns the address of the production webhook. */
function productionAddress(context: IWebhookFunctions): string | undefined {
	return context.getMode() === 'manual' ? undefined : readAddress(context);
}

/**
 * The webhook whose token the delivery carries. Compares every known one, so that the time it takes reveals nothing.
 */
function calledWebhook(
	context: IWebhookFunctions,
	{ registration }: TriggerMemory,
): RegisteredWebhook | undefined {
	const tokens = Object.entries(context.getQueryData() as IDataObject).flatMap(([name, value]) =>
		typeof value === 'string' ? tokensIn(`${name} ${value}`) : [],
	);
	const isCalled = ({ tokenHash }: RegisteredWebhook): boolean =>
		tokens.filter((token) => isToken(token, tokenHash)).length > 0;
	return registration?.webhooks.filter(isCalled).at(0);
}

/**
 * Unless told otherwise, PHP declares whatever it posts as a form, even JSON. n8n would tear that apart at each `&` and
 * `=` in it, so the text itself is looked at first. From version 1.1 of this node on, n8n has not read a body of a type
 * that it does not know.
 */
async function readBody(context: IWebhookFunctions): Promise<unknown> {
	const request = context.getRequestObject() as RawRequest;
	const parsed: unknown = context.getBodyData();
	const bytes = parsed === undefined ? await readBytes(request) : request.rawBody;
	const isParsed = parsed !== undefined && /\bjson\b/i.test(request.headers['content-type'] ?? '');
	if (isParsed || bytes === undefined) return parsed;
	const text = bytes.toString();
	return parseJson(text) ?? parsed ?? text;
}

/** The body, which n8n reads now unless it has; none if the sender has hung up or sends more than n8n takes. */
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
