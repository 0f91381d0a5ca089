import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { sleep, UserError } from 'n8n-workflow';

import { CrmClient } from '../OneCrm/crm/client';
import type { RecordKey } from '../OneCrm/crm/record';
import { fetchRecord } from '../OneCrm/crm/record';
import { fetchMe } from '../OneCrm/crm/user';
import { messageOf } from '../OneCrm/http/errors';
import { isJsonObject } from '../OneCrm/http/json';
import { afterSeconds } from '../OneCrm/http/limits';
import { answered } from './answered';
import type { ChangeMemory } from './changeMemory';
import { changeMemoryOf } from './changeMemory';
import { fetchEntries, toChange } from './changes';
import { isIdentifiable } from './eventIdentity';
import type { Handover } from './handover';
import { handOver, readHandover } from './handover';
import type { RecordEvent } from './memory';
import type { TriggerOptions } from './options';
import { ownEntries } from './ownEntries';

/** How long an audit log may take until it has the changes of an event. */
const LOG_MS = 1000;

/** How long an event waits for the deliveries of earlier events: n8n doesn't keep their order. */
const OTHERS_MS = 500;

/** Limits requests while 1CRM waits for its answer: it may have to stop waiting before it can give the record. */
export const AT_ONCE_SECONDS = 3;

/** Whether an event is left out by the options about changes, or what is added to its item. */
export interface Decision {
	isLeftOut: boolean;
	json: IDataObject;
	/** The record, if it was read to decide. */
	record?: IDataObject;
}

/** An event as it was delivered. */
export interface DeliveredEvent {
	event: RecordEvent;
	key: RecordKey;
	/** Of the record. */
	fields: IDataObject;
}

/** An event, and what it is decided with. */
interface AskedEvent extends DeliveredEvent {
	crm: CrmClient;
	memory: ChangeMemory;
	options: TriggerOptions;
	handover: Handover;
	/** Of the audit log, if they were read before. */
	entries?: IDataObject[];
}

/**
 * An event that can't be decided yet: the log doesn't have its entries, or it has these `entries`, some of which may
 * belong to events that are yet to come.
 */
class Doubt {
	constructor(readonly entries?: IDataObject[]) {}
}

const NO_OTHERS = { before: [], after: [] };

const COMES: Decision = { isLeftOut: false, json: {} };
const LEFT_OUT: Decision = { isLeftOut: true, json: {} };

/**
 * While 1CRM waits for the answer, looks at who changed what, so that an event that is left out starts no execution.
 * Whatever can't be known within a moment is left to the execution (`decideInExecution`).
 */
export async function decideAtOnce(
	context: IWebhookFunctions,
	event: DeliveredEvent,
	options: TriggerOptions,
): Promise<Decision> {
	const isFiltered = options.onlyIfChanged.length > 0 || options.ignoresOwnChanges;
	if (!isFiltered && !options.includesChanges) return COMES;
	const memory = await changeMemoryOf(context);
	const { key, fields } = event;
	memory.noteState(key, fields);
	// The execution will know whatever is known here, and 1CRM doesn't have to wait for it.
	if (!isFiltered && memory.runsExecutions) return COMES;
	const crm = CrmClient.of(context).withTimeout(AT_ONCE_SECONDS);
	const delivery = randomUUID();
	void answered(context).then((isStored) => {
		// 1CRM may deliver the event again.
		if (!isStored) memory.takeBack(delivery);
	});
	const handover = { delivery, others: NO_OTHERS };
	const asked = { ...event, crm, memory, options, handover };
	const deciding = decideBeforeAnswer(asked).catch(() => undefined);
	const waiting = new Promise<undefined>((resolve) => {
		afterSeconds(AT_ONCE_SECONDS, () => resolve(undefined));
	});
	const decided = await Promise.race([deciding, waiting]);
	if (decided !== undefined && !(decided instanceof Doubt)) return decided;
	const others = memory.otherStates(key, fields);
	return { isLeftOut: false, json: handOver({ delivery, others }, fields) };
}

async function decideBeforeAnswer(asked: AskedEvent): Promise<Decision | Doubt> {
	const decided = await decide(asked);
	if (!(decided instanceof Doubt) || decided.entries === undefined) return decided;
	await sleep(OTHERS_MS);
	return await decide({ ...asked, entries: decided.entries }, true);
}

