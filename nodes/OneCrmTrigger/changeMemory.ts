import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { RecordKey } from '../OneCrm/crm/record';
import { readServer } from './settings';

/** Events and entries of a trigger that are remembered. */
const MOST_REMEMBERED = 2000;

/**
 * What a process knows of the changes of a trigger: the states that were delivered, and the entries of the log that
 * an event was given. 1CRM keeps time in seconds, so the entries of several changes of one second have to be told apart.
 */
class ChangeMemory {
	private readonly states = new Map<string, IDataObject[]>();

	/** By the id of an entry, the delivery that got it. */
	private readonly given = new Map<string, string>();

	note(moment: string, state: IDataObject): void {
		const states = this.states.get(moment) ?? [];
		states.push(state);
		this.states.set(moment, states);
		trim(this.states);
	}

	statesAt(moment: string): IDataObject[] {
		return this.states.get(moment) ?? [];
	}

	isGivenToAnother(entryId: string, delivery: string): boolean {
		return (this.given.get(entryId) ?? delivery) !== delivery;
	}

	give(entryId: string, delivery: string): void {
		this.given.set(entryId, delivery);
		trim(this.given);
	}

	/** Takes back what a delivery got that n8n couldn't store. */
	takeBack(delivery: string): void {
		for (const [entryId, owner] of this.given) if (owner === delivery) this.given.delete(entryId);
	}
}

function trim(remembered: Map<string, unknown>): void {
	const [oldest] = remembered.keys();
	if (remembered.size > MOST_REMEMBERED) remembered.delete(oldest);
}

const memories = new Map<string, ChangeMemory>();

/** Of one trigger and one server, whose ids mean nothing to another. */
export async function memoryOf(
	context: IExecuteFunctions | IWebhookFunctions,
): Promise<ChangeMemory> {
	const server = await readServer(context);
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id, server]);
	const memory = memories.get(key) ?? new ChangeMemory();
	memories.set(key, memory);
	return memory;
}

/** Notes the state of a record that an event came with, by which its changes are told from those of others. */
export async function noteState(
	context: IWebhookFunctions,
	{ module, id }: RecordKey,
	state: IDataObject,
): Promise<void> {
	(await memoryOf(context)).note(`${module} ${id} ${String(state.date_modified ?? '')}`, state);
}

/** Takes back what a delivery got that n8n couldn't store: 1CRM may deliver the event again. */
export async function forgetDelivery(context: IWebhookFunctions, delivery: string): Promise<void> {
	(await memoryOf(context)).takeBack(delivery);
}
