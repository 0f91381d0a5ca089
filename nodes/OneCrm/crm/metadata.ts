import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { apiPath } from '../http/address';
import type { HttpClient } from '../http/client';
import { asMap, isJsonObject } from '../http/json';
import { readBoolean } from './boolean';
import type { FieldKind } from './fieldType';
import { fieldKind } from './fieldType';

/** One value of a picklist: `value` is stored, `label` is shown. */
export interface PicklistOption {
	label: string;
	value: string;
}

export interface Field {
	name: string;
	label: string;
	/** As 1CRM names it, e.g. `varchar`. */
	type: string;
	kind: FieldKind;
	/** Whether a value can be written under this name. */
	writable: boolean;
	/** Whether 1CRM is known to work the value out itself, and to ignore any other. */
	computed: boolean;
	/** Whether a new record needs a value. */
	requiredForCreate: boolean;
	/** Whether the field has a column of its own in 1CRM's database, so that lists can be sorted by it. */
	sortable: boolean;
	/** Whether 1CRM marks it as data about a person, which it can erase for good. */
	personal: boolean;
	/** Empty if the field isn't a picklist. */
	options: PicklistOption[];
	/** How many characters of a text its column has room for, if 1CRM says so. It cuts off the rest. */
	length?: number;
	/** The module that a reference points to, e.g. `Account`. */
	target?: string;
	description?: string;
}

export interface Filter {
	name: string;
	label: string;
	type: string;
	kind: FieldKind;
	options: PicklistOption[];
	/** The field that it compares, if it compares only one. */
	column?: string;
	/** The names of the fields, if it looks at several at once, e.g. any e-mail address. */
	fields: string[];
}

export interface ModuleMetadata {
	fields: Map<string, Field>;
	/** Those that a new record needs a value for. */
	required: Field[];
	filters: Map<string, Filter>;
	/** The names of the fields whose changes are in the audit log. */
	audited: Set<string>;
}

/** Every record has these, and 1CRM alone writes them. */
const SYSTEM_FIELDS = new Set([
	'id',
	'deleted',
	'date_entered',
	'date_modified',
	'created_by',
	'modified_user_id',
]);

const COUNTER_TYPES = new Set(['item_number', 'sequence_number']);

/** What 1CRM fills in itself, even if it marks the field as required. Amounts in the base currency are others. */
const FILLED_FIELDS = /^(assigned_user|currency)_id$|^exchange_rate$/;

/** Read-only fields for which 1CRM is known to keep its own value. In others, it takes a written one. */
const COMPUTED_FIELDS: Readonly<Record<string, string[]>> = { Bill: ['amount_due'] };

/**
 * The fields and filters of a module, as the server has them now; `CrmClient.metadata` keeps them for a run.
 *
 * `module` is the API's model name, e.g. `Contact`. Throws a `CrmError` if 1CRM doesn't know the module, and a
 * `UserError` for an answer without fields.
 */
export async function fetchMetadata(http: HttpClient, module: string): Promise<ModuleMetadata> {
	const path = apiPath(['meta', 'fields', module]);
	const answer = await http.json({ method: 'GET', path });
	if (answer.fields === undefined) {
		throw new UserError(`1CRM answered without the fields of the module "${module}"`);
	}
	return readMetadata(answer, module);
}

/** Reads the answer of `/meta/fields/<module>`. */
export function readMetadata(answer: IDataObject, module = ''): ModuleMetadata {
	const rawFields = namedEntries(answer.fields);
	const references = new Map(
		[...rawFields].flatMap(([, raw]) =>
			raw.type === 'ref' && typeof raw.id_name === 'string' ? [[raw.id_name, raw] as const] : [],
		),
	);
	const imageColumns = new Set(
		[...rawFields.values()]
			.filter((raw) => raw.type === 'image')
			.flatMap((raw) => [raw.filename, raw.thumbnail_name]),
	);

	const fields = new Map<string, Field>();
	for (const [name, raw] of rawFields) {
		fields.set(name, readField(name, raw, references.get(name), imageColumns.has(name)));
	}
	for (const [name, reference] of references) {
		if (!fields.has(name)) fields.set(name, readField(name, { type: 'id' }, reference, false));
	}
	for (const name of COMPUTED_FIELDS[module] ?? []) {
		const field = fields.get(name);
		if (field && !field.writable) field.computed = true;
	}
	const audited = new Set(
		[...fields.keys()].filter((name) => {
			// The log names a reference by the field that contains its id.
			const raw = rawFields.get(name);
			return raw?.type !== 'ref' && readBoolean((references.get(name) ?? raw)?.audited) === true;
		}),
	);
	const required = [...fields.values()].filter(({ requiredForCreate }) => requiredForCreate);
	return { fields, required, filters: readFilters(answer.filters), audited };
}

