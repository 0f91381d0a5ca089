import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { jsonParse, setSafeObjectProperty, UserError } from 'n8n-workflow';

import { encodeValue } from '../crm/codec';
import type { Field, ModuleMetadata } from '../crm/metadata';
import type { FieldValues, RecordValues } from '../crm/recordValues';
import { ID_FIELD, isUploadId } from '../crm/value';
import { asMap, isJsonObject } from '../http/json';
import { binaryFile } from './files';
import type { Item } from './item';
import { readNames } from './values';

const MAPPER_METHODS = {
	add: 'getCreateFields',
	update: 'getUpdateFields',
	upsert: 'getUpsertFields',
};

/** The fields to write, mapped by hand or taken from the input by name. */
export function fieldsMapper(mode: 'add' | 'update' | 'upsert'): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			loadOptionsDependsOn: ['module.value'],
			resourceMapper: {
				resourceMapperMethod: MAPPER_METHODS[mode],
				mode,
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
	const isWritable = (name: string): boolean =>
		fields.get(name)?.writable === true || (name === ID_FIELD && matchingColumns.includes(name));
	const values =
		item.value('fields.mappingMode', 'defineBelow') === 'autoMapInputData'
			? readInput(item, module, fields, isWritable)
			: readDefinedValues(item);
	return await withFiles(item, fields, encodeFields(item, module, fields, values, isWritable));
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
	isWritable: (name: string) => boolean,
): IDataObject {
	const values: IDataObject = {};
	const unknown: string[] = [];
	const storedFiles: string[] = [];
	for (const [name, value] of Object.entries(item.input.json)) {
		const text = String(value ?? '');
		const isFile = fields.get(name)?.kind === 'file';
		if (!isWritable(name)) unknown.push(name);
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

/**
 * Values of the fields of a module in 1CRM's encoding. Absent ones are left out. Throws a `UserError` for a
 * field that the module does not have or that cannot be written, and for a value that it cannot hold.
 */
export function encodeFields(
	{ timezone }: Item,
	module: string,
	fields: ModuleMetadata['fields'],
	values: IDataObject,
	isWritable = (name: string): boolean => fields.get(name)?.writable === true,
): FieldValues {
	const encoded: FieldValues = {};
	for (const [name, value] of Object.entries(values)) {
		if (value === undefined) continue;
		const field = fields.get(name);
		if (field === undefined) {
			throw new UserError(
				`${module} has no field "${name}". The Field > Get Many operation lists them`,
			);
		}
		if (!isWritable(name)) {
			throw new UserError(
				`'${field.label}' (${name}) of ${module} cannot be written${writtenAs(field)}`,
			);
		}
		encoded[name] = encodeValue(field, value, timezone);
	}
	return encoded;
}

/**
 * The values of the mapper, or a whole object that an expression or an AI agent put in their place.
 *
 * n8n's editor stores null for every field that the user has not added. Such a null is no value; only one
 * that an expression gives clears the field.
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
	const stored = asMap(item.run.writtenParameter('fields.value', null));
	return Object.fromEntries(
		Object.entries(values).filter(([name, value]) => value !== null || stored[name] !== null),
	);
}

function writtenAs(field: Field): string {
	return field.type === 'ref' ? ': write the ID into the field that belongs to it instead' : '';
}
