import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { apiPath } from '../http/address';
import { asNodeError, errorAfter, isMissing } from '../http/errors';
import { asMap, isJsonObject } from '../http/json';
import { splitFields } from '../http/query';
import { readBoolean } from './boolean';
import type { CrmClient } from './client';
import { decodeValue } from './codec';
import type { FieldValues, RecordValues } from './recordValues';
import { uploadFiles } from './recordValues';
import { isUploadId } from './value';

/** The path of a module's records. */
export function recordsPath(module: string): string {
	return apiPath(['data', module]);
}

/** One record. */
export interface RecordKey {
	module: string;
	id: string;
}

/** Where one record is, and what to call it if it isn't there. */
export function recordTarget({ module, id }: RecordKey): { path: string; subject: string } {
	return { path: apiPath(['data', module, id]), subject: `${module} "${id}"` };
}

/** What people call a record: `_display` in lists, which can be null, or its name. */
export function recordName({ _display, name, id }: IDataObject): string {
	const label = [_display, name].find((text) => typeof text === 'string' && text !== '');
	return String(label ?? id);
}

/** The field that marks a deleted record, in every module whose fields are known. */
const DELETED = 'deleted';

/**
 * Reads one record, with values as 1CRM writes them. `fields` are names, empty for all; the id always comes with them.
 * `tries` is how often it is asked for at most.
 *
 * Throws a `CrmError` if it isn't there. A record that was deleted isn't there, whether 1CRM answers 404 or still
 * shows it with its deletion mark.
 */
export async function fetchRecord(
	crm: CrmClient,
	key: RecordKey,
	{ fields = [], tries }: { fields?: string[]; tries?: number } = {},
): Promise<IDataObject> {
	const isMarkAdded = fields.length > 0 && !fields.includes(DELETED);
	const record = await fetchFields(crm, key, isMarkAdded ? [...fields, DELETED] : fields, tries);
	if (record === undefined || readBoolean(record[DELETED]) === true) {
		const failure = {
			message: `${recordTarget(key).subject} was not found`,
			description: 'The record was deleted, or its ID is wrong',
		};
		throw crm.http.error(failure, { status: 404 });
	}
	if (isMarkAdded) delete record[DELETED];
	return record;
}

/** Takes as many requests as the fields need to fit into their addresses. */
async function fetchFields(
	crm: CrmClient,
	key: RecordKey,
	fields: string[],
	tries: number | undefined,
): Promise<IDataObject | undefined> {
	const whole: IDataObject = {};
	for (const query of splitFields({ fields })) {
		const { record } = await crm.http.json({ method: 'GET', ...recordTarget(key), query, tries });
		if (!isJsonObject(record)) return undefined;
		Object.assign(whole, record);
	}
	return whole;
}

/** Whether a record is there. Throws what `fetchRecord` throws for any other reason. */
export async function recordExists(crm: CrmClient, key: RecordKey): Promise<boolean> {
	try {
		await fetchRecord(crm, key, { fields: ['id'] });
		return true;
	} catch (error) {
		if (isMissing(error)) return false;
		throw asNodeError(crm.http.node, error);
	}
}

/** Turns the values of records into JSON's own types (`decodeValue`), by the metadata of their module. */
export async function convertRecords(
	crm: CrmClient,
	module: string,
	records: IDataObject[],
): Promise<IDataObject[]> {
	const { fields } = await crm.metadata(module);
	return records.map((record) =>
		Object.fromEntries(
			Object.entries(record).map(([name, value]) => {
				const field = fields.get(name);
				return [name, field ? (decodeValue(field, value) as IDataObject[string]) : value];
			}),
		),
	);
}

/** A record that was written. */
export interface WrittenRecord {
	module: string;
	/** A text or, for a linking record, what 1CRM returns instead. */
	id: NonNullable<IDataObject[string]>;
	/** The values that it was given. */
	data: FieldValues;
	verb: 'created' | 'updated' | 'unchanged';
}

export interface WriteOptions {
	/** Whether 1CRM is to look for a record like this first, and refuse a second one. */
	checkDuplicates?: boolean;
}

