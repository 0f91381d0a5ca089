import type {
	ILoadOptionsFunctions,
	INodeProperties,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { chosenModule } from '../module/locator';
import { filterFor } from '../record/matching';
import type { Field, ModuleMetadata } from './metadata';
import { loadMetadata } from './metadata';
import { mapperType } from './type';

/** Not writable, but a record can be recognised by it. */
export const ID_FIELD = 'id';

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
