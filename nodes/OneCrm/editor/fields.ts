import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { Field, Filter, ModuleMetadata } from '../crm/metadata';
import { chosenMetadata } from './chosen';
import { withNotSet } from './notSet';

/** Every field of the chosen module, for the choice of what to return. */
export async function getFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await optionsOf(this, ({ fields }) => [...fields.values()]);
}

/** The same, for the choice of the one field that a condition of the trigger is on. */
export async function getConditionFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return withNotSet(await getFields.call(this));
}

/** The fields of the chosen module that a list can be sorted by. */
export async function getSortFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const options = await optionsOf(this, ({ fields }) =>
		[...fields.values()].filter((field) => field.sortable),
	);
	return withNotSet(options);
}

/** The fields of the chosen module that contain a file or an image. */
export async function getFileFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const options = await optionsOf(this, ({ fields }) =>
		[...fields.values()].filter(({ kind, writable }) => kind === 'file' && writable),
	);
	return withNotSet(options);
}

/** The fields of the chosen module that 1CRM marks as data about a person. */
export async function getPersonalFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await optionsOf(this, ({ fields }) =>
		[...fields.values()].filter(({ personal }) => personal),
	);
}

/** The fields of the chosen module whose changes are in the audit log. */
export async function getAuditedFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await optionsOf(this, ({ fields, audited }) =>
		[...fields.values()].filter(({ name }) => audited.has(name)),
	);
}

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
