import type { INodeParameters } from 'n8n-workflow';

/** The parameters of a call of the API. */
export const calling = (url: string, rest: INodeParameters = {}): INodeParameters => ({
	resource: 'api',
	operation: 'call',
	url,
	...rest,
});

/** Names and values, as the editor keeps rows of query parameters, headers and form fields. */
export const pairs = (values: Record<string, string>): INodeParameters => ({
	parameters: Object.entries(values).map(([name, value]) => ({ name, value })),
});