/** The same in the execution, for what the delivery couldn't know: nothing is left out because of a failure. */
export async function decideInExecution(
	context: IExecuteFunctions,
	crm: CrmClient,
	key: RecordKey,
	json: IDataObject,
	options: TriggerOptions,
): Promise<Decision> {
	const { onlyIfChanged, ignoresOwnChanges, includesChanges } = options;
	const isDecided = json.changes !== undefined;
	const isNeeded = includesChanges || onlyIfChanged.length > 0 || ignoresOwnChanges;
	if (!isNeeded) return COMES;
	try {
		const memory = await changeMemoryOf(context);
		memory.runsExecutions ||= context.getMode() !== 'manual';
		if (isDecided) return COMES;
		const fields = isJsonObject(json.record) ? json.record : {};
		const event = json.event === 'created' ? 'created' : 'updated';
		const handover = readHandover(json, fields);
		const asked: AskedEvent = { event, key, fields, crm, memory, options, handover };
		const decided = await decide(asked);
		if (!(decided instanceof Doubt)) return decided;
		// The log may be written a moment after the webhook is called.
		await sleep(LOG_MS);
		const again = await decide({ ...asked, entries: decided.entries }, true);
		return again instanceof Doubt ? COMES : again;
	} catch (error) {
		const reason = messageOf(error);
		context.logger.warn(
			`1CRM Trigger: the changes of ${key.module} ${key.id} are unknown: ${reason}`,
		);
		return { isLeftOut: false, json: { changesError: reason } };
	}
}

/**
 * Decides by the delivered fields, the record and the audit log, or returns a `Doubt`, unless `isFinal`. Throws if 1CRM
 * can't be asked.
 */
async function decide(
	{ event, crm, memory, key, fields, options, handover, ...known }: AskedEvent,
	isFinal = false,
): Promise<Decision | Doubt> {
	const { onlyIfChanged, ignoresOwnChanges, includesChanges } = options;
	const isTimed = isIdentifiable(fields);
	const isWhole = isTimed && (!ignoresOwnChanges || fields.modified_user_id);
	const record = isWhole ? undefined : await fetchRecord(crm, key);
	const state = { ...record, ...fields };
	const self = ignoresOwnChanges
		? await memory.userId(async () => await fetchUserId(crm))
		: undefined;
	if (self !== undefined && state.modified_user_id === self) return LEFT_OUT;
	const isActorNeeded = self !== undefined && !state.modified_user_id;
	if (!includesChanges && onlyIfChanged.length === 0 && !isActorNeeded) return { ...COMES, record };

	const moment = String(state.date_modified ?? '');
	const entries = known.entries ?? (await fetchEntries(crm, key, moment));
	const [noted, carried] = [memory.otherStates(key, fields), handover.others];
	const { own, isComplete } = ownEntries(entries, state, {
		before: [...noted.before, ...carried.before],
		after: [...noted.after, ...carried.after],
	});
	if (own.length === 0 || !isComplete) {
		const { audited } = await crm.metadata(key.module);
		if (audited.size === 0) throw new UserError(`${key.module} has no fields in the audit log`);
		if (!isFinal) return new Doubt();
	}
	const { delivery } = handover;
	const given = own.filter(({ id }) => !memory.isGivenToAnother(String(id), delivery));
	const changes = given.map(toChange);
	const chosen = changes.filter(({ field }) => onlyIfChanged.includes(field));
	const isNew = event === 'created' && changes.length === 0;
	// Every field of a new record is new, whether the log has that or not.
	const isWanted = onlyIfChanged.length === 0 || isNew || chosen.length > 0;
	const isMixed = chosen.length < changes.length;
	// No event comes before a creation. Without a time, events that are yet to come can't be compared.
	const mayBeShared = changes.length > 1 && event !== 'created' && isTimed;
	const matters = isWanted && (includesChanges || (onlyIfChanged.length > 0 && isMixed));
	if (mayBeShared && matters && !isFinal) return new Doubt(entries);

	for (const { id } of given) memory.give(String(id), delivery);
	if (self !== undefined && given.at(-1)?.created_by === self) return LEFT_OUT;
	return isWanted ? { isLeftOut: false, json: { changes }, record } : LEFT_OUT;
}

/** The id of the user whose login the credential contains, as records name it. */
async function fetchUserId(crm: CrmClient): Promise<string> {
	const { recordId } = await fetchMe(crm);
	return String(recordId);
}
