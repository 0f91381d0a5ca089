import { UserError } from 'n8n-workflow';

import type { CrmClient } from './client';
import type { MatchValues } from './matching';
import { findMatches, matchData, matchKey, matchValues } from './matching';
import type { WriteOptions, WrittenRecord } from './record';
import { createRecord, recordExists, updateRecord } from './record';
import type { RecordValues } from './recordValues';
import { isEmpty, without } from './recordValues';
import { ID_FIELD } from './value';

/** What to write, and how to recognise the record. */
export interface Upsert extends WriteOptions {
	module: string;
	/** Without those to match on. */
	rest: RecordValues;
	/** By the values of other fields, or by its id. */
	match: MatchValues | { id: string };
}

/**
 * What to write, and how to recognise the record by its values in `columns`. Throws a `UserError` for columns or values
 * that no single record can be recognised by.
 */
export async function readUpsert(
	crm: CrmClient,
	module: string,
	values: RecordValues,
	columns: string[],
	options: WriteOptions,
): Promise<Upsert> {
	const match = await readMatch(crm, module, values, columns);
	return { module, rest: without(values, columns), match, ...options };
}

/**
 * Creates a record or updates the one that is recognised. Those with the same values take turns within a run, in the
 * order of the calls, and the second takes the record of the first.
 *
 * Never guesses: with two or more matches nothing is written, and a lookup that fails is no "not found".
 */
export async function upsertRecord(crm: CrmClient, upsert: Upsert): Promise<WrittenRecord> {
	const { module, match } = upsert;
	const key = match instanceof Map ? matchKey(match) : match.id.toLowerCase();
	const written = await crm.serializeByKey<WrittenRecord>([`${module} ${key}`], async (previous) =>
		typeof previous?.id === 'string'
			? await update(crm, upsert, previous.id)
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
): Promise<Upsert['match']> {
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

async function createOrUpdate(crm: CrmClient, upsert: Upsert): Promise<WrittenRecord> {
	const { module, match, rest } = upsert;
	if (!(match instanceof Map)) return await createOrUpdateById(crm, upsert, match.id);
	const matches = await findMatches(crm, module, match);
	if (matches.length > 1) {
		const names = matches.map(({ id, name }) => `"${name}" (${id})`).join(' and ');
		const texts = Object.entries(matchData(match)).map(([name, value]) => `${name} = "${value}"`);
		throw new UserError(
			`More than one ${module} matches ${texts.join(', ')}: ${names}. Nothing was written`,
		);
	}
	if (matches.length === 1) return await update(crm, upsert, matches[0].id);
	const values = { ...rest, data: { ...matchData(match), ...rest.data } };
	return await createRecord(crm, module, values, upsert);
}

async function createOrUpdateById(
	crm: CrmClient,
	upsert: Upsert,
	id: string,
): Promise<WrittenRecord> {
	const { module, rest, checkDuplicates } = upsert;
	const key = { module, id };
	if (await recordExists(crm, key)) return await update(crm, upsert, id);
	return await updateRecord(crm, key, rest, { create: true, checkDuplicates });
}

/** The values that were matched on are in the record already; they may be written in another case. */
async function update(crm: CrmClient, upsert: Upsert, id: string): Promise<WrittenRecord> {
	const { module, rest } = upsert;
	if (isEmpty(rest)) return { module, id, data: {}, verb: 'updated' };
	// Items that match by different columns can mean the same record.
	const work = async () => await updateRecord(crm, { module, id }, rest);
	return await crm.serializeByKey([`record ${id.toLowerCase()}`], work);
}
