import type { IDataObject } from 'n8n-workflow';

import { isJsonObject } from '../OneCrm/transport/answer';

/** What happened to a record, in the words of the trigger's output. */
export type RecordEvent = 'created' | 'updated';

/** The kinds of webhook that 1CRM has for each event. */
export const WEBHOOK_TYPES: Readonly<Record<RecordEvent, string>> = {
	created: 'create',
	updated: 'update',
};

/** A webhook that this node has registered, as it is kept between activation and deactivation. */
export type RegisteredWebhook = {
	/** The server's id. */
	id: string;
	event: RecordEvent;
	tokenHash: string;
};

/** What the node has registered, where, and for which settings. */
export type Registration = {
	/** The address of the 1CRM's API. The ids mean nothing to another server. */
	server: string;
	/** That of the trigger. With another one this is the copy of a workflow, whose webhooks are not its own. */
	address: string;
	/** Module, filters, name and address in one text; another text means that it has to be made anew. */
	settings: string;
	/** Empty after a deactivation. */
	webhooks: RegisteredWebhook[];
	/** Grows with each change, so that of two registrations the newer one is known. */
	revision: number;
};

const KEY = 'registration';

/**
 * The registration kept in the node's static data, or `undefined` where there is none. The data is
 * n8n's to store; what is not of the expected shape counts as none.
 */
export function keptRegistration(staticData: IDataObject): Registration | undefined {
	const kept = staticData[KEY];
	if (!isJsonObject(kept) || !Array.isArray(kept.webhooks)) return undefined;
	return {
		server: String(kept.server ?? ''),
		address: String(kept.address ?? ''),
		settings: String(kept.settings ?? ''),
		webhooks: kept.webhooks
			.filter(isJsonObject)
			.filter(({ id }) => id)
			.map((webhook) => ({
				id: String(webhook.id),
				event: webhook.event === 'updated' ? 'updated' : 'created',
				tokenHash: String(webhook.tokenHash ?? ''),
			})),
		revision: Number(kept.revision) || 0,
	};
}

/** Keeps a registration in the node's static data; n8n saves it with the workflow. */
export function keepRegistration(staticData: IDataObject, registration: Registration): void {
	staticData[KEY] = registration;
}
