import type { IDataObject } from 'n8n-workflow';

import type { Registration } from './registration';
import { keepRegistration, keptRegistration } from './registration';

/**
 * The registration of each trigger as this process last changed it, by the trigger's address. Changed in
 * place, so that static data that hold it are never outdated.
 *
 * n8n reads the static data of a workflow when a delivery comes in and writes all of it back when the
 * execution is stored. So a delivery may see data from before an activation, and write it back over what
 * that activation saved.
 */
const registrations = new Map<string, Registration>();

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
	const own = address === undefined ? undefined : registrations.get(address);
	if (own === undefined || (kept !== undefined && kept.revision > own.revision)) return kept;
	return own;
}

/** Changes the registration of a trigger, for n8n to save and for this process to know at once. */
export function changeRegistration(
	staticData: IDataObject,
	address: string,
	change: Omit<Registration, 'address' | 'revision'>,
): void {
	const own = registrations.get(address);
	const last = Math.max(own?.revision ?? 0, keptRegistration(staticData)?.revision ?? 0);
	// The time, because another n8n process of the same installation counts too.
	const revision = Math.max(Date.now(), last + 1);
	const registration = Object.assign(own ?? {}, { ...change, address, revision });
	registrations.set(address, registration);
	keepRegistration(staticData, registration);
}

/** Puts the newest registration into static data that are about to be saved, over an outdated one. */
export function renewRegistration(staticData: IDataObject, address: string | undefined): void {
	const newest = newestRegistration(staticData, address);
	if (newest !== undefined) keepRegistration(staticData, newest);
}

/** Has n8n save the newest registration where it has lost it to an outdated one. */
export function repairRegistration(staticData: IDataObject, address: string | undefined): void {
	const own = address === undefined ? undefined : registrations.get(address);
	if (own === undefined || Date.now() - own.revision < ACTIVATION_MS) return;
	const kept = keptRegistration(staticData);
	if (kept === undefined || kept.revision < own.revision) keepRegistration(staticData, own);
}
