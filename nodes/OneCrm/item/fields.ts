import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { jsonParse, setSafeObjectProperty, UserError } from 'n8n-workflow';

import { encodeValue, isUnlisted } from '../crm/codec';
import type { Field, ModuleMetadata } from '../crm/metadata';
import type { FieldValues, RecordValues } from '../crm/recordValues';
import { ID_FIELD, isUploadId } from '../crm/value';
import { asMap, isJsonObject } from '../http/json';
import { binaryFile } from './files';
import type { Item } from './item';
import { asksAgent } from './item';
import { readNames } from './values';

const MAPPER_METHODS = {
	add: 'getCreateFields',
	header: 'getHeaderFields',
	update: 'getUpdateFields',
	upsert: 'getUpsertFields',
};

/** The fields to write, mapped by hand or taken from the input by name. */
export function fieldsMapper(mode: 'add' | 'header' | 'update' | 'upsert'): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		// Without a module there are no fields, which n8n would show as a fault of an untouched form.
		displayOptions: { hide: { module: [''] } },
		typeOptions: {
			loadOptionsDependsOn: ['module.value'],
			resourceMapper: {
				resourceMapperMethod: MAPPER_METHODS[mode],
				mode: mode === 'header' ? 'add' : mode,
				valuesLabel: 'Fields',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				multiKeyMatch: mode === 'upsert',
				supportAutoMap: true,
				refreshIncompleteSchemaOnOpen: true,
				noFieldsError: 'Choose a module first. Its fields are then loaded from 1CRM',
			},
		},
		description:
			'The values to write. Fields without a value stay unchanged. To clear a field, use an expression with an empty result: {{ "" }}.',
	};
}

/** The header of a sales document, without the amounts that follow from its lines. */
export const headerMapper: INodeProperties = fieldsMapper('header');

/** The columns of an upsert that the record is recognised by. */
export function readMatchingColumns(item: Item): string[] {
	return readNames(item.value('fields.matchingColumns', []));
}

/**
 * The values to write, in 1CRM's encoding, and the files among them.
 *
 * Read without n8n's own validation, which works on the field list stored in the workflow, drops null
 * and turns an empty text into 0 in a number field: the live metadata and the codec decide instead.
 * Throws a `UserError` for a field that the module does not have or that cannot be written, and for a
 * value that the field cannot hold. Input mapped by name takes what the module knows and leaves the
 * rest out. `matchingColumns` are those that an upsert recognises the record by; only there the id counts.
 */
export async function readMappedFields(
	item: Item,
	module: string,
	matchingColumns: string[] = [],
): Promise<RecordValues> {
	const { fields } = await item.crm.metadata(module);
	const isMatchedId = (name: string): boolean =>
		name === ID_FIELD && matchingColumns.includes(name);
	if (item.value('fields.mappingMode', 'defineBelow') === 'autoMapInputData') {
		const values = readInput(item, module, fields, isMatchedId);
		const encoded = encodeFields(item, module, fields, values, { isMatchedId, isOpen: true });
		return await withFiles(item, fields, encoded);
	}
	const values = readDefinedValues(item);
	return await withFiles(item, fields, encodeFields(item, module, fields, values, { isMatchedId }));
}

/** Takes out the names of input fields, whose files are still to be uploaded. */
async function withFiles(
	item: Item,
	fields: ModuleMetadata['fields'],
	encoded: FieldValues,
): Promise<RecordValues> {
	const values: RecordValues = { data: {}, files: {} };
	for (const [name, value] of Object.entries(encoded)) {
		const field = fields.get(name);
		const text = String(value ?? '');
		if (field?.kind !== 'file' || text === '' || isUploadId(text)) values.data[name] = value;
		else if (isInputFile(item, text)) values.files[name] = await binaryFile(item, text);
		else {
			// 1CRM would leave the field without a file and without a word.
			throw new UserError(
				`'${field.label}' needs the name of an input field that contains a file, or the ID of an uploaded file, not "${text}"`,
			);
		}
	}
	return values;
}

function isInputFile({ input }: Item, name: string): boolean {
	return input.binary !== undefined && Object.hasOwn(input.binary, name);
}

/**
 * What of the input can be written, by name. The rest is left out with a hint, so that a record which was read
 * from 1CRM can be changed and written back: its file fields hold the names of stored files.
 */
