import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { apiBaseUrl, isLoopback } from '../OneCrm/http/address';
import { readCredentials } from '../OneCrm/http/credentials';
import { moduleName } from '../OneCrm/item/chosenValues';
import { readFilters } from './filters';
import type { RecordEvent } from './memory';
import { readOptions } from './options';

/** What the trigger is set to, as far as 1CRM has to know it. */
export interface TriggerSettings {
	events: RecordEvent[];
	module: string;
	filters: IDataObject;
	webhookName: string;
	/** See `readAddress`. */
	address: string;
}

/** Reads the settings of a trigger. Throws a `UserError` for what cannot be registered. */
export function readSettings(context: IHookFunctions): TriggerSettings {
	return {
		events: readEvents(String(context.getNodeParameter('event', 'created'))),
		module: readModule(context),
		filters: readFilters(context),
		webhookName: readOptions(context).webhookName,
		address: readAddress(context),
	};
}

/** The module of the trigger. Throws a `UserError` if it is missing or cannot be a name. */
export function readModule(context: IHookFunctions | IWebhookFunctions): string {
	return moduleName(context.getNodeParameter('module', '', { extractValue: true }));
}

/** The address of the API that the credential leads to. */
export async function readServer(
	context: IExecuteFunctions | IHookFunctions | IWebhookFunctions,
): Promise<string> {
	const { domain, allowHttp } = readCredentials(await context.getCredentials('oneCrmApi'));
	return apiBaseUrl(domain, allowHttp);
}

/** The name in the query of the address that 1CRM calls. */
const WORKFLOW_PARAMETER = 'workflow';

/**
 * The address of the trigger in n8n, with the id of its workflow: two imports of a workflow have the same path, and
 * n8n 1 tidies up after the one that it does not let start. A test run has another address.
 */
export function readAddress(context: IHookFunctions | IWebhookFunctions): string {
	const address = context.getNodeWebhookUrl('default');
	if (address === undefined) throw new UserError("n8n didn't give this trigger an address");
	const url = new URL(address);
	const { id } = context.getWorkflow();
	if (id) url.searchParams.set(WORKFLOW_PARAMETER, id);
	return url.href;
}

/**
 * Whether the address that a webhook calls is that of a trigger, whatever else is in its query. Origin and path
 * both count: a copy of this n8n elsewhere has the same path.
 */
export function isAtAddress(called: string, address: string): boolean {
	if (!URL.canParse(called)) return false;
	const [url, own] = [new URL(called), new URL(address)];
	const workflowOf = ({ searchParams }: URL) => searchParams.get(WORKFLOW_PARAMETER);
	return (
		url.origin === own.origin &&
		url.pathname === own.pathname &&
		workflowOf(url) === workflowOf(own)
	);
}

/** One text for all settings, to notice when they have changed since a registration. */
export function settingsText(settings: TriggerSettings): string {
	return JSON.stringify(settings);
}

/**
 * Refuses to register an address that the server cannot reach: one of this computer, unless 1CRM (on `crmHostname`)
 * runs there, too.
 */
export function checkReachable(address: string, crmHostname: string): void {
	if (isLoopback(new URL(address).hostname) && !isLoopback(crmHostname)) {
		throw new UserError(
			`1CRM cannot reach this n8n: its webhook address is ${new URL(address).origin}, which only works on this computer. Set N8N_WEBHOOK_URL (WEBHOOK_URL in older versions) of n8n to its public address`,
		);
	}
}

function readEvents(event: string): RecordEvent[] {
	switch (event) {
		case 'created':
			return ['created'];
		case 'updated':
			return ['updated'];
		case 'createdOrUpdated':
			return ['created', 'updated'];
		default:
			throw new UserError(`'Trigger On' cannot be "${event}"`);
	}
}
