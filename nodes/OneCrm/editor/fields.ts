import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { Field, Filter, ModuleMetadata } from '../crm/metadata';
import { chosenMetadata } from './chosen';
import { withNotSet } from './notSet';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** Loads the fields of the chosen module that `isMeant` picks. */
function fieldsThat(isMeant: (field: Field, metadata: ModuleMetadata) => boolean): LoadOptions {
	return async function () {
		return await optionsOf(this, (metadata) =>
			[...metadata.fields.values()].filter((field) => isMeant(field, metadata)),
		);
	};
}

/** The same for the choice of one field, which can be left open. */
function oneOf(loadOptions: LoadOptions): LoadOptions {
	return async function () {
		return withNotSet(await loadOptions.call(this));
	};
}

/** For the choice of what to return. */
export const getFields = fieldsThat(() => true);

/** For the choice of the field that a condition of the trigger is on. */
export const getConditionFields = oneOf(getFields);

/** Fields that a list can be sorted by. */
export const getSortFields = oneOf(fieldsThat(({ sortable }) => sortable));

/** Fields that contain a file or an image. */
export const getFileFields = oneOf(fieldsThat(({ kind, writable }) => kind === 'file' && writable));

/** Fields that 1CRM marks as data about a person. */
export const getPersonalFields = fieldsThat(({ personal }) => personal);

/** Fields whose changes are in the audit log. */
export const getAuditedFields = fieldsThat(({ name }, { audited }) => audited.has(name));

/** The filters that the server knows for the chosen module. */
export async function getFilters(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return withNotSet(await optionsOf(this, ({ filters }) => [...filters.values()]));
}

/** Nothing while no module is chosen: the editor asks for its lists then, too. */
async function optionsOf(
	context: ILoadOptionsFunctions,
	entriesOf: (metadata: ModuleMetadata) => Array<Field | Filter>,
): Promise<INodePropertyOptions[]> {
	const metadata = await chosenMetadata(context);
	return metadata === undefined ? [] : toOptions(entriesOf(metadata));
}

/** By label, followed by the name: several fields may have the same label. */
function toOptions(entries: Array<Field | Filter>): INodePropertyOptions[] {
	return entries
		.map(({ name, label }) => ({ name: label === name ? name : `${label} (${name})`, value: name }))
		.sort((a, b) => a.name.localeCompare(b.name));
}
