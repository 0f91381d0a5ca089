import { randomUUID } from 'node:crypto';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	NodeApiError,
} from 'n8n-workflow';
import { sleep, UserError } from 'n8n-workflow';

import { CrmClient } from '../OneCrm/crm/client';
import type { RecordKey } from '../OneCrm/crm/record';
import { fetchRecord } from '../OneCrm/crm/record';
import { fetchMe } from '../OneCrm/crm/user';
import { isNotFound, messageOf } from '../OneCrm/http/errors';
import { sentences } from '../OneCrm/http/failure';
import { isJsonObject } from '../OneCrm/http/json';
import { afterSeconds } from '../OneCrm/http/limits';
import type { DeliveredRecord } from './body';
import { forgetDelivery, noteState } from './changeMemory';
import { readEventChanges } from './changes';
import type { EventIdentity, RecordEvent, TriggerMemory } from './memory';
import { isIdentifiable } from './memory';
import type { TriggerOptions } from './options';
import { readOptions } from './options';
import { readModule } from './settings';

/** With the tries of a request, an event whose server is down waits a minute and a half at most. */
const TIMEOUT_SECONDS = 20;

/** How long an audit log may take until it has the changes of an event. */
const LOG_MS = 1000;

/** While 1CRM waits for its answer, and may have to end that before it can give the record. */
const AT_ONCE_SECONDS = 3;

interface EventRecord {
	record: IDataObject | null;
	recordError?: string;
}

/**
 * The item of an event, with its record as it was delivered, or `undefined` for an event that was delivered
 * before and is to be ignored. Throws for a module that is missing or cannot be a name.
 */
export async function describeEvent(
	context: IWebhookFunctions,
	event: RecordEvent,
	{ id: recordId, fields }: DeliveredRecord,
	memory: TriggerMemory,
): Promise<IDataObject | undefined> {
	const module = readModule(context);
	const { webhookName, fetchesRecord, ignoresRepeats } = readOptions(context);
	if (ignoresRepeats) {
		const isSilent = !isIdentifiable(fields) && fetchesRecord;
		// An id alone tells nothing; the record tells when it was changed. 1CRM waits for the answer meanwhile.
		const { record } = isSilent
			? await readAtOnce(context, { module, id: recordId })
			: { record: fields };
		const identity = { module, recordId, event, record: record ?? fields };
		if (await isToIgnore(context, memory, identity)) return undefined;
	}
	const item = { event, module, recordId, webhookName, record: fields };
	const decided = await decideAtOnce(context, { module, id: recordId }, fields);
	return decided.isLeftOut ? undefined : { ...item, ...decided.json };
}

/** Whether an event is left out by the options about changes, or what is added to its item. */
interface Decision {
	isLeftOut: boolean;
	json: IDataObject;
}

/** An event that is looked at, and where. */
interface AskedEvent {
	context: IExecuteFunctions | IWebhookFunctions;
	crm: CrmClient;
	key: RecordKey;
	/** By which the entries of the audit log are known that it got. */
	delivery: string;
}

/** Under this name an undecided event carries its delivery into the execution. */
const DELIVERY = 'delivery';

const COMES: Decision = { isLeftOut: false, json: {} };
const LEFT_OUT: Decision = { isLeftOut: true, json: {} };

/**
 * Looks at who changed what while 1CRM waits for the answer, so that an event that is left out starts no execution.
 * Whatever can't be known within a moment is left to the execution (`decideInExecution`).
 */
async function decideAtOnce(
	context: IWebhookFunctions,
	key: RecordKey,
	fields: IDataObject,
): Promise<Decision> {
	const settings = readOptions(context);
	const { onlyIfChanged, ignoresOwnChanges, includesChanges } = settings;
	if (includesChanges || onlyIfChanged.length > 0 || ignoresOwnChanges) {
		await noteState(context, key, fields);
	}
	if (onlyIfChanged.length === 0 && !ignoresOwnChanges) return COMES;
	const crm = CrmClient.of(context).withTimeout(AT_ONCE_SECONDS);
	const delivery = randomUUID();
	void answered(context).then(async (isStored) => {
		if (!isStored) await forgetDelivery(context, delivery);
	});
	const deciding = decide({ context, crm, key, delivery }, fields, settings).catch(() => undefined);
	const waiting = new Promise<undefined>((resolve) => {
		afterSeconds(AT_ONCE_SECONDS, () => resolve(undefined));
	});
	const undecided = { isLeftOut: false, json: { [DELIVERY]: delivery } };
	return (await Promise.race([deciding, waiting])) ?? undecided;
}

/** The same in the execution, for what the delivery couldn't know: nothing is left out because of a failure. */
async function decideInExecution(
	context: IExecuteFunctions,
	crm: CrmClient,
	key: RecordKey,
	json: IDataObject,
): Promise<Decision> {
	const settings = readOptions(context);
	const { onlyIfChanged, ignoresOwnChanges, includesChanges } = settings;
	const isDecided = json.changes !== undefined;
	const isNeeded = includesChanges || onlyIfChanged.length > 0 || ignoresOwnChanges;
	if (isDecided || !isNeeded) return COMES;
	try {
		const fields = isJsonObject(json.record) ? json.record : {};
		const asked = { context, crm, key, delivery: String(json[DELIVERY] ?? randomUUID()) };
		const decided = await decide(asked, fields, settings);
		if (decided !== undefined) return decided;
		// The log may be written a moment after the webhook is called.
		await sleep(LOG_MS);
		return (await decide(asked, fields, settings, true)) ?? COMES;
	} catch (error) {
		const reason = messageOf(error);
		context.logger.warn(
			`1CRM Trigger: the changes of ${key.module} ${key.id} are unknown: ${reason}`,
		);
		return { isLeftOut: false, json: { changesError: reason } };
	}
}

