import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import type { FieldKind } from '../crm/fieldType';
import { filterFor } from '../crm/matching';
import type { Field, ModuleMetadata } from '../crm/metadata';
import { isComputedField } from '../crm/salesDocument/model';
import { ID_FIELD } from '../crm/value';
import { chosenMetadata } from './chosen';

/**
 * n8n's widget for each kind. n8n has none for a multi-select, which becomes an array, so that its values can contain
 * commas.
 */
const WIDGETS: Readonly<Record<FieldKind, FieldType>> = {
	boolean: 'boolean',
	date: 'dateTime',
	dateTime: 'dateTime',
	decimal: 'number',
	file: 'string',
	integer: 'number',
	multiSelect: 'array',
	picklist: 'options',
	text: 'string',
};

/** The type of n8n's resource mapper for a kind of field. */
export function mapperType(kind: FieldKind): FieldType {
	return WIDGETS[kind];
}

/** The fields of a new record for n8n's mapper. */
export async function getCreateFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await mapperFields(this, (field) => ({ required: field.requiredForCreate }));
}

/** The fields of a new sales document, without those that are calculated from its lines. */
export async function getHeaderFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const { fields } = await getCreateFields.call(this);
	return { fields: fields.filter(({ id }) => !isComputedField(id)) };
}

/** The fields of a change for n8n's mapper: none of them is required. */
export async function getUpdateFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await mapperFields(this, () => ({}));
}

/** The fields of a new or changed record. Those that a record can be found by are marked. */
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
	const metadata = await chosenMetadata(context);
	if (metadata === undefined) return { fields: [] };
	const isByName = context.getNodeParameter('options.referencesByName', false) === true;
	const fields = [...metadata.fields.values()].map((field) => {
		const mapped = { ...mapperField(field, isByName), ...marks(field, metadata) };
		return { ...mapped, removed: !mapped.required };
	});
	return {
		fields: fields.filter(
			({ id, canBeUsedToMatch }) =>
				metadata.fields.get(id)?.writable || (id === ID_FIELD && canBeUsedToMatch),
		),
	};
}

function mapperField(field: Field, isByName: boolean): ResourceMapperField {
	const { name, label, kind, options, target } = field;
	// A picklist without values would be an empty drop-down.
	const hasOptions = kind === 'picklist' && options.length > 0;
	return {
		id: name,
		displayName: target === undefined ? label : `${label} (${isByName ? 'ID or name' : 'ID'})`,
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