/**
 * `reference` is the ref field whose id this field contains. A ref is written through that id, although 1CRM marks the
 * id `editable: false`: what counts is whether the ref itself is editable.
 */
function readField(
	name: string,
	raw: IDataObject,
	reference: IDataObject | undefined,
	isImageColumn: boolean,
): Field {
	const type = text(raw.type) ?? 'varchar';
	const kind = fieldKind(type);
	const source = asMap(raw.source);
	const isEditable = (reference ?? raw).editable !== false;
	// The columns behind a multi-select are written through the multi-select itself.
	const isMultiSelectColumn = raw.multi_select_group !== undefined && kind !== 'multiSelect';
	const isComputed = type === 'ref' || source.type === 'person_name' || isImageColumn;
	const writable = isEditable && !isMultiSelectColumn && !isComputed;
	const isSystem = SYSTEM_FIELDS.has(name) || COUNTER_TYPES.has(type);
	const isInferred = raw.inferred === true && reference === undefined;
	const isRequired = raw.required === true || reference?.required === true;
	// 1CRM's label for a reference id is only "ID".
	const labelled = reference ?? raw;
	return {
		name,
		label: text(labelled.vname) ?? name,
		type,
		kind,
		writable,
		computed: isComputed || isMultiSelectColumn || (!isEditable && (isSystem || isInferred)),
		requiredForCreate:
			writable &&
			isRequired &&
			raw.default === undefined &&
			kind !== 'boolean' &&
			type !== 'base_currency' &&
			!isSystem &&
			!FILLED_FIELDS.test(name),
		sortable: source.type === 'db',
		personal: readBoolean(raw.personal_info) === true,
		options: readOptions(raw.options),
		length: Number(raw.len) || undefined,
		target: text(labelled.bean_name),
		description: text(labelled.comment),
	};
}

/** Whether 1CRM would cut a text off, so that it could not be found again. */
export function isTooLong({ kind, length = Infinity }: Field, value: string): boolean {
	return kind === 'text' && value.length > length;
}

function readFilters(raw: unknown): Map<string, Filter> {
	const filters = new Map<string, Filter>();
	for (const [name, filter] of namedEntries(raw)) {
		const type = text(filter.type) ?? 'varchar';
		const label = text(filter.vname) ?? name;
		filters.set(name, {
			name,
			label,
			type,
			// A reference filter compares the shown name; its companion takes the id.
			kind: fieldKind(type),
			options: readOptions(filter.options),
			column: filter.fields === undefined ? (text(filter.field) ?? name) : undefined,
			fields: Array.isArray(filter.fields) ? filter.fields.map(String) : [],
		});
		const idName = text(filter.id_name);
		if (idName !== undefined && !filters.has(idName)) {
			filters.set(idName, {
				name: idName,
				label: `${label} (ID)`,
				type: 'id',
				kind: 'text',
				options: [],
				column: idName,
				fields: [],
			});
		}
	}
	return filters;
}

/** A map's entries, or those of a list whose members carry their `name`. */
function namedEntries(raw: unknown): Map<string, IDataObject> {
	const entries: Array<[string, unknown]> = Array.isArray(raw)
		? raw.map((entry) => [isJsonObject(entry) ? String(entry.name ?? '') : '', entry])
		: Object.entries(asMap(raw));
	return new Map(
		entries.filter(
			(entry): entry is [string, IDataObject] => entry[0] !== '' && isJsonObject(entry[1]),
		),
	);
}

/**
 * Fields list their options as `[{label, value}]`, filters as a map of value to label, the owner filter
 * as a map of value to a description.
 */
function readOptions(raw: unknown): PicklistOption[] {
	if (Array.isArray(raw)) {
		return raw.flatMap((option, position) => {
			// PHP writes a map whose keys are 0, 1, 2 and so on as a list.
			if (typeof option === 'string') return [{ value: String(position), label: option }];
			if (!isJsonObject(option)) return [];
			const value = String(option.value ?? '');
			return [{ value, label: String(option.label ?? value) }];
		});
	}
	return Object.entries(asMap(raw)).map(([value, label]) => ({
		value,
		label: typeof label === 'string' ? label : value.replaceAll('_', ' '),
	}));
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
