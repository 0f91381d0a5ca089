import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { auditTarget, CHANGED_AT } from '../OneCrm/crm/audit';
import { readBoolean } from '../OneCrm/crm/boolean';
import type { CrmClient } from '../OneCrm/crm/client';
import type { RecordKey } from '../OneCrm/crm/record';
import { isNotFound, isNotOffered, messageOf } from '../OneCrm/http/errors';
import { fetchList } from '../OneCrm/http/paging';
import { readServer } from './settings';

/** What a trigger is set to do with the changes of an event. */
export interface ChangeSettings {
	includesChanges: boolean;
	onlyIfChanged: string[];
	ignoresOwnChanges: boolean;
}

/** One change of a field, with its values as the audit log has them. */
export type FieldChange = { field: string; before: string | null; after: string | null };

/** What an event changed, and who changed it, as far as the log knows. */
export interface EventChanges {
	changes: FieldChange[];
	actor?: string;
	/** Whether the log has any entry of the moment of the event. */
	isLogged: boolean;
}

/** How an execution and a delivery reach the parameters; an execution asks for its first item. */
type ReadOption = (name: string, fallback: unknown) => unknown;

/** Reads the options about changes. `onlyIfChanged` takes an array of names or a comma-separated text. */
export function readChangeSettings(
	context: IExecuteFunctions | IHookFunctions | IWebhookFunctions,
): ChangeSettings {
	const read: ReadOption =
		'getInputData' in context
			? (name, fallback) =>
					(context as IExecuteFunctions).getNodeParameter(`options.${name}`, 0, fallback)
			: (name, fallback) =>
					(context as IHookFunctions).getNodeParameter(`options.${name}`, fallback as string);
	const names = read('onlyIfChanged', []);
	const list = Array.isArray(names) ? names : String(names ?? '').split(',');
	return {
		includesChanges: readBoolean(read('includeChanges', false)) === true,
		onlyIfChanged: list.map((name) => String(name).trim()).filter((name) => name !== ''),
		ignoresOwnChanges: readBoolean(read('ignoreOwnChanges', false)) === true,
	};
}

/**
 * Refuses to publish what could never work: a field that isn't audited, and an audit log that this user may not
 * read. Throws a `UserError` that names the option.
 */
export async function checkChangeSettings(
	context: IHookFunctions,
	crm: CrmClient,
	module: string,
): Promise<void> {
	const { includesChanges, onlyIfChanged } = readChangeSettings(context);
	if (!includesChanges && onlyIfChanged.length === 0) return;
	if (onlyIfChanged.length > 0) {
		if (context.getNodeParameter('event', '') === 'created') {
			throw new UserError(
				"'Only If Changed' doesn't go with 'Record Created': every field of a new record is new. Choose 'Record Updated', or remove the option",
			);
		}
		const { fields, audited } = await crm.metadata(module);
		for (const name of onlyIfChanged) {
			if (!fields.has(name)) {
				throw new UserError(`'Only If Changed' contains "${name}", which ${module} doesn't have`);
			}
			if (!audited.has(name)) {
				throw new UserError(
					`'Only If Changed' contains "${name}", which the audit log of ${module} doesn't cover. Choose a field from the list`,
				);
			}
		}
	}
	const refusal = await refusalOfLog(crm, module);
	if (refusal === undefined) return;
	// Include Changes may be used in a module without a log: each event says so.
	if (onlyIfChanged.length === 0 && isNotFound(refusal)) return;
	if (!isNotOffered(refusal)) {
		context.logger.warn(`1CRM Trigger: the audit log could not be tried: ${messageOf(refusal)}`);
		return;
	}
	const option = onlyIfChanged.length > 0 ? 'Only If Changed' : 'Include Changes';
	throw new UserError(
		`'${option}' needs the audit log of ${module}, which this user can't read (${messageOf(refusal)}). Choose another credential, or remove the option`,
	);
}

/** The error of 1CRM when the log of a module is read, `undefined` if it can be read. */
async function refusalOfLog(crm: CrmClient, module: string): Promise<unknown> {
	try {
		const { path } = auditTarget(module, undefined);
		await crm.http.json({ method: 'GET', path, query: { limit: 1 } });
		return undefined;
	} catch (error) {
		return error;
	}
}

const MOST_ENTRIES = 1000;

