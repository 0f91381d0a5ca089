import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { jsonParse, setSafeObjectProperty, UserError } from 'n8n-workflow';

import { checkAttachable, isAttachable } from '../file/attach';
import { tellOnce } from '../hint';
import { readParameter } from '../parameter';
import { asMap, isJsonObject } from '../transport/answer';
import { encodeValue } from './codec';
import { ID_FIELD } from './mapper';
import type { Field, ModuleMetadata } from './metadata';
import { loadMetadata } from './metadata';
import type { ServerValue } from './value';

/**
 * The values to write for an item, in 1CRM's encoding, by field name.
 *
 * Read without n8n's own validation, which works on the field list stored in the workflow, drops null
 * and turns an empty text into 0 in a number field: the live metadata and the codec decide instead.
 * Throws a `UserError` for a field that the module does not have or that cannot be written, and for a
 * value that the field cannot hold. Input mapped by name takes what the module knows and leaves the
 * rest out. Of a file the name of its input field is given, for `attachFiles`. `matchingColumns` are
 * those that an upsert recognises the record by; only there the id counts.
 */
export async function readMappedFields(
	context: IExecuteFunctions,
	itemIndex: number,
	module: string,
	matchingColumns: string[] = [],
): Promise<Record<string, ServerValue>> {
	const { fields } = await loadMetadata(context, module);
	const isWritable = (name: string): boolean =>
		fields.get(name)?.writable === true || (name === ID_FIELD && matchingColumns.includes(name));
	const mode = readParameter(context, itemIndex, 'fields.mappingMode', 'defineBelow');
	const values =
		mode === 'autoMapInputData'
			? readInput(context, itemIndex, module, fields, isWritable)
			: readDefinedValues(context, itemIndex);

	const encoded = encodeFields(context, module, fields, values, isWritable);
	for (const [name, value] of Object.entries(encoded)) {
		const field = fields.get(name);
		if (field?.kind === 'file') checkAttachable(context, itemIndex, field.label, value);
	}
	return encoded;
}

/**
 * What of the input can be written, by name. The rest is left out with a hint, so that a record which was read
 * from 1CRM can be changed and written back: its file fields hold the names of stored files.
 */
function readInput(
	context: IExecuteFunctions,
	itemIndex: number,
	module: string,
	fields: ModuleMetadata['fields'],
	isWritable: (name: string) => boolean,
): IDataObject {
	const values: IDataObject = {};
	const unknown: string[] = [];
	const storedFiles: string[] = [];
	for (const [name, value] of Object.entries(context.getInputData()[itemIndex].json)) {
		if (!isWritable(name)) unknown.push(name);
		else if (fields.get(name)?.kind === 'file' && !isAttachable(context, itemIndex, value)) {
			storedFiles.push(name);
		} else setSafeObjectProperty(values, name, value);
	}
	tellOnce(
		context,
		unknown,
		(names) =>
			`Left out, because ${module} has no field of that name that can be written: ${names}`,
	);
	tellOnce(
		context,
		storedFiles,
		(names) => `Left out, because the input holds no such file: ${names}`,
	);
	return values;
}

/**
 * Values of the fields of a module in 1CRM's encoding. Absent ones are left out. Throws a `UserError` for a
 * field that the module does not have or that cannot be written, and for a value that it cannot hold.
 */
export function encodeFields(
	context: IExecuteFunctions,
	module: string,
	fields: ModuleMetadata['fields'],
	values: IDataObject,
	isWritable = (name: string): boolean => fields.get(name)?.writable === true,
): Record<string, ServerValue> {
	const encoded: Record<string, ServerValue> = {};
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
		encoded[name] = encodeValue(field, value, context.getTimezone());
	}
	return encoded;
}

/**
 * The values of the mapper, or a whole object that an expression or an AI agent put in their place.
 *
 * n8n's editor stores null for every field that the user has not added. Such a null is no value; only one
 * that an expression gives clears the field.
 */
function readDefinedValues(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const value = context.getNodeParameter('fields.value', itemIndex, null, { skipValidation: true });
	const values =
		typeof value === 'string' && value.trim() !== ''
			? jsonParse<unknown>(value, { fallbackValue: null })
			: (value ?? {});
	if (!isJsonObject(values)) {
		throw new UserError("'Fields' is not an object of field names and values");
	}
	const stored = asMap(
		context.getNodeParameter('fields.value', itemIndex, null, { rawExpressions: true }),
	);
	return Object.fromEntries(
		Object.entries(values).filter(([name, value]) => value !== null || stored[name] !== null),
	);
}

function writtenAs(field: Field): string {
	return field.type === 'ref' ? ': write the ID into the field that belongs to it instead' : '';
}
