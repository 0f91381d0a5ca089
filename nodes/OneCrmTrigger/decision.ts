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
import { readEventChanges } from './changes';
import { isIdentifiable } from './eventIdentity';
import type { RecordEvent } from './memory';
import type { TriggerOptions } from './options';

/** How long an audit log may take until it has the changes of an event. */
const LOG_MS = 1000;

/** While 1CRM waits for its answer, and may have to end that before it can give the record. */
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

/** An event that is looked at, and by what. */
interface AskedEvent extends DeliveredEvent {
	crm: CrmClient;
	memory: ChangeMemory;
	/** By which the entries of the audit log are known that it got. */
	delivery: string;
	options: TriggerOptions;
}

/** Under this name an undecided event carries its delivery into the execution. */
const DELIVERY = 'delivery';

const COMES: Decision = { isLeftOut: false, json: {} };
const LEFT_OUT: Decision = { isLeftOut: true, json: {} };

/**
 * Looks at who changed what while 1CRM waits for the answer, so that an event that is left out starts no execution.
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
	memory.noteState(event.key, event.fields);
	if (!isFiltered) return COMES;
	const crm = CrmClient.of(context).withTimeout(AT_ONCE_SECONDS);
	const delivery = randomUUID();
	void answered(context).then((isStored) => {
		// 1CRM may deliver the event again.
		if (!isStored) memory.takeBack(delivery);
	});
	const asked = { ...event, crm, memory, delivery, options };
	const deciding = decide(asked).catch(() => undefined);
	const waiting = new Promise<undefined>((resolve) => {
		afterSeconds(AT_ONCE_SECONDS, () => resolve(undefined));
	});
	const undecided = { isLeftOut: false, json: { [DELIVERY]: delivery } };
	return (await Promise.race([deciding, waiting])) ?? undecided;
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
	if (isDecided || !isNeeded) return COMES;
	try {
		const memory = await changeMemoryOf(context);
		const fields = isJsonObject(json.record) ? json.record : {};
		const delivery = String(json[DELIVERY] ?? randomUUID());
		const event = json.event === 'created' ? 'created' : 'updated';
		const asked: AskedEvent = { event, key, fields, crm, memory, delivery, options };
		const decided = await decide(asked);
		if (decided !== undefined) return decided;
		// The log may be written a moment after the webhook is called.
		await sleep(LOG_MS);
		return (await decide(asked, true)) ?? COMES;
	} catch (error) {
		const reason = messageOf(error);
		context.logger.warn(
			`1CRM Trigger: the changes of ${key.module} ${key.id} are unknown: ${reason}`,
		);
		return { isLeftOut: false, json: { changesError: reason } };
	}
}

/** An item without what it carried for the decision. */
export function withoutDelivery(json: IDataObject): IDataObject {
	const rest = { ...json };
	delete rest[DELIVERY];
	return rest;
}

/**
 * Decides by the delivered fields, the record and the audit log. `undefined` if the log has nothing of the moment
 * yet, unless it `isFinal`. Throws if 1CRM can't be asked.
 */
async function decide(
	{ event, crm, memory, key, delivery, fields, options }: AskedEvent,
	isFinal = false,
): Promise<Decision | undefined> {
	const { onlyIfChanged, ignoresOwnChanges, includesChanges } = options;
	const isWhole = isIdentifiable(fields) && (!ignoresOwnChanges || fields.modified_user_id);
	const record = isWhole ? undefined : await fetchRecord(crm, key);
	const state = { ...record, ...fields };
	const own = ignoresOwnChanges
		? await memory.userId(async () => await fetchUserId(crm))
		: undefined;
	if (own !== undefined && state.modified_user_id === own) return LEFT_OUT;
	const isActorNeeded = own !== undefined && !state.modified_user_id;
	if (!includesChanges && onlyIfChanged.length === 0 && !isActorNeeded) return { ...COMES, record };

	const { changes, actor, isLogged } = await readEventChanges(crm, memory, key, state, delivery);
	if (!isLogged) {
		const { audited } = await crm.metadata(key.module);
		if (audited.size === 0) throw new UserError(`${key.module} has no fields in the audit log`);
		if (!isFinal) return undefined;
	}
	if (own !== undefined && actor === own) return LEFT_OUT;
	// Every field of a new record is new, whether the log has that or not.
	const isNew = event === 'created' && !isLogged;
	const isAny = onlyIfChanged.length === 0 || isNew;
	const isWanted = isAny || changes.some(({ field }) => onlyIfChanged.includes(field));
	return isWanted ? { isLeftOut: false, json: { changes }, record } : LEFT_OUT;
}

/** The id of the user whose login the credential contains, as records name it. */
async function fetchUserId(crm: CrmClient): Promise<string> {
	const { recordId } = await fetchMe(crm);
	return String(recordId);
}