/** In seconds: an entry may be written a moment after the record. */
const LATEST_ENTRY = 2;

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
async function memoryOf(context: IExecuteFunctions | IWebhookFunctions): Promise<ChangeMemory> {
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

/**
 * What an event changed, from the audit log of its record. `state` is the record as the event came with it, or as it
 * was read. Entries that another delivery got are left out. Throws what the request for the log throws.
 */
export async function readEventChanges(
	context: IExecuteFunctions | IWebhookFunctions,
	crm: CrmClient,
	key: RecordKey,
	state: IDataObject,
	delivery: string,
): Promise<EventChanges> {
	const moment = String(state.date_modified ?? '');
	const log = await fetchList(crm.http, {
		...auditTarget(key.module, key.id),
		limit: MOST_ENTRIES,
		parallelRequests: 1,
		stopAt: () => (entry) => String(entry[CHANGED_AT] ?? '') < moment,
	});
	const entries = entriesOf(log, moment);
	const memory = await memoryOf(context);
	const others = memory
		.statesAt(`${key.module} ${key.id} ${moment}`)
		.filter((other) => JSON.stringify(other) !== JSON.stringify(state));
	const own = ownEntries(entries, state, others, (entry) =>
		memory.isGivenToAnother(String(entry.id), delivery),
	);
	for (const { id } of own) memory.give(String(id), delivery);
	const actor = own.at(-1)?.created_by;
	return {
		changes: own.map((entry) => ({
			field: String(entry.field_name),
			before: beforeOf(entry),
			after: afterOf(entry),
		})),
		...(actor !== undefined && { actor: String(actor) }),
		isLogged: entries.length > 0,
	};
}

/** The entries of a moment, the oldest first. The log has the newest first. */
function entriesOf(log: IDataObject[], moment: string): IDataObject[] {
	const at = (time: string) => log.filter((entry) => entry[CHANGED_AT] === time).reverse();
	for (let seconds = 0; seconds <= LATEST_ENTRY; seconds++) {
		const time = Date.parse(`${moment.replace(' ', 'T')}Z`) + seconds * 1000;
		if (Number.isNaN(time)) return [];
		const entries = at(new Date(time).toISOString().slice(0, 19).replace('T', ' '));
		if (entries.length > 0) return entries;
	}
	return [];
}

/**
 * The entries of one event among those of its second, the oldest first.
 *
 * They end where the record was in the state that the event came with, and begin behind the state of another event,
 * the same field once more, or another user. Those that are `given` already belong to others.
 */
export function ownEntries(
	entries: IDataObject[],
	state: IDataObject,
	others: IDataObject[],
	isGiven: (entry: IDataObject) => boolean,
): IDataObject[] {
	const end = positionOf(entries, state) ?? entries.length;
	const begins = others.map((other) => positionOf(entries, other) ?? 0).filter((at) => at < end);
	const begin = Math.max(0, ...begins);
	const own: IDataObject[] = [];
	for (let at = end - 1; at >= begin; at--) {
		const entry = entries[at];
		const isOfAnother = own.some(
			({ field_name: field, created_by: actor }) =>
				field === entry.field_name || actor !== entry.created_by,
		);
		if (isOfAnother) break;
		own.unshift(entry);
	}
	return own.filter((entry) => !isGiven(entry));
}

/** After how many of the entries the record was in this state; the last such place, `undefined` if there is none. */
function positionOf(entries: IDataObject[], state: IDataObject): number | undefined {
	const fields = new Map(entries.map((entry) => [String(entry.field_name), beforeOf(entry)]));
	for (const entry of [...entries].reverse()) fields.set(String(entry.field_name), beforeOf(entry));
	const isReached = () =>
		[...fields].every(([name, value]) => !Object.hasOwn(state, name) || isSame(state[name], value));
	let position = isReached() ? 0 : undefined;
	for (const [index, entry] of entries.entries()) {
		fields.set(String(entry.field_name), afterOf(entry));
		if (isReached()) position = index + 1;
	}
	return position;
}

/** A delivery may write a value in JSON's own types, the log has texts. */
function isSame(value: unknown, logged: string | null): boolean {
	const [a, b] = [value, logged].map((side) =>
		side === true ? '1' : side === false ? '0' : String(side ?? '').trim(),
	);
	return a === b || (a !== '' && b !== '' && Number(a) === Number(b));
}

function beforeOf(entry: IDataObject): string | null {
	return (entry.before_value_string ?? entry.before_value_text ?? null) as string | null;
}

function afterOf(entry: IDataObject): string | null {
	return (entry.after_value_string ?? entry.after_value_text ?? null) as string | null;
}
