import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { fetchList } from '../http/paging';
import type { CrmClient } from './client';
import { closedRecordsFilter } from './filters';
import type { Field, Filter, ModuleMetadata } from './metadata';
import { recordName, recordsPath } from './record';
import type { ServerValue } from './value';

/** The values by which a record is recognised, by field name, in 1CRM's encoding. */
export type MatchValues = Record<string, ServerValue>;

const PHONE_TYPES = new Set(['fax', 'phone']);

/**
 * The filter by which records with a certain value in `field` can be found, or `undefined` where 1CRM has
 * none: one of the field's own name, or one that looks at several fields, this one among them.
 */
export function filterFor(field: Field, { filters }: ModuleMetadata): Filter | undefined {
	const isMatchable = field.kind !== 'file' && field.kind !== 'multiSelect';
	if (!isMatchable || field.type === 'text' || field.type === 'html') return undefined;
	const own = filters.get(field.name);
	return own ?? [...filters.values()].find(({ fields }) => fields.includes(field.name));
}

/** One text for the same record however its values are written. */
export function matchKey(metadata: ModuleMetadata, values: MatchValues): string {
	const parts = Object.entries(values).map(([name, value]) => [
		name,
		comparable(metadata.fields.get(name), value),
	]);
	return JSON.stringify(parts);
}

/**
 * The ids of the records with exactly these values; no more than two are looked for.
 *
 * What the server returns is compared again: its text filters also find what only begins with the
 * value. Closed records count. Throws a `UserError` for a field without a filter and for an empty value,
 * both of which would make the server return every record.
 */
export async function findMatches(
	crm: CrmClient,
	module: string,
	values: MatchValues,
): Promise<Array<{ id: string; name: string }>> {
	const metadata = await crm.metadata(module);
	const filters: IDataObject = closedRecordsFilter(metadata);
	for (const [name, value] of Object.entries(values)) {
		const filter = matchFilter(module, metadata, name, value);
		filters[filter.name] = typeof value === 'string' ? value.trim() : value;
		filters[`${filter.name}-operator`] = 'eq';
	}
	let found = 0;
	const isMatch = (record: IDataObject): boolean =>
		Object.entries(values).every(
			([name, value]) =>
				comparable(metadata.fields.get(name), record[name]) ===
				comparable(metadata.fields.get(name), value),
		);
	const records = await fetchList(crm.http, {
		path: recordsPath(module),
		query: { fields: ['id', ...Object.keys(values)], filters },
		limit: Infinity,
		parallelRequests: 1,
		stopAt: (record) => {
			if (found === 2) return true;
			if (isMatch(record)) found++;
			return false;
		},
	});
	return records.filter(isMatch).map((record) => ({
		id: String(record.id),
		name: recordName(record),
	}));
}

function matchFilter(
	module: string,
	metadata: ModuleMetadata,
	name: string,
	value: ServerValue,
): Filter {
	const field = metadata.fields.get(name);
	const filter = field && filterFor(field, metadata);
	if (field === undefined || filter === undefined) {
		throw new UserError(
			`${module} cannot be matched by "${name}": 1CRM has no filter for it. Choose another column to match on`,
		);
	}
	if (value === null || String(value).trim() === '') {
		throw new UserError(`'${field.label}' (${name}) is used for matching but has no value`);
	}
	return filter;
}

/** Texts are equal to 1CRM's database whatever their case; phone numbers whatever their punctuation. */
function comparable(field: Field | undefined, value: unknown): string {
	const text = String(value ?? '').trim();
	if (field && PHONE_TYPES.has(field.type)) return text.replace(/[^\d]/g, '');
	if (field?.kind === 'decimal' || field?.kind === 'integer') {
		// An empty amount is no amount of 0.
		return text === '' ? '' : String(Number(text));
	}
	return text.toLowerCase();
}
