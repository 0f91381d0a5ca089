import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	INodeProperties,
	IWebhookFunctions,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { readParameter } from '../parameter';
import { isPathSegment } from '../transport/address';

/** The choice of a module, from the list of the server or typed. */
export const moduleLocator: INodeProperties = {
	displayName: 'Module',
	name: 'module',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The kind of records to work with, e.g. Contact. Custom modules are in the list too.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a module…',
			typeOptions: { searchListMethod: 'searchModules', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Contact',
			hint: 'The singular name that the API uses, e.g. Contact, Account, aCase or SalesOrder',
		},
	],
};

/**
 * The module's name for an item, e.g. `Contact`. Throws a `UserError` when it is missing or cannot be
 * a name.
 */
export function readModuleName(context: IExecuteFunctions, itemIndex: number): string {
	return checkModuleName(readParameter(context, itemIndex, 'module', ''));
}

/** The same for the trigger, which has no items. */
export function readTriggerModuleName(context: IHookFunctions | IWebhookFunctions): string {
	return checkModuleName(context.getNodeParameter('module', '', { extractValue: true }));
}

/** The module chosen in the node whose editor asks for a list. Empty while none is chosen. */
export function chosenModule(context: ILoadOptionsFunctions): string {
	return String(context.getNodeParameter('module', '', { extractValue: true }) ?? '').trim();
}

function checkModuleName(value: unknown): string {
	const name = typeof value === 'string' ? value.trim() : '';
	if (name === '') throw new UserError("'Module' is empty. Choose a module or enter its name");
	if (!isPathSegment(name)) {
		throw new UserError(`'Module' cannot be "${name}". Enter a name such as Contact`);
	}
	return name;
}
