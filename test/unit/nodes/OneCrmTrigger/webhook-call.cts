import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { OneCrmTrigger } from '../../../../nodes/OneCrmTrigger/OneCrmTrigger.node';
import { tokenHash } from '../../../../nodes/OneCrmTrigger/token';

export const TOKEN = 'a1'.repeat(32);

/** A delivery as n8n passes it to the node: parsed, and as received. */
export interface Call {
	query: unknown;
	body?: unknown;
	rawBody?: Buffer;
	/** Of a type that n8n does not know: read when the node asks for it. */
	unread?: Buffer | Error;
	contentType?: string;
}

export interface Outcome {
	status: number | undefined;
	/** How often there was an answer. */
	answers: number;
	items: IDataObject[];
}

const trigger = new OneCrmTrigger();

/** What n8n stores for a trigger with one webhook, for creations. */
export function registeredState(): IDataObject {
	const webhooks = [{ id: '1', event: 'created', tokenHash: tokenHash(TOKEN) }];
	return {
		registration: {
			server: 'https://crm.example.com/api.php',
			address: '',
			settings: '',
			webhooks,
			revision: 1,
		},
	};
}

/** Lets the trigger receive a delivery, with a stand-in for n8n's context. Fetches nothing. */
export async function receive(
	{ query, body, rawBody, unread, contentType }: Call,
	staticData: IDataObject,
	options: IDataObject = { fetchRecord: false },
): Promise<Outcome> {
	const outcome: Outcome = { status: undefined, answers: 0, items: [] };
	const ends: Array<() => void> = [];
	const response = {
		statusCode: 200,
		once: (_: string, end: () => void) => {
			ends.push(end);
			return response;
		},
		status: (status: number) => {
			outcome.status = status;
			return response;
		},
		json: () => {
			outcome.answers++;
			return response;
		},
	};
	const request = {
		rawBody,
		headers: { 'content-type': contentType },
		async readRawBody() {
			if (unread instanceof Error) throw unread;
			request.rawBody ??= unread;
		},
	};
	const parameters: Record<string, unknown> = {
		module: 'Contact',
		'options.fetchRecord': options.fetchRecord,
		'options.ignoreRepeats': options.ignoreRepeats,
	};
	const context = {
		getBodyData: () => body,
		getCredentials: async () => ({ domain: 'crm.example.com' }),
		getNode: () => ({ name: '1CRM Trigger', parameters }),
		logger: { warn: () => undefined },
		getMode: () => 'webhook',
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getNodeWebhookUrl: () => 'https://n8n.example.com/webhook/fuzz/webhook',
		getQueryData: () => query,
		getRequestObject: () => request,
		getResponseObject: () => response,
		getWorkflow: () => ({ id: 'workflow' }),
		getWorkflowStaticData: () => staticData,
	} as unknown as IWebhookFunctions;
	const result: IWebhookResponseData = await trigger.webhook.call(context);
	const { workflowData, noWebhookResponse } = result;
	// n8n answers for the node by default.
	if (!noWebhookResponse) response.status(200).json();
	for (const end of ends) end();
	outcome.items = (workflowData ?? []).flat().map(({ json }) => json);
	return outcome;
}
