import { UserError } from 'n8n-workflow';

import { asNodeError, isMissing } from '../http/errors';
import type { SeenRecord } from './changeRecord';
import { changeRecord, inTurn } from './changeRecord';
import { createOnce, createWithId } from './chosenId';
import type { CrmClient } from './client';
import type { Match } from './lookup';
import { lookUp, lookUpAtOnce } from './lookup';
import { matchData, matchKey, matchValues } from './matching';
import type { Feed } from './readAtOnce';
import type { WriteOptions, WrittenRecord } from './record';
import { createRecord, updateRecord } from './record';
import type { RecordValues } from './recordValues';
import { isEmpty, without } from './recordValues';
import { ID_FIELD } from './value';

interface UpsertOptions extends WriteOptions {
	/** Whether to send only what differs from the record that is there. */
	skipUnchanged: boolean;
	/** Whether runs that miss the same record at the same moment create it only once. */
	createOnce: boolean;
	/** What the items of the run look for. Called once for all items that match by the same columns. */
	feed: () => Feed;
}

/** What to write, and how to recognise the record. */
interface Upsert extends UpsertOptions {
	module: string;
	match: Match;
	/** The values without those to match on. */
	rest: RecordValues;
}

/** A record that was written, and what is known of it now. */
type UpsertedRecord = WrittenRecord & { seen?: SeenRecord };

/**
 * What to write, and how to recognise the record by its values in `columns`. Throws a `UserError` for columns or values
 * that no single record can be recognised by.
 */
export async function readUpsert(
	crm: CrmClient,
	module: string,
	values: RecordValues,
	columns: string[],
	options: UpsertOptions,
): Promise<Upsert> {
	const match = await readMatch(crm, module, values, columns);
	return { ...options, module, rest: without(values, columns), match };
}

/**
 * Creates a record or updates the one that is recognised. Within a run, calls with the same values take turns in their
 * order, and the second takes the record of the first.
 *
 * Never guesses: with two or more matches nothing is written, and a lookup that fails isn't a "not found".
 */
export async function upsertRecord(crm: CrmClient, upsert: Upsert): Promise<WrittenRecord> {
	const { module, match } = upsert;
	const key = match instanceof Map ? matchKey(match) : match.id.toLowerCase();
	const written = await crm.serializeByKey<UpsertedRecord>(
		[`${module} ${key}`],
		async (previous) =>
			typeof previous?.id === 'string'
				? await update(crm, upsert, previous.id, previous.seen)
				: await createOrUpdate(crm, upsert),
	);
	const matched = match instanceof Map ? matchData(match) : match;
	return { ...written, data: { ...matched, ...written.data } };
}

async function readMatch(
	crm: CrmClient,
	module: string,
	{ data }: RecordValues,
	columns: string[],
): Promise<Match> {
	if (columns.length === 0) {
		throw new UserError("'Fields' has no column to match on. Choose one, e.g. Email");
	}
	if (!columns.includes(ID_FIELD)) {
		return matchValues(module, await crm.metadata(module), columns, data);
	}
	if (columns.length > 1) {
		throw new UserError("'ID' alone identifies a record. Remove the other columns to match on");
	}
	const id = String(data[ID_FIELD] ?? '').trim();
	if (id === '') throw new UserError("'ID' is used for matching but has no value");
	return { id };
}

async function createOrUpdate(crm: CrmClient, upsert: Upsert): Promise<UpsertedRecord> {
	const { module, match, rest, skipUnchanged } = upsert;
	const columns = match instanceof Map ? [...match.keys()] : [ID_FIELD];
	const feed = await crm.readOnce(`items for ${module} by ${columns.join()}`, async () =>
		upsert.feed(),
	);
	const read = await lookUpAtOnce(crm, module, match, {
		...feed,
		fields: skipUnchanged ? feed.fields : [],
	});
	if (read) {
		try {
			return await update(crm, upsert, read.id, read);
		} catch (error) {
			// It was deleted since.
			if (!isMissing(error)) throw asNodeError(crm.http.node, error);
		}
	}
	const found = await lookUp(crm, module, match, skipUnchanged ? Object.keys(rest.data) : []);
	return found ? await update(crm, upsert, found.id, found) : await create(crm, upsert);
}

async function create(crm: CrmClient, upsert: Upsert): Promise<UpsertedRecord> {
	const written = await createMatched(crm, upsert);
	return { ...written, seen: { values: written.data, fields: Object.keys(written.data) } };
}

/** With the values that were matched on. */
async function createMatched(crm: CrmClient, upsert: Upsert): Promise<WrittenRecord> {
	const { module, match, rest, checkDuplicates } = upsert;
	const options = { checkDuplicates };
	if (!(match instanceof Map))
		return await createWithId(crm, { module, id: match.id }, rest, options);
	const values = { ...rest, data: { ...matchData(match), ...rest.data } };
	return upsert.createOnce
		? await createOnce(crm, module, match, values, options)
		: await createRecord(crm, module, values, options);
}

/** Doesn't write the values that were matched on: the record has them already, maybe in another case. */
async function update(
	crm: CrmClient,
	{ module, rest, skipUnchanged }: Upsert,
	id: string,
	seen: SeenRecord | undefined,
): Promise<UpsertedRecord> {
	const key = { module, id };
	if (skipUnchanged) return { ...(await changeRecord(crm, key, rest, seen)), seen };
	if (isEmpty(rest)) return { ...key, data: {}, verb: 'updated' };
	return await inTurn(crm, key, async () => await updateRecord(crm, key, rest));
}
