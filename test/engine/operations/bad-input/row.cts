import type { INodeExecutionData, INodeParameters, NodeParameterValueType } from 'n8n-workflow';

/** An input of the user that cannot work, beside one that does. */
export interface BadInput {
	what: string;
	parameters: INodeParameters;
	/** The items that the parameters read `$json.value` or a file from. */
	good: INodeExecutionData;
	bad: INodeExecutionData;
	message: RegExp;
	/** The requests, besides metadata, that may be sent before the bad input is noticed. None by default. */
	sends?: string[];
}

/** Takes the value under test in the place of a parameter. */
export const VALUE = '={{ $json.value }}';

export const RECORD_ID = 'contact-1';

export const record = (operation: string, rest: INodeParameters): INodeParameters => ({
	resource: 'record',
	operation,
	module: 'Contact',
	...rest,
});

export const writing = (value: NodeParameterValueType, operation = 'update') =>
	record(operation, {
		recordId: RECORD_ID,
		fields: { mappingMode: 'defineBelow', value } as INodeParameters,
	});

export type Value = string | number | boolean | null | object;

export function row(
	what: string,
	parameters: INodeParameters,
	[good, bad]: [Value, Value],
	message: RegExp,
	sends?: string[],
): BadInput {
	const item = (value: Value) => ({ json: { value } }) as INodeExecutionData;
	return { what, parameters, good: item(good), bad: item(bad), message, sends };
}
