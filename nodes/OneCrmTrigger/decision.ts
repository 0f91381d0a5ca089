import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { sleep, UserError } from 'n8n-workflow';

import { CrmClient } from '../OneCrm/crm/client';
import type { RecordKey } from '../OneCrm/crm/record';
import { fetchRecord } from '../OneCrm/crm/record';
import { fetchMe } from '../OneCrm/crm/user';
import { isNotOffered, messageOf } from '../OneCrm/http/errors';
import { isJsonObject } from '../OneCrm/http/json';
import { afterSeconds } from '../OneCrm/http/limits';
import { answered } from './answered';
import { idIn } from './body';
import { changeMemoryOf } from './changeMemory';
import { toChange } from './changes';
import type { AskedEvent, DeliveredEvent } from './eventEntries';
import { findEntries, isOfAnother } from './eventEntries';
import { isTimed } from './eventIdentity';
import { handOver, newHandover, readHandover } from './handover';
import type { TriggerOptions } from './options';

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

/**
 * An event that can't be decided yet: the log doesn't have its entries, or it has these `entries`, some of which may
 * belong to events that are yet to come. It can't have those that are `given` to others.
 */
class Doubt {
	constructor(
		readonly given: IDataObject[],
		readonly entries?: IDataObject[],
	) {}
}

const NOTHING_FOUND = { entries: [], own: [], isComplete: false };

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
	const handover = newHandover();
	// The execution will know whatever is known here, and 1CRM doesn't have to wait for it.
	if (!isFiltered && memory.runsExecutions) {
		return isTimed(fields) ? COMES : { ...COMES, json: handOver(handover, fields) };
	}
	const crm = CrmClient.of(context).withTimeout(AT_ONCE_SECONDS);
	void answered(context).then((isStored) => {
		// 1CRM may deliver the event again.
		if (!isStored) memory.takeBack(handover.delivery);
	});
	const asked = { ...event, crm, memory, options, handover };
	const deciding = decideBeforeAnswer(asked).catch(() => undefined);
	const waiting = new Promise<undefined>((resolve) => {
		afterSeconds(AT_ONCE_SECONDS, () => resolve(undefined));
	});
	const decided = await Promise.race([deciding, waiting]);
	if (decided !== undefined && !(decided instanceof Doubt)) return decided;
	const others = memory.otherStates(key, fields);
	const given = (decided?.given ?? []).map(({ id }) => String(id));
	return { ...COMES, json: handOver({ ...handover, others, given }, fields) };
}

async function decideBeforeAnswer(asked: AskedEvent): Promise<Decision | Doubt> {
	const { fields, memory } = asked;
	const decided = await decide(asked);
	if (!(decided instanceof Doubt)) return decided;
	const { entries } = decided;
	// Without a time, only the process that gives an event its entries knows that they are given.
	const canBeLeft = isTimed(fields) || memory.runsExecutions;
	if (entries === undefined && canBeLeft) return decided;
	await sleep(entries === undefined ? LOG_MS : OTHERS_MS);
	return await decide({ ...asked, entries }, true);
}

/**
 * The same in the execution, for what the delivery couldn't know. Because of a failure, only an event is left out that may
 * be an own change.
 */
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
		const asked = { event, key, fields, crm, memory, options, handover, isStarted: true } as const;
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
async function decide(asked: AskedEvent, isFinal = false): Promise<Decision | Doubt> {
	const { crm, memory, key, fields, options, handover, isStarted } = asked;
	const { ignoresOwnChanges, includesChanges } = options;
	const user = idIn(fields.modified_user_id);
	const isWhole = isTimed(fields) && (!ignoresOwnChanges || user !== '');
	const record = isWhole ? undefined : await fetchRecord(crm, key);
	const state = isTimed(fields) ? { ...record, ...fields } : { ...record };
	const self = ignoresOwnChanges
		? await memory.userId(async () => await fetchUserId(crm))
		: undefined;
	const isAsLeft = isTimed(fields) && record?.date_modified === fields.date_modified;
	const isActorSure = user !== '' || isAsLeft;
	const actor = user || idIn(record?.modified_user_id);
	const isBySelf = self !== undefined && actor === self;
	if (isBySelf && isActorSure) return LEFT_OUT;
	const isActorNeeded =
		self !== undefined && (isBySelf || actor === '' || (isTimed(fields) && !isActorSure));
	const isLogNeeded = includesChanges || mustHaveChanged(asked) || isActorNeeded;
	if (!isLogNeeded) {
		if (!isTimed(fields)) memory.tell(key, state, handover.delivery);
		return comes([], record);
	}

	const finding = findEntries(asked, state, self);
	// An own change must not start the workflow because the log can't be read.
	const { entries, own, isComplete } = await (isBySelf
		? finding.catch((error: Error) =>
				isStarted || isNotOffered(error) ? NOTHING_FOUND : Promise.reject(error),
			)
		: finding);
	// The record may have been changed again since the event: the log may have another user for that.
	if (isBySelf && areOf(self, own)) return LEFT_OUT;
	// What somebody else changed is known by now, and must not be told again for the next own change.
	if (!isComplete && !isBySelf) {
		const { audited } = await crm.metadata(key.module);
		if (audited.size === 0) throw new UserError(`${key.module} has no fields in the audit log`);
		if (!isFinal) return new Doubt(entries.filter((entry) => isOfAnother(asked, entry)));
	}
	const given = own.filter((entry) => !isOfAnother(asked, entry));
	if (!isFinal && mayBeShared(asked, given)) return new Doubt([], entries);

	for (const { id } of given) memory.give(String(id), handover.delivery);
	if (isActorNeeded && given.length > 0 && areOf(self, given)) return LEFT_OUT;
	return isWanted(asked, given) ? comes(given, record) : LEFT_OUT;
}

/** That an event comes is decided once: the execution may find the record changed again. It knows by `changes`. */
function comes(given: IDataObject[], record: IDataObject | undefined): Decision {
	return { isLeftOut: false, json: { changes: given.map(toChange) }, record };
}

/** Whether an event may have been given changes of another one, and it matters which. */
function mayBeShared(asked: AskedEvent, given: IDataObject[]): boolean {
	const { event, fields, options } = asked;
	const isMixed = mustHaveChanged(asked) && !given.every((entry) => isChosen(entry, options));
	// No event comes before a creation. Without a time, events that are yet to come can't be compared.
	const isComparable = event !== 'created' && isTimed(fields);
	const matters = options.includesChanges || isMixed;
	return isComparable && matters && given.length > 1 && isWanted(asked, given);
}

function isWanted(asked: AskedEvent, given: IDataObject[]): boolean {
	return !mustHaveChanged(asked) || given.some((entry) => isChosen(entry, asked.options));
}

/** Every field of a new record is new, whether the log has that or not. */
function mustHaveChanged({ event, options }: AskedEvent): boolean {
	return options.onlyIfChanged.length > 0 && event !== 'created';
}

function isChosen({ field_name: field }: IDataObject, { onlyIfChanged }: TriggerOptions): boolean {
	return onlyIfChanged.includes(String(field));
}

/** Whether all entries are of this user. */
function areOf(user: string | undefined, entries: IDataObject[]): boolean {
	return entries.every(({ created_by: actor }) => actor === user);
}

/** The id of the user whose login the credential contains, as records name it. */
async function fetchUserId(crm: CrmClient): Promise<string> {
	const { recordId } = await fetchMe(crm);
	return String(recordId);
}
