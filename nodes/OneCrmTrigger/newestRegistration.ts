import type { IDataObject } from 'n8n-workflow';

import type { Registration } from './registration';
import { keepRegistration, keptRegistration } from './registration';

/** The last change of a registration; without a registration the change was its end. */
interface Change {
	revision: number;
	registration?: Registration;
}

/**
 * The last change that this process made to the registration of each trigger, by the trigger's address.
 *
 * n8n reads the static data of a workflow when a delivery comes in and writes all of it back afterwards. So
 * a delivery may see data from before an activation, and write it back over what that activation saved.
 */
const lastChanges = new Map<string, Change>();

/**
 * An activation saves what it has registered, moments later. Until then a delivery must not write: it could
 * undo what the same activation saves of another trigger.
 */
const ACTIVATION_MS = 60_000;

/**
 * The newest registration of a trigger, of what n8n handed out and what this process knows. Without
 * `address`, that of a test run, which n8n keeps apart, there is only the former.
 */
export function newestRegistration(
	staticData: IDataObject,
	address: string | undefined,
): Registration | undefined {
	const kept = keptRegistration(staticData);
	const change = address === undefined ? undefined : lastChanges.get(address);
	if (change === undefined || (kept !== undefined && kept.revision > change.revision)) return kept;
	return change.registration;
}

/** Changes the registration of a trigger, for n8n to save and for this process to know at once. */
export function changeRegistration(
	staticData: IDataObject,
	address: string,
	registration: Omit<Registration, 'revision'> | undefined,
): void {
	const last = Math.max(
		lastChanges.get(address)?.revision ?? 0,
		keptRegistration(staticData)?.revision ?? 0,
	);
	// The time, because another n8n process of the same installation counts too.
	const revision = Math.max(Date.now(), last + 1);
	const changed = registration && {
		...registration,
		webhooks: [...registration.webhooks],
		revision,
	};
	lastChanges.set(address, { revision, registration: changed });
	keepRegistration(staticData, changed);
}

/** Puts the newest registration into static data that are about to be saved, over an outdated one. */
export function renewRegistration(staticData: IDataObject, address: string | undefined): void {
	const newest = newestRegistration(staticData, address);
	if (newest?.revision === keptRegistration(staticData)?.revision) return;
	keepRegistration(staticData, newest);
}

/** Has n8n save the newest registration where it has lost it to an outdated one. */
export function repairRegistration(staticData: IDataObject, address: string | undefined): void {
	const change = address === undefined ? undefined : lastChanges.get(address);
	if (change === undefined || Date.now() - change.revision < ACTIVATION_MS) return;
	renewRegistration(staticData, address);
}
