import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { readTriggerModuleName } from '../OneCrm/module/locator';
import { isLoopback } from '../OneCrm/transport/address';
import { readTriggerFilters } from './filters';
import type { RecordEvent } from './registration';

/** What the trigger is set to, as far as 1CRM has to know it. */
export interface TriggerSettings {
	events: RecordEvent[];
	module: string;
	filters: IDataObject;
	webhookName: string;
	/** The address of this node in n8n, without query. */
	address: string;
}

/** Reads the settings of a trigger. Throws a `UserError` for what cannot be registered. */
export function readSettings(context: IHookFunctions): TriggerSettings {
	return {
		events: readEvents(String(context.getNodeParameter('event', 'created'))),
		module: readTriggerModuleName(context),
		filters: readTriggerFilters(context.getNodeParameter('filters', {})),
		webhookName: String(context.getNodeParameter('options.webhookName', '') ?? '').trim(),
		address: readAddress(context),
	};
}

/** The address of the trigger in n8n, without query; a test run has another one. */
export function readAddress(context: IHookFunctions): string {
	const address = context.getNodeWebhookUrl('default');
	if (address === undefined) throw new UserError('n8n gave this trigger no address');
	return address;
}

/** One text for all settings, to notice when they have changed since a registration. */
export function settingsText(settings: TriggerSettings): string {
	return JSON.stringify(settings);
}

/**
 * Refuses to register an address that the server cannot reach. `crmHost` is the host of 1CRM; a 1CRM on
 * this computer does reach it.
 */
export function checkReachable(address: string, crmHostname: string): void {
	if (isLoopback(new URL(address).hostname) && !isLoopback(crmHostname)) {
		throw new UserError(
			`1CRM cannot reach this n8n: its webhook address is ${new URL(address).origin}, which is this computer only. Set N8N_WEBHOOK_URL (WEBHOOK_URL in older versions) of n8n to its public address`,
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
