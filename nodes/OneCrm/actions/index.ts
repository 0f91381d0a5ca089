import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions, UserError } from 'n8n-workflow';

import { keptAsWritten } from '../item/asWritten';
import { activity } from './activity';
import { api } from './api';
import { auditLog } from './auditLog';
import { calendarEvent } from './calendarEvent';
import { document } from './document';
import { field } from './field';
import { file } from './file';
import { module } from './module';
import type { Operation, Resource } from './operation';
import { record } from './record';
import { relatedRecord } from './relatedRecord';
import { salesDocument } from './salesDocument';
import { user } from './user';

/** By the value that saved workflows keep, in the alphabetical order of their names. */
export const resources: Record<string, Resource> = {
	activity,
	api,
	auditLog,
	calendarEvent,
	document,
	field,
	file,
	module,
	record,
	relatedRecord,
	salesDocument,
	user,
};

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	default: 'record',
	options: Object.entries(resources).map(([value, { name }]) => ({ name, value })),
};

function operationProperty(resource: string, { operations, initial }: Resource): INodeProperties {
	const options = Object.entries(operations).map(([value, { option }]) => ({ ...option, value }));
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		default: initial,
		options,
	};
}

/** The parameters of the node: resource, operation, and those of each operation, shown when it is chosen. */
export const properties: INodeProperties[] = [
	resourceProperty,
	...Object.entries(resources).map(([name, resource]) => operationProperty(name, resource)),
	...Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).flatMap(([operation, { properties: own }]) =>
			updateDisplayOptions(
				{ show: { resource: [resource], operation: [operation] } },
				keptAsWritten(own),
			),
		),
	),
];

/** The operation that the node is set to. Throws a `UserError` for one that doesn't exist. */
export function chosenOperation(resource: string, operation: string): Operation {
	const operations = Object.hasOwn(resources, resource) ? resources[resource].operations : {};
	if (Object.hasOwn(operations, operation)) return operations[operation];
	throw new UserError(`The resource "${resource}" has no operation "${operation}"`);
}
