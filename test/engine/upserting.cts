import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { ReceivedRequest, Sandbox } from '../sandbox/sandbox.cts';
import { workOf } from './sent.cts';

/** An upsert of a contact with these values, recognised by `matchingColumns`. */
export const upserting = (
	value: INodeParameters,
	matchingColumns: string[],
	rest: INodeParameters = {},
): INodeParameters => ({
	resource: 'record',
	operation: 'upsert',
	module: 'Contact',
	fields: { mappingMode: 'defineBelow', value, matchingColumns },
	...rest,
});

/** The same with the input's own fields. */
export const upsertingInput = (
	matchingColumns: string[],
	rest: INodeParameters = {},
): INodeParameters => ({
	...upserting({}, matchingColumns, rest),
	fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns },
});

export const itemsOf = (records: IDataObject[]): INodeExecutionData[] =>
	records.map((json) => ({ json }));

/** The requests that changed something. */
export const writesOf = (sandbox: Sandbox): ReceivedRequest[] =>
	workOf(sandbox).filter(({ method }) => method !== 'GET');