/**
 * Decides by the delivered fields, the record and the audit log. `undefined` if the log has nothing of the moment
 * yet, unless it `isFinal`. Throws if 1CRM can't be asked.
 */
async function decide(
	{ context, crm, key, delivery }: AskedEvent,
	fields: IDataObject,
	{ onlyIfChanged, ignoresOwnChanges, includesChanges }: TriggerOptions,
	isFinal = false,
): Promise<Decision | undefined> {
	const isWhole = isIdentifiable(fields) && (!ignoresOwnChanges || fields.modified_user_id);
	const state = isWhole ? fields : { ...(await fetchRecord(crm, key)), ...fields };
	const own = ignoresOwnChanges ? await ownUserId(crm) : undefined;
	if (own !== undefined && state.modified_user_id === own) return LEFT_OUT;
	const isActorNeeded = own !== undefined && !state.modified_user_id;
	if (!includesChanges && onlyIfChanged.length === 0 && !isActorNeeded) return COMES;

	const { audited } = await crm.metadata(key.module);
	if (audited.size === 0) throw new UserError(`${key.module} has no fields in the audit log`);
	const { changes, actor, isLogged } = await readEventChanges(context, crm, key, state, delivery);
	if (own !== undefined && actor === own) return LEFT_OUT;
	if (!isLogged && !isFinal) return undefined;
	const isWanted =
		onlyIfChanged.length === 0 || changes.some(({ field }) => onlyIfChanged.includes(field));
	return isWanted ? { isLeftOut: false, json: { changes } } : LEFT_OUT;
}

/** The id of the user whose login the credential contains, as records name it. */
async function ownUserId(crm: CrmClient): Promise<string> {
	const { recordId } = await fetchMe(crm);
	return String(recordId);
}

/** A repeat of an event that n8n is still storing waits for that: should it fail, the repeat takes its place. */
async function isToIgnore(
	context: IWebhookFunctions,
	memory: TriggerMemory,
	identity: EventIdentity,
): Promise<boolean> {
	while (memory.isRepeated(identity)) {
		if (await memory.isStored(identity)) return true;
	}
	// n8n saves the static data as a whole.
	memory.renew();
	memory.noteStoring(identity, answered(context));
	return false;
}

/** Whether the answer of n8n, which comes when it has stored the execution, is a success. */
async function answered(context: IWebhookFunctions): Promise<boolean> {
	const response = context.getResponseObject();
	if (response.closed) return true;
	return await new Promise((resolve) => {
		response.once('finish', () => resolve(response.statusCode < 500));
		// Whoever delivered has hung up; n8n goes on to store what it has taken.
		response.once('close', () => resolve(true));
	});
}

/**
 * The items of the events that started an execution, each with its record read back from 1CRM: a delivery
 * may be forged or hold a part of it only.
 */
export async function readEventRecords(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const { fetchesRecord, includesChanges } = readOptions(context);
	const crm = CrmClient.of(context).withTimeout(TIMEOUT_SECONDS);
	const read = await Promise.all(
		items.map(async ({ json }, item) => {
			const key = { module: String(json.module), id: String(json.recordId) };
			const decided = await decideInExecution(context, crm, key, json);
			if (decided.isLeftOut) return [];
			const record = fetchesRecord ? await readEventRecord(context, crm, key) : {};
			const { changes, ...whole } = { ...json, ...record, ...decided.json } as IDataObject;
			delete whole[DELIVERY];
			const shown = includesChanges && changes !== undefined ? { ...whole, changes } : whole;
			return [{ json: shown, pairedItem: { item } }];
		}),
	);
	return read.flat();
}

/** The same for a delivery that has not been answered yet: the record, or null after a moment. Logging in counts, too. */
async function readAtOnce(context: IWebhookFunctions, key: RecordKey): Promise<EventRecord> {
	const crm = CrmClient.of(context).withTimeout(AT_ONCE_SECONDS);
	return await Promise.race([
		readEventRecord(context, crm, key, 1),
		new Promise<EventRecord>((resolve) => {
			afterSeconds(AT_ONCE_SECONDS, () => resolve({ record: null }));
		}),
	]);
}

/**
 * The record of an event. One that is gone by now, or cannot be read, is reported as null with the reason;
 * the event itself is never lost.
 */
async function readEventRecord(
	context: IExecuteFunctions | IWebhookFunctions,
	crm: CrmClient,
	key: RecordKey,
	tries?: number,
): Promise<EventRecord> {
	try {
		return { record: await fetchRecord(crm, key, { tries }) };
	} catch (error) {
		const reason = isNotFound(error)
			? 'The record no longer exists'
			: sentences(
					(error as NodeApiError).message,
					(error as NodeApiError).description ?? undefined,
				);
		context.logger.warn(`1CRM Trigger: ${key.module} ${key.id} could not be read: ${reason}`);
		return { record: null, recordError: reason };
	}
}
