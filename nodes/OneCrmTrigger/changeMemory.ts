import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { CHANGED_AT } from '../OneCrm/crm/audit';
import type { RecordKey } from '../OneCrm/crm/record';
import { readCredentials } from '../OneCrm/http/credentials';
import { latestEntryOf } from './changes';
import { isTimed } from './eventIdentity';
import type { OtherStates } from './ownEntries';

/** How many states of records are remembered for a trigger. */
const MOST_STATES = 2000;

/** How many entries and records: a mass update of the last minute has to fit in. */
const MOST_REMEMBERED = 20_000;

/** An administrator of 1CRM may assign another user to an API client. */
const USER_MS = 10 * 60_000;

/**
 * What a process knows of the changes of a trigger: the states that were delivered, and the entries of the log that an
 * event was given. 1CRM keeps time in seconds, so entries of several changes of one second have to be told apart.
 */
export class ChangeMemory {
	/**
	 * Whether this process runs the executions of the trigger. In queue mode, workers do: they don't know what the
	 * process that receives the deliveries knows.
	 */
	runsExecutions = false;

	private user?: { id: string; readAt: number };

	private readonly states = new Map<string, IDataObject[]>();

	/** The delivery that got an entry, by the id of the entry. */
	private readonly given = new Map<string, string>();

	/** By record, the delivery that started the workflow without a look at the log, and the record's last change then. */
	private readonly told = new Map<string, { delivery: string; time: string; user: unknown }>();

	/** The deliveries that n8n couldn't store. */
	private readonly takenBack = new Map<string, true>();

	/** The id of the user whose login the credential contains. `read` asks 1CRM for it once in a while. */
	async userId(read: () => Promise<string>): Promise<string> {
		const { user } = this;
		if (user !== undefined && Date.now() - user.readAt < USER_MS) return user.id;
		const id = await read();
		this.user = { id, readAt: Date.now() };
		return id;
	}

	/**
	 * Notes the state of a record that an event came with, to tell the event's changes from others in the same second.
	 * Without a time there is nothing to tell apart, and a list of all such states would grow forever.
	 */
	noteState(key: RecordKey, state: IDataObject): void {
		if (!isTimed(state)) return;
		const moment = momentOf(key, state);
		const known = this.states.get(moment) ?? [];
		const text = JSON.stringify(state);
		if (known.some((other) => JSON.stringify(other) === text)) return;
		remember(this.states, moment, [...known, state], MOST_STATES);
	}

	/** The other states of a record that events of the same second came with. */
	otherStates(key: RecordKey, state: IDataObject): OtherStates {
		const states = this.states.get(momentOf(key, state)) ?? [];
		const texts = states.map((known) => JSON.stringify(known));
		const text = JSON.stringify(state);
		const at = texts.indexOf(text);
		const isOther = (_: IDataObject, index: number) => texts[index] !== text;
		const others = states.filter(isOther);
		const before = at < 0 ? 0 : at;
		return { before: others.slice(0, before), after: others.slice(before) };
	}

	isGivenToAnother(entryId: string, delivery: string): boolean {
		return (this.given.get(entryId) ?? delivery) !== delivery;
	}

	give(entryId: string, delivery: string): void {
		if (!this.takenBack.has(delivery)) remember(this.given, entryId, delivery);
	}

	/** Whether another delivery has started the workflow for the change of this entry, without a look at the log. */
	isToldByAnother(key: RecordKey, entry: IDataObject, delivery: string): boolean {
		const told = this.told.get(textOf(key));
		if (told === undefined || told.delivery === delivery) return false;
		const until = entry.created_by === told.user ? latestEntryOf(told.time) : told.time;
		return String(entry[CHANGED_AT]) <= until;
	}

	/** Notes that a delivery starts the workflow for all changes of a record up to a state, without a look at the log. */
	tell(
		key: RecordKey,
		{ date_modified: at, modified_user_id: user }: IDataObject,
		delivery: string,
	): void {
		const time = String(at);
		if (this.takenBack.has(delivery) || time < (this.told.get(textOf(key))?.time ?? '')) return;
		remember(this.told, textOf(key), { delivery, time, user });
	}

	/** Takes back the changes of a delivery that n8n couldn't store. It may still be deciding. */
	takeBack(delivery: string): void {
		remember(this.takenBack, delivery, true);
		for (const [entryId, owner] of this.given) if (owner === delivery) this.given.delete(entryId);
		for (const [record, told] of this.told) {
			if (told.delivery === delivery) this.told.delete(record);
		}
	}
}

function textOf({ module, id }: RecordKey): string {
	return `${module} ${id}`;
}

function momentOf(key: RecordKey, state: IDataObject): string {
	return `${textOf(key)} ${String(state.date_modified ?? '')}`;
}

/** The oldest are forgotten first. */
function remember<Value>(
	known: Map<string, Value>,
	name: string,
	value: Value,
	most = MOST_REMEMBERED,
): void {
	known.delete(name);
	known.set(name, value);
	const [oldest] = known.keys();
	if (known.size > most) known.delete(oldest);
}

const memories = new Map<string, ChangeMemory>();

/**
 * The memory of one trigger for one server and user: the ids of one mean nothing to another. A trigger that listens for a
 * test event gets the same events as the published one.
 */
export async function changeMemoryOf(
	context: IExecuteFunctions | IWebhookFunctions,
): Promise<ChangeMemory> {
	const credentials = readCredentials(await context.getCredentials('oneCrmApi'));
	const { domain, authentication, username, clientId } = credentials;
	const isTest = context.getMode() === 'manual';
	const trigger = [context.getWorkflow().id, context.getNode().id, isTest];
	const key = JSON.stringify([...trigger, domain, authentication, username, clientId]);
	const memory = memories.get(key) ?? new ChangeMemory();
	memories.set(key, memory);
	return memory;
}
