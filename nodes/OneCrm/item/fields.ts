import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { setSafeObjectProperty, UserError } from 'n8n-workflow';

import type { ModuleMetadata } from '../crm/metadata';
import type { FieldValues, RecordValues } from '../crm/recordValues';
import { ID_FIELD, isUploadId } from '../crm/value';
import { asMap, isJsonObject } from '../http/json';
import { withoutAgentBlanks } from './agent';
import { encodeFields } from './encodeFields';
import { binaryFile } from './files';
import type { Item } from './item';
import { fromJsonText, readNames } from './values';

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
			// n8n empties the fields when one of these changes. The labels also depend on References by Name.
			loadOptionsDependsOn: ['module.value'],
			resourceMapper: {
				resourceMapperMethod: MAPPER_METHODS[mode],
				// In its mode `update`, n8n shows no fields unless one of them can identify the record.
				mode: mode === 'upsert' ? 'upsert' : 'add',
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
			'The values to write. Fields without a value stay unchanged. To clear a field, use an expression with an empty result: {{ "" }}. To name an account, user or other record instead of entering its ID, add the option References by Name.',
	};
}

/** The header of a sales document, without the amounts that follow from its lines. */
export const headerMapper: INodeProperties = fieldsMapper('header');

/** The columns of an upsert that the record is recognised by. */
export function readMatchingColumns(item: Item): string[] {
	return readNames(
		{ displayName: 'Columns to Match On' },
		item.value('fields.matchingColumns', []),
	);
}

/**
 * The values to write, in 1CRM's encoding, and the files among them.
 *
 * Read without n8n's own validation, which works on the field list stored in the workflow, drops null and turns an
 * empty text into 0 in a number field: the live metadata and the codec decide instead. Throws a `UserError` for a field
 * that the module does not have or that cannot be written, and for a value that the field can't contain. Input mapped
 * by name takes what the module knows and leaves the rest out. `matchingColumns` are those that an upsert recognises
 * the record by; only there does the id count.
 */
export async function readMappedFields(
	item: Item,
	module: string,
	matchingColumns: string[] = [],
): Promise<RecordValues> {
	const { fields } = await item.crm.metadata(module);
	const isWritable = (name: string): boolean =>
		fields.get(name)?.writable === true || (name === ID_FIELD && matchingColumns.includes(name));
	const isAutomatic = readMappingMode(item) === 'autoMapInputData';
	const values = isAutomatic
		? readInput(item, module, fields, isWritable)
		: readDefinedValues(item);
	const encoded = encodeFields(item, module, fields, values, { isWritable, isAutomatic });
	return await withFiles(item, fields, encoded);
}

const MODES = ['defineBelow', 'autoMapInputData'] as const;

/** How the mapper gets its values. Throws a `UserError` for an unknown way. */
export function readMappingMode(item: Item): (typeof MODES)[number] {
	return item.oneOf({ displayName: 'Mapping Mode', name: 'fields.mappingMode' }, MODES, MODES[0]);
}

/** Takes out the values that name input fields: their files are still to be uploaded. */
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
 * What can be written of the input, by name. The rest is left out with a hint, so that a record read from 1CRM can be
 * changed and written back: its file fields contain the names of stored files.
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

/**
 * The values of the mapper, or a whole object that an expression or an AI agent put in their place.
 *
 * n8n's editor stores null for every field that the user has not added. Such a null isn't a value; only one
 * that an expression returns clears the field. An AI agent fills in what it knows and returns an empty value for the
 * rest, which leaves the field alone.
 */
function readDefinedValues(item: Item): IDataObject {
	const { values, written } = definedValues(item);
	const stored = asMap(written);
	const own = withoutAgentBlanks(values, written);
	return Object.fromEntries(
		Object.entries(own).filter(([name, value]) => value !== null || stored[name] !== null),
	);
}

/** What the editor keeps beside the values. */
const MAPPER_KEYS = ['mappingMode', 'value', 'matchingColumns', 'schema'];

/** The values, and the parameter that contains them, as it is written. Throws a `UserError` for what isn't a map. */
function definedValues(item: Item): { values: IDataObject; written: unknown } {
	const mapper = fromJsonText(item.value('fields', {}));
	const isMapper = isJsonObject(mapper) && MAPPER_KEYS.some((key) => key in mapper);
	// Not written in the editor: the values alone, in place of the mapper with its values.
	const isWhole = !isMapper && !(isJsonObject(mapper) && Object.keys(mapper).length === 0);
	const value = isWhole ? mapper : isMapper ? fromJsonText(mapper.value) : undefined;
	const values = value ?? {};
	if (!isJsonObject(values)) {
		throw new UserError("'Fields' isn't an object of field names and values");
	}
	const written = item.run.writtenParameter(isWhole ? 'fields' : 'fields.value', null);
	return { values, written };
}