/**
 * Creates a record, its files uploaded first.
 *
 * Throws a `UserError` for a required field without a value, and a `CrmError` for a duplicate, in whatever form
 * 1CRM says so.
 */
export async function createRecord(
	crm: CrmClient,
	module: string,
	values: RecordValues,
	{ checkDuplicates = false }: WriteOptions = {},
): Promise<WrittenRecord> {
	await checkRequiredFields(crm, module, values);
	const data = await uploadFiles(crm, values);
	const request = {
		method: 'POST' as const,
		path: recordsPath(module),
		query: { check_duplicates: checkDuplicates ? 1 : undefined },
		body: { data },
	};
	let answer: IDataObject;
	try {
		answer = await crm.http.json(request);
	} catch (error) {
		const failure = asNodeError(crm.http.node, error);
		const { id } = asMap(failure.context.data);
		// Whoever runs it again has to know which record may be there already.
		throw id
			? errorAfter(
					crm.http.node,
					`1CRM returned the ID "${String(id)}" for a new ${module}, but reported`,
					failure,
				)
			: failure;
	}
	if (answer.id) return { module, id: answer.id, data, verb: 'created' };
	const failure = {
		message: `1CRM answered without the ID of a new ${module}`,
		description: 'It may have treated the record as a duplicate. The details contain its answer',
	};
	throw crm.http.error(failure, { outcome: 'unknown', body: answer });
}

/**
 * Throws a `UserError` if a new record has no value for a required field: 1CRM would answer with a database error, or
 * make the record without it.
 */
export async function checkRequiredFields(
	crm: CrmClient,
	module: string,
	values: RecordValues,
): Promise<void> {
	const missing = await blankFields(crm, module, values, () => true);
	if (missing !== undefined) throw new UserError(`A new ${module} needs a value for ${missing}`);
}

/** Throws a `UserError` for a required field that a change would clear. */
export async function checkKeptFields(
	crm: CrmClient,
	module: string,
	values: RecordValues,
): Promise<void> {
	const cleared = await blankFields(crm, module, values, (name) => name in values.data);
	if (cleared !== undefined) {
		throw new UserError(`${module} needs a value for ${cleared}, which cannot be cleared`);
	}
}

/** The required fields without a value among those that are meant, in words. */
async function blankFields(
	crm: CrmClient,
	module: string,
	{ data, files }: RecordValues,
	isMeant: (name: string) => boolean,
): Promise<string | undefined> {
	const { required } = await crm.metadata(module);
	const blank = required.filter(
		({ name }) => isMeant(name) && String(data[name] ?? '').trim() === '' && !(name in files),
	);
	if (blank.length === 0) return undefined;
	return blank.map(({ label, name }) => `'${label}' (${name})`).join(', ');
}

interface UpdateOptions extends WriteOptions {
	/** Whether to make a record that isn't there, with this id. Only 1CRM's PATCH can do that. */
	create?: boolean;
}

/** Changes the given fields of a record, its files uploaded first. Throws a `CrmError` for one that isn't there. */
export async function updateRecord(
	crm: CrmClient,
	key: RecordKey,
	values: RecordValues,
	{ create = false, checkDuplicates = false }: UpdateOptions = {},
): Promise<WrittenRecord> {
	if (create) await checkRequiredFields(crm, key.module, values);
	else await checkKeptFields(crm, key.module, values);
	const data = await uploadFiles(crm, values);
	await crm.http.json({
		method: 'PATCH',
		...recordTarget(key),
		query: { check_duplicates: checkDuplicates ? 1 : undefined },
		body: { data, create },
		// An upload is used up by the first try: its id, written a second time, would empty the field.
		notRepeatable: Object.values(data).some(isUploadId),
	});
	return { ...key, data, verb: create ? 'created' : 'updated' };
}

/** Deletes one record. Throws a `CrmError` for one that isn't there. */
export async function deleteRecord(crm: CrmClient, key: RecordKey): Promise<void> {
	await crm.http.json({ method: 'DELETE', ...recordTarget(key), mayBeGone: true });
}
