import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeProperties,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { jsonParse, UserError } from 'n8n-workflow';

import { filterFor } from '../record/matching';
import { asMap, isJsonObject } from '../transport/answer';
import type { ServerValue } from './codec';
import { encodeValue } from './codec';
import { chosenModule } from './loaders';
import type { Field, ModuleMetadata } from './metadata';
import { loadMetadata } from './metadata';
import { mapperType } from './type';

/** Not writable, but a record can be recognised by it. */
const ID_FIELD = 'id';

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
			'The values to write. A field that is not in the list, or has no value, stays as it is. To clear one, give it an expression with nothing in it: {{ "" }}.',
	};
}

/** The fields of a new record for n8n's mapper. */
export async function getCreateFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await mapperFields(this, (field) => ({ required: field.requiredForCreate }));
}

/** The fields of a change for n8n's mapper: none of them is required. */
export async function getUpdateFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await mapperFields(this, () => ({}));
}

/** The fields of a new or changed record, with those marked that a record can be found by. */
export async function getUpsertFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await mapperFields(this, (field, metadata) => ({
		canBeUsedToMatch: field.name === ID_FIELD || filterFor(field, metadata) !== undefined,
		required: field.requiredForCreate,
	}));
}

async function mapperFields(
	context: ILoadOptionsFunctions,
	marks: (field: Field, metadata: ModuleMetadata) => Partial<ResourceMapperField>,
): Promise<ResourceMapperFields> {
	const module = chosenModule(context);
	if (module === '') return { fields: [] };
	const metadata = await loadMetadata(context, module);
	const fields = [...metadata.fields.values()].map((field) => {
		const mapped = { ...mapperField(field), ...marks(field, metadata) };
		return { ...mapped, removed: !mapped.required };
	});
	return {
		fields: fields.filter(
			({ id, canBeUsedToMatch }) =>
				metadata.fields.get(id)?.writable || (id === ID_FIELD && canBeUsedToMatch),
		),
	};
}

function mapperField(field: Field): ResourceMapperField {
	const { name, label, kind, options, target } = field;
	// A picklist that 1CRM gives without values would be a drop-down with nothing in it.
	const hasOptions = kind === 'picklist' && options.length > 0;
	return {
		id: name,
		displayName: target === undefined ? label : `${label} (ID)`,
		type: kind === 'picklist' && !hasOptions ? 'string' : mapperType(kind),
		...(hasOptions && {
			options: options.map((option) => ({ name: option.label, value: option.value })),
		}),
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		readOnly: false,
	};
}

/**
 * The values to write for an item, in 1CRM's encoding, by field name.
 *
 * Read without n8n's own validation, which works on the field list stored in the workflow, drops null
 * and turns an empty text into 0 in a number field: the live metadata and the codec decide instead.
 * Throws a `UserError` for a field that the module does not have or that cannot be written, and for a
 * value that the field cannot hold. Input mapped by name takes what the module knows and leaves the
 * rest out. `matchingColumns` are those that an upsert recognises the record by; only there the id counts.
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
	const mode = context.getNodeParameter('fields.mappingMode', itemIndex, 'defineBelow');
	const input = context.getInputData()[itemIndex].json;
	const values =
		mode === 'autoMapInputData'
			? Object.fromEntries(Object.entries(input).filter(([name]) => isWritable(name)))
			: readDefinedValues(context, itemIndex);

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
			? jsonParse<unknown>(value, { fallbackValue: undefined })
			: (value ?? {});
	if (!isJsonObject(values)) {
		throw new UserError("'Fields' is not an object of field names and values");
	}
	const stored = asMap(asMap(context.getNode().parameters.fields).value);
	return Object.fromEntries(
		Object.entries(values).filter(([name, value]) => value !== null || stored[name] !== null),
	);
}

function writtenAs(field: Field): string {
	return field.type === 'ref' ? ': write the ID into the field that belongs to it instead' : '';
}
