import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isPathSegment } from '../http/address';
import { fetchList } from '../http/paging';
import type { CrmClient } from './client';
import { closedRecordsFilter } from './filters';
import { withoutEntities } from './matching';
import type { Field, ModuleMetadata } from './metadata';
import type { Feed } from './readAtOnce';
import { readAtOnce } from './readAtOnce';
import { recordExists, recordName, recordsPath } from './record';
import type { FieldValues } from './recordValues';

/** Ids as 1CRM makes them. A few of its own look different, such as `standard-tax_-code-0000-000000000001`. */
const MADE_ID =
	/^(-\d+|1|[0-9a-f]{1,8}-[0-9a-f]{1,4}-[0-9a-f]{1,4}-[0-9a-f]{1,4}-[0-9a-f]{1,12})$/i;

/** What a user can be called, beside the full name. */
const USER_NAMES = ['user_name', 'email1'];

/**
 * The same values, in which the references are ids: a value that doesn't look like an id is taken for the name of the
 * record that the reference points to, and looked up once in a run. `feedOf` says how many items may do so.
 *
 * Throws a `UserError` if no record is called like that, or several are.
 */
export async function resolveReferences(
	crm: CrmClient,
	module: string,
	values: FieldValues,
	feedOf: (field: string) => Feed,
): Promise<FieldValues> {
	const { fields } = await crm.metadata(module);
	const resolved: FieldValues = {};
	for (const [name, value] of Object.entries(values)) {
		const field = fields.get(name);
		const { target } = field ?? {};
		const isName = typeof value === 'string' && value.trim() !== '' && !MADE_ID.test(value.trim());
		if (field === undefined || target === undefined || !isName) {
			resolved[name] = value;
			continue;
		}
		const feed = await crm.readOnce(`items for ${module} by ${name}`, async () => feedOf(name));
		resolved[name] = await idOf(crm, field, target, value, feed);
	}
	return resolved;
}

async function idOf(
	crm: CrmClient,
	field: Field,
	module: string,
	name: string,
	feed: Feed,
): Promise<string> {
	const key = `reference to ${module}: ${normalForm(name)}`;
	const ids = await crm.serializeByKey<string[]>(
		[key],
		async (known) =>
			known ?? (await findAtOnce(crm, module, name, feed)) ?? (await findByName(crm, module, name)),
	);
	if (ids.length === 1) return ids[0];
	throw new UserError(
		ids.length === 0
			? `'${field.label}': no ${module} is called "${name}"`
			: `'${field.label}': several records of ${module} are called "${name}": ${ids.join(', ')}. Enter one of these IDs`,
	);
}

/** The id of the one record with this name, if all are read at once because that is cheaper. */
async function findAtOnce(
	crm: CrmClient,
	module: string,
	name: string,
	feed: Feed,
): Promise<string[] | undefined> {
	// A user has other names, too.
	if (module === 'User') return undefined;
	const selection = {
		module,
		fields: ['id', 'name'],
		filters: closedRecordsFilter(await crm.metadata(module)),
		name: `${module} by name`,
		keyOf: (record: IDataObject) => normalForm(recordName(record)),
	};
	const read = await readAtOnce(crm, selection, normalForm(name), feed);
	return read && [String(read.record.id)];
}

/** The ids of the records with this name. A text that no record is called may be an id of another form. */
async function findByName(crm: CrmClient, module: string, name: string): Promise<string[]> {
	const metadata = await crm.metadata(module);
	const isUser = module === 'User';
	const names = isUser ? USER_NAMES : [];
	const rows = await fetchList(crm.http, {
		path: recordsPath(module),
		query: {
			fields: ['id', 'name', ...names].filter((field) => metadata.fields.has(field)),
			filters: {
				...closedRecordsFilter(metadata),
				// A user has too many names for one filter, and no 1CRM has many users.
				...(!isUser && nameFilter(metadata, name)),
			},
		},
		limit: Infinity,
		isOfRecords: true,
	});
	const wanted = normalForm(name);
	const found = rows
		.filter((row) => ['_display', 'name', ...names].some((field) => isWanted(wanted)(row[field])))
		.map(({ id }) => String(id));
	const ids = [...new Set(found)];
	const isOtherId =
		ids.length === 0 && isPathSegment(name) && (await recordExists(crm, { module, id: name }));
	return isOtherId ? [name] : ids;
}

/**
 * A filter that finds at least the records with this name. Persons have none for the whole name, so the search looks
 * for a word of it.
 */
function nameFilter({ filters }: ModuleMetadata, name: string): IDataObject {
	const words = name.trim().split(/\s+/);
	return filters.has('name') ? { name: words.join(' ') } : { filter_text: words.at(-1) };
}

const isWanted =
	(wanted: string) =>
	(name: unknown): boolean =>
		typeof name === 'string' && normalForm(name) === wanted;

/** People write names with other capitals and blanks than 1CRM keeps, and without entities. */
function normalForm(name: string): string {
	return withoutEntities(name).normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