function readInput(
	item: Item,
	module: string,
	fields: ModuleMetadata['fields'],
	isMatchedId: (name: string) => boolean,
): IDataObject {
	const values: IDataObject = {};
	const unknown: string[] = [];
	const storedFiles: string[] = [];
	for (const [name, value] of Object.entries(item.input.json)) {
		const text = String(value ?? '');
		const isFile = fields.get(name)?.kind === 'file';
		if (!fields.get(name)?.writable && !isMatchedId(name)) unknown.push(name);
		else if (isFile && text !== '' && !isUploadId(text) && !isInputFile(item, text)) {
			storedFiles.push(name);
		} else setSafeObjectProperty(values, name, value);
	}
	item.addHintOnce(
		unknown,
		(names) => `Left out, because ${module} has no writable field with this name: ${names}`,
	);
	item.addHintOnce(
		storedFiles,
		(names) => `Left out, because the input contains no such file: ${names}`,
	);
	return values;
}

interface EncodeOptions {
	/** Whether a name is the id that an upsert recognizes the record by. */
	isMatchedId?: (name: string) => boolean;
	/** Whether picklists take values that aren't in their list: the record may have had them before. */
	isOpen?: boolean;
}

/**
 * Values of the fields of a module in 1CRM's encoding. Absent ones are left out, and so is a switch without a value:
 * an empty cell of a spreadsheet must not turn "do not call" off. Throws a `UserError` for a field that the module
 * doesn't have or that is known not to be writable, and for a value that the field cannot contain.
 */
export function encodeFields(
	item: Item,
	module: string,
	fields: ModuleMetadata['fields'],
	values: IDataObject,
	{ isMatchedId = () => false, isOpen = false }: EncodeOptions = {},
): FieldValues {
	const encoded: FieldValues = {};
	const written: Field[] = [];
	for (const [name, value] of Object.entries(values)) {
		if (value === undefined) continue;
		const field = fields.get(name);
		if (field === undefined) {
			throw new UserError(
				`${module} has no field "${name}". The Field > Get Many operation lists them`,
			);
		}
		if (!field.writable && !field.markedReadOnly && !isMatchedId(name)) {
			throw new UserError(
				`'${field.label}' (${name}) of ${module} cannot be written${writtenAs(field)}`,
			);
		}
		if (field.kind === 'boolean' && isBlank(value)) continue;
		encoded[name] = encodeValue(field, value, item.timezone, isOpen);
		written.push(field);
	}
	const namesOf = (those: Field[]): string[] => those.map(({ name }) => name);
	item.addHintOnce(
		namesOf(written.filter(({ name, markedReadOnly }) => markedReadOnly && !isMatchedId(name))),
		(names) => `1CRM marks these fields of ${module} as read-only and may not take them: ${names}`,
	);
	item.addHintOnce(
		namesOf(written.filter((field) => isUnlisted(field, encoded[field.name]))),
		(names) => `Sent as in the input, although not in 1CRM's list of values: ${names}`,
	);
	return encoded;
}

function isBlank(value: unknown): boolean {
	return value === null || value === undefined || String(value).trim() === '';
}

/**
 * The values of the mapper, or a whole object that an expression or an AI agent put in their place.
 *
 * n8n's editor stores null for every field that the user has not added. Such a null isn't a value; only one
 * that an expression returns clears the field. An AI agent fills in what it knows and returns an empty value for the
 * rest, which leaves the field alone.
 */
function readDefinedValues(item: Item): IDataObject {
	const value = item.value('fields.value', null);
	const values =
		typeof value === 'string' && value.trim() !== ''
			? jsonParse<unknown>(value, { fallbackValue: null })
			: (value ?? {});
	if (!isJsonObject(values)) {
		throw new UserError("'Fields' isn't an object of field names and values");
	}
	const written = item.run.writtenParameter('fields.value', null);
	const stored = asMap(written);
	const isOfAgent = (name: string): boolean =>
		asksAgent(written) || (Object.hasOwn(stored, name) && asksAgent(stored[name]));
	return Object.fromEntries(
		Object.entries(values).filter(([name, value]) =>
			isBlank(value) && isOfAgent(name) ? false : value !== null || stored[name] !== null,
		),
	);
}

function writtenAs(field: Field): string {
	return field.type === 'ref' ? ': write the ID into the field that belongs to it instead' : '';
}
