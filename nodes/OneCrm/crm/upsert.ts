import { UserError } from 'n8n-workflow';

import type { CrmClient } from './client';
import type { MatchValues } from './matching';
import { findMatches, matchKey } from './matching';
import type { WriteOptions, WrittenRecord } from './record';
import { createRecord, recordExists, updateRecord } from './record';
import type { RecordValues } from './recordValues';
import { isEmpty, without } from './recordValues';
import { ID_FIELD } from './value';

/** What to write, and how to recognise the record. */
interface Upsert extends WriteOptions {
	module: string;
	values: RecordValues;
	match: MatchValues;
}

/**
 * Creates a record or updates the one that has the same values in `columns`. Those with the same values take turns
 * within a run, and the second takes the record of the first.
 *
 * Never guesses: with two or more matches nothing is written, and a lookup that fails is no "not found". Throws a
 * `UserError` for columns or values that no single record can be recognised by.
 */
export async function upsertRecord(
	crm: CrmClient,
	module: string,
	values: RecordValues,
	columns: string[],
	options: WriteOptions,
): Promise<WrittenRecord> {
	const upsert: Upsert = { module, values, match: matchValues(columns, values), ...options };
	const key = `${module} ${matchKey(await crm.metadata(module), upsert.match)}`;
	const written = await crm.serializeByKey<WrittenRecord>(key, async (previous) =>
		typeof previous?.id === 'string'
			? await update(crm, upsert, previous.id)
			: await createOrUpdate(crm, upsert),
	);
	return { ...written, data: { ...upsert.match, ...written.data } };
}

function matchValues(columns: string[], { data }: RecordValues): MatchValues {
	if (columns.length === 0) {
		throw new UserError("'Fields' has no column to match on. Choose one, e.g. Email");
	}
	if (columns.includes(ID_FIELD) && columns.length > 1) {
		throw new UserError("'ID' alone identifies a record. Remove the other columns to match on");
	}
	return Object.fromEntries(columns.map((name) => [name, data[name] ?? null]));
}

async function createOrUpdate(crm: CrmClient, upsert: Upsert): Promise<WrittenRecord> {
	const { module, match, values } = upsert;
	if (ID_FIELD in match) return await createOrUpdateById(crm, upsert);
	const matches = await findMatches(crm, module, match);
	if (matches.length > 1) {
		const names = matches.map(({ id, name }) => `"${name}" (${id})`).join(' and ');
		const texts = Object.entries(match).map(([name, value]) => `${name} = "${value}"`);
		throw new UserError(
			`More than one ${module} matches ${texts.join(', ')}: ${names}. Nothing was written`,
		);
	}
	if (matches.length === 1) return await update(crm, upsert, matches[0].id);
	return await createRecord(crm, module, values, upsert);
}

async function createOrUpdateById(crm: CrmClient, upsert: Upsert): Promise<WrittenRecord> {
	const { module, match, values, checkDuplicates } = upsert;
	const id = String(match.id ?? '').trim();
	if (id === '') throw new UserError("'ID' is used for matching but has no value");
	const key = { module, id };
	if (await recordExists(crm, key)) return await update(crm, upsert, id);
	const rest = without(values, [ID_FIELD]);
	return await updateRecord(crm, key, rest, { create: true, checkDuplicates });
}

/** The values that were matched on are in the record already; they may be written in another case. */
async function update(crm: CrmClient, upsert: Upsert, id: string): Promise<WrittenRecord> {
	const { module, match, values } = upsert;
	const rest = without(values, Object.keys(match));
	if (isEmpty(rest)) return { module, id, data: {}, verb: 'updated' };
	return await updateRecord(crm, { module, id }, rest);
}
