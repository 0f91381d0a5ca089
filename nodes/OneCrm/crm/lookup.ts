import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { asNodeError, isMissing } from '../http/errors';
import type { SeenRecord } from './changeRecord';
import type { CrmClient } from './client';
import { closedRecordsFilter } from './filters';
import type { MatchValues } from './matching';
import { filtersOf, findMatches, keyOfRecord, matchData, matchKey } from './matching';
import type { Feed } from './readAtOnce';
import { readAtOnce } from './readAtOnce';
import { fetchRecord, recordName } from './record';
import { ID_FIELD } from './value';

/** How a record is recognised: by the values of other fields, or by its id. */
export type Match = MatchValues | { id: string };

/** A record that was found, with what was read of it. */
interface FoundRecord extends SeenRecord {
	id: string;
}

/**
 * Looks for the one record, and reads the fields. Returns nothing if there is none.
 *
 * Throws a `UserError` that names two if several match. A lookup that fails isn't a "not found".
 */
export async function lookUp(
	crm: CrmClient,
	module: string,
	match: Match,
	fields: string[],
): Promise<FoundRecord | undefined> {
	const asked = [...new Set([ID_FIELD, ...columnsOf(match), ...fields])];
	if (!(match instanceof Map)) return await lookUpById(crm, module, match.id, asked);
	const matches = await findMatches(crm, module, match, asked);
	if (matches.length > 1) {
		const names = matches.map((record) => `"${recordName(record)}" (${String(record.id)})`);
		const texts = Object.entries(matchData(match)).map(([name, value]) => `${name} = "${value}"`);
		throw new UserError(
			`More than one ${module} matches ${texts.join(', ')}: ${names.join(' and ')}. Nothing was written`,
		);
	}
	const [record] = matches;
	return record && { id: String(record.id), values: record, fields: asked };
}

async function lookUpById(
	crm: CrmClient,
	module: string,
	id: string,
	fields: string[],
): Promise<FoundRecord | undefined> {
	try {
		return { id, values: await fetchRecord(crm, { module, id }, { fields }), fields };
	} catch (error) {
		if (isMissing(error)) return undefined;
		throw asNodeError(crm.http.node, error);
	}
}

/**
 * Like `lookUp`, but from records that are read at once for all items of the run, if that is cheaper. Returns nothing
 * if the record has to be looked up by itself.
 */
export async function lookUpAtOnce(
	crm: CrmClient,
	module: string,
	match: Match,
	{ fields, common, ...feed }: Feed,
): Promise<FoundRecord | undefined> {
	const metadata = await crm.metadata(module);
	const columns = columnsOf(match);
	const isValues = match instanceof Map;
	const filters: IDataObject = {
		...closedRecordsFilter(metadata),
		...(isValues && filtersOf(match, common)),
	};
	const known = fields.filter((name) => metadata.fields.has(name));
	const selection = {
		module,
		fields: [...new Set([ID_FIELD, ...columns, ...known])],
		filters,
		name: `${module} by ${columns.join()} where ${JSON.stringify(filters)}`,
		keyOf: (record: IDataObject) => (isValues ? keyOfRecord(match, record) : String(record.id)),
	};
	const key = isValues ? matchKey(match) : match.id;
	const read = await readAtOnce(crm, selection, key, { fields, common, ...feed });
	return read && { id: String(read.record.id), values: read.record, fields: read.fields };
}

function columnsOf(match: Match): string[] {
	return match instanceof Map ? [...match.keys()] : [ID_FIELD];
}
