import { createHash } from 'node:crypto';

import { asNodeError, errorAfter, isIdTaken, isMissing } from '../http/errors';
import type { CrmClient } from './client';
import type { MatchValues } from './matching';
import { keyOfRecord, matchKey } from './matching';
import type { RecordKey, WriteOptions, WrittenRecord } from './record';
import { createRecord, fetchRecord, recordExists, recordTarget, updateRecord } from './record';
import type { RecordValues } from './recordValues';

const ID_TAKEN = 409;

/**
 * Creates a record with a certain ID, which only 1CRM's PATCH can do, and makes sure that it is there: a deleted record
 * keeps its ID, and 1CRM may write into that record, which nobody sees.
 *
 * Throws what `updateRecord` throws, and a `CrmError` for the ID of a deleted record (`isIdTaken`).
 */
export async function createWithId(
	crm: CrmClient,
	key: RecordKey,
	values: RecordValues,
	options: WriteOptions,
): Promise<WrittenRecord> {
	const written = await updateRecord(crm, key, values, { ...options, create: true });
	const { subject } = recordTarget(key);
	let isThere: boolean;
	try {
		isThere = await recordExists(crm, key);
	} catch (error) {
		throw errorAfter(crm.http.node, `${subject} was created, but could not be read back`, error);
	}
	if (isThere) return written;
	throw crm.http.error(
		{
			message: `${subject} wasn't created`,
			description: '1CRM reported success, but a deleted record probably still has this ID',
		},
		{ status: ID_TAKEN },
	);
}

/**
 * Creates the record with an ID that is derived from what it is recognised by: runs that do so at the same moment write
 * to the same record. If the ID is that of a deleted record or of one that has other values now, 1CRM chooses the ID.
 *
 * Throws what `createRecord` and `updateRecord` throw.
 */
export async function createOnce(
	crm: CrmClient,
	module: string,
	match: MatchValues,
	values: RecordValues,
	options: WriteOptions,
): Promise<WrittenRecord> {
	const key = { module, id: idOf(module, match) };
	try {
		const record = await fetchRecord(crm, key, { fields: [...match.keys()] });
		return keyOfRecord(match, record) === matchKey(match)
			? await updateRecord(crm, key, values)
			: await createRecord(crm, module, values, options);
	} catch (error) {
		if (!isMissing(error)) throw asNodeError(crm.http.node, error);
	}
	try {
		return await createWithId(crm, key, values, options);
	} catch (error) {
		if (!isIdTaken(error)) throw asNodeError(crm.http.node, error);
		return await createRecord(crm, module, values, options);
	}
}

/** In the form of 1CRM's own IDs. */
function idOf(module: string, match: MatchValues): string {
	const digest = createHash('sha256')
		.update(`${module} ${matchKey(match)}`)
		.digest('hex');
	return digest.replace(/(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');
}
